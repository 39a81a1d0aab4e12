"""The channel's pages as HTML: who sees what, and that nothing which was sent can become markup or lead away."""

from __future__ import annotations

import html
import re
from contextlib import closing
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from media_service.youtube.sandbox.process import serve
from media_service.youtube.sandbox.storage import Storage
from tests.sandbox.calling import PNG, SNIPPET, VTT, Answer, Caller, options

pytestmark = pytest.mark.enable_socket

PUBLIC = {"privacyStatus": "public", "selfDeclaredMadeForKids": True, "containsSyntheticMedia": True}
HOSTILE = "\"'>&{{ 7*7 }}{% raw %}</title></p><script>alert(1)</script><hostile onload=alert(1) style=x>"


def say(caller: Caller, title: str, status: object = None, **snippet: object) -> str:
    return caller.video(body={"snippet": SNIPPET | {"title": title} | snippet, "status": status or PUBLIC})


def get(caller: Caller, path: str) -> str:
    answer = caller.ask("GET", path)
    assert answer.status == 200, answer.status
    return answer.body.decode()


class Markup(HTMLParser):
    """What a browser would find in a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def test_viewers_see_what_is_public_and_the_owner_all(caller: Caller) -> None:
    names = {"public": "Công khai", "unlisted": "Không niêm yết", "private": "Rất kín"}
    ids = {how: say(caller, title, {"privacyStatus": how}) for how, title in names.items()}
    later = say(caller, "Mai", {"privacyStatus": "private", "publishAt": "2099-12-01T13:00:00Z"})
    home, owners = get(caller, "/"), get(caller, "/?owner=1")
    assert [title in home for title in names.values()] == [True, False, False]
    assert all(title in owners for title in names.values())
    assert "Hẹn 20:00 01/12/2099" in owners
    assert "Trang của chủ kênh" in owners
    assert "Trang của chủ kênh" not in home
    for how, status in (("public", 200), ("unlisted", 200), ("private", 404)):
        for path in (f"/watch?v={ids[how]}", f"/media/{ids[how]}"):
            assert caller.ask("GET", path).status == status, path
    assert caller.ask("GET", f"/watch?v={later}&owner=1").status == 200


def test_the_owners_view_is_for_this_machine_alone(caller: Caller) -> None:
    video = say(caller, "Kín", {"privacyStatus": "private"})
    foreign = {"Host": "library.example"}
    assert caller.ask("GET", "/?owner=1", b"", foreign).status == 403
    assert caller.ask("GET", f"/media/{video}?owner=1", b"", foreign).status == 404
    assert caller.ask("GET", f"/vi/{video}/x.jpg", b"", foreign).status == 404
    assert caller.ask("GET", "/", b"", foreign).status == 200


def test_playlists_are_shelves_in_their_order(caller: Caller) -> None:
    shelves = {
        caller.playlist(f"Kệ {number}"): [say(caller, f"Tập {number}.{part}") for part in (2, 1)] for number in (1, 2)
    }
    for playlist, videos in shelves.items():
        for video in reversed(videos):
            caller.place(playlist, video)
    page = get(caller, "/")
    places = [page.index(words) for words in ("Kệ 1", "Tập 1.1", "Tập 1.2", "Kệ 2", "Tập 2.1", "Tập 2.2")]
    assert places == sorted(places)
    playlist, (second, first) = next(iter(shelves.items()))
    listed = get(caller, f"/playlist?list={playlist}")
    assert listed.index("Tập 1.1") < listed.index("Tập 1.2")
    watch = get(caller, f"/watch?v={first}&list={playlist}")
    following = re.search(r'class="next" href="([^"]+)"', watch)
    assert following
    assert html.unescape(following[1]) == f"/watch?v={second}&list={playlist}"
    assert 'class="next"' not in get(caller, f"/watch?v={second}&list={playlist}")


def test_a_watch_page_has_film_captions_chapters_and_labels(caller: Caller) -> None:
    text = "Kể về cò.\n\n0:00 Mở\n0:20 Giữa\n0:40 Kết\n\nhttps://thuvien.example"
    video = say(caller, "Cò", description=text)
    body = {"snippet": {"videoId": video, "language": "vi", "name": ""}}
    caller.upload("captions", VTT, body, part="snippet")
    page = get(caller, f"/watch?v={video}&t=20")
    tags = Markup(page).tags
    assert [attributes["src"] for tag, attributes in tags if tag == "source"] == [f"/media/{video}#t=20"]
    track = next(attributes for tag, attributes in tags if tag == "track")
    assert (track["kind"], track["srclang"], track["label"], "default" in track) == (
        "captions",
        "vi",
        "Tiếng Việt",
        True,
    )
    told = caller.ask("GET", str(track["src"]))
    assert told.headers["content-type"].startswith("text/vtt")
    assert "Con cò bay lả" in told.body.decode()
    assert [attributes["data-seek"] for _, attributes in tags if "data-seek" in attributes][:3] == ["0", "20", "40"]
    for words in ("Dành cho trẻ em", "Giọng đọc tổng hợp", "Bình luận đã tắt", "quảng cáo được cá nhân hóa"):
        assert words in page
    plain = get(caller, f"/watch?v={say(caller, 'Khác', {'privacyStatus': 'public'})}")
    assert "Dành cho trẻ em" not in plain
    assert "tổng hợp" not in plain


def overwrite(caller: Caller, id_: str, words: str) -> None:
    """Write words of any kind past the API, which would refuse them."""
    with closing(Storage(caller.running.options.folder)) as storage, storage.change():
        thing = next(one for kind in ("video", "playlist", "caption") if (one := storage.find(kind, id_)))
        hostile = {"title": words, "description": f"{words} https://x.example/\"onmouseover='alert(1)"}
        body = thing.body | ({"name": words, "language": words} if thing.kind == "caption" else {"snippet": hostile})
        storage.put(replace(thing, body=body))


def test_whatever_was_sent_stays_text(caller: Caller) -> None:
    video, playlist = say(caller, "Lạ"), caller.playlist("Lạ")
    caller.place(playlist, video)
    track = caller.upload(
        "captions", VTT, {"snippet": {"videoId": video, "language": "vi", "name": ""}}, part="snippet"
    )
    for each in (video, playlist, track.json["id"]):
        overwrite(caller, each, HOSTILE)
    for path in ("/", "/?owner=1", f"/watch?v={video}&list={playlist}", f"/playlist?list={playlist}"):
        page = get(caller, path)
        assert html.escape("{{ 7*7 }}") in page
        tags = Markup(page).tags
        scripts = [attributes for tag, attributes in tags if tag == "script"]
        assert scripts == [{"src": "/static/channel.js", "defer": None}]
        assert not [name for _, attributes in tags for name in attributes if name.startswith("on") or name == "style"]
        assert not {tag for tag, _ in tags} & {"iframe", "object", "embed", "style", "base", "hostile"}


def addresses(page: str) -> set[str]:
    found = {
        value or ""
        for _, attributes in Markup(page).tags
        for name, value in attributes.items()
        if name in {"src", "href", "action", "poster"}
    }
    return {one for one in found if not one.startswith(("/", "#"))}


def test_a_page_leads_to_no_other_host_but_by_a_link_in_a_description(caller: Caller) -> None:
    video = say(caller, "Có liên kết ra ngoài", description="https://thuvien.example/x")
    assert addresses(get(caller, "/")) == set()
    assert addresses(get(caller, f"/watch?v={video}")) == {"https://thuvien.example/x"}


def test_every_page_is_guarded_and_says_so(caller: Caller) -> None:
    for path in ("/", "/watch?v=none", "/nowhere", "/?owner=1"):
        told = caller.ask("GET", path)
        policy = told.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert told.headers["x-content-type-options"] == "nosniff"


def test_pages_that_are_not_there_say_so(caller: Caller) -> None:
    for path in ("/watch", "/watch?v=none", "/playlist?list=none", "/nowhere", "/watch?v=../../etc"):
        told = caller.ask("GET", path)
        assert told.status == 404
        assert "Không tìm thấy" in told.body.decode()
    for path in (
        "/media/none",
        "/vi/none/x.jpg",
        "/pl/none/x",
        "/captions/none.vtt",
        "/static/none",
        "/static/..%2fapp.py",
    ):
        assert caller.ask("GET", path).status == 404


def ranged(caller: Caller, video: str, wanted: str) -> Answer:
    return caller.ask("GET", f"/media/{video}", b"", {"Range": wanted})


def test_a_film_is_served_in_ranges(caller: Caller) -> None:
    film = bytes(range(256)) * 8
    video = caller.video(film, {"snippet": SNIPPET, "status": PUBLIC})
    part = ranged(caller, video, "bytes=100-199")
    assert (part.status, part.body) == (206, film[100:200])
    assert part.headers["content-range"] == f"bytes 100-199/{len(film)}"
    assert ranged(caller, video, "bytes=-10").body == film[-10:]
    assert ranged(caller, video, f"bytes={len(film)}-").status == 416
    assert caller.ask("GET", f"/media/{video}").headers["accept-ranges"] == "bytes"


def test_files_from_outside_are_inert(caller: Caller) -> None:
    video = say(caller, "Tệp lạ")
    caller.upload("thumbnails/set", PNG, videoId=video)
    for path in (f"/media/{video}", f"/vi/{video}/x.jpg"):
        told = caller.ask("GET", path)
        assert "sandbox" in told.headers["content-security-policy"]
        assert told.headers["x-content-type-options"] == "nosniff"


def test_a_view_is_counted_for_viewers_only(caller: Caller) -> None:
    video = say(caller, "Đếm")
    for path in (f"/watch?v={video}", f"/watch?v={video}", f"/watch?v={video}&owner=1"):
        get(caller, path)
    told = caller.api("GET", "videos", id=video, part="statistics").json["items"][0]["statistics"]
    assert told["viewCount"] == "2"


def test_the_owner_sees_what_became_of_a_video(caller: Caller) -> None:
    caller.wrong({"on": "videos.insert", "do": "reject", "reason": "duplicate"})
    video = say(caller, "Trùng")
    assert "Bị từ chối (duplicate)" in get(caller, f"/watch?v={video}&owner=1")
    assert caller.ask("GET", f"/watch?v={video}").status == 404


def test_a_template_that_is_at_fault_is_named_with_its_line(tmp_path: Path) -> None:
    own = tmp_path / "templates"
    (own / "pages/channel").mkdir(parents=True)
    (own / "pages/channel/missing.html.j2").write_text("<p>{{ headin }}</p>")
    given = options(tmp_path / "channel")
    with serve(replace(given, templates=(own, *given.templates))) as sandbox:
        told = Caller(sandbox).ask("GET", "/nowhere")
        assert told.status == 500
        assert "missing.html.j2" in told.body.decode()
        assert "dòng 1" in told.body.decode()
