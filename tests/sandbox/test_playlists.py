"""Playlists: their words, the order of their entries, their pictures."""

from __future__ import annotations

from typing import Any

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.sandbox import shapes
from tests.sandbox.calling import LONG, PNG, Caller

pytestmark = pytest.mark.enable_socket


@pytest.fixture(scope="module")
def videos(_first: Caller) -> list[str]:
    return [_first.video(b"film %d" % number) for number in range(7)]


def entries(caller: Caller, playlist: str, **query: object) -> Any:
    told = caller.api(
        "GET",
        "playlistItems",
        playlistId=playlist,
        part="id,snippet,contentDetails,status",
        **({"maxResults": 50} | query),
    ).json
    shapes.check("PlaylistItemListResponse", told)
    return told


def order(caller: Caller, playlist: str) -> list[str]:
    items = entries(caller, playlist)["items"]
    assert [item["snippet"]["position"] for item in items] == list(range(len(items)))
    return [item["contentDetails"]["videoId"] for item in items]


CHANGES = st.lists(
    st.tuples(st.sampled_from(["insert", "move", "delete"]), st.integers(0, 6), st.integers(0, 6)), max_size=10
)


@settings(max_examples=200 if LONG else 8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes=CHANGES)
def test_entries_stand_where_they_are_put_and_the_others_make_room(
    caller: Caller, videos: list[str], changes: list[tuple[str, int, int]]
) -> None:
    playlist, wanted = caller.playlist(), []
    for what, which, where in changes:
        video = videos[which]
        at = min(where, len(wanted) if what == "insert" else len(wanted) - 1)
        if what == "insert" and video not in wanted:
            assert caller.place(playlist, video, at).json["snippet"]["position"] == at
            wanted.insert(at, video)
        elif video in wanted and what != "insert":
            item = next(one for one in entries(caller, playlist)["items"] if one["contentDetails"]["videoId"] == video)
            wanted.remove(video)
            if what == "delete":
                assert caller.api("DELETE", "playlistItems", id=item["id"]).status == 204
            else:
                snippet = {"playlistId": playlist, "resourceId": item["snippet"]["resourceId"], "position": at}
                assert (
                    caller.api("PUT", "playlistItems", {"id": item["id"], "snippet": snippet}, part="snippet").status
                    == 200
                )
                wanted.insert(at, video)
    assert order(caller, playlist) == wanted


def test_an_entry_without_a_position_is_the_last(caller: Caller, videos: list[str]) -> None:
    playlist = caller.playlist()
    for video in videos[:3]:
        caller.place(playlist, video)
    assert order(caller, playlist) == videos[:3]


def test_pages_lead_on_and_back(caller: Caller, videos: list[str]) -> None:
    playlist = caller.playlist()
    for video in videos:
        caller.place(playlist, video)
    first = entries(caller, playlist, maxResults=3)
    second = entries(caller, playlist, maxResults=3, pageToken=first["nextPageToken"])
    last = entries(caller, playlist, maxResults=3, pageToken=second["nextPageToken"])
    assert [item["contentDetails"]["videoId"] for page in (first, second, last) for item in page["items"]] == videos
    assert "nextPageToken" not in last
    assert entries(caller, playlist, maxResults=3, pageToken=second["prevPageToken"])["items"] == first["items"]
    assert first["pageInfo"] == {"totalResults": 7, "resultsPerPage": 3}
    bad = caller.api("GET", "playlistItems", playlistId=playlist, part="id", pageToken="made-up")
    assert bad.reason == "invalidPageToken"


def test_one_video_is_looked_for_in_a_playlist(caller: Caller, videos: list[str]) -> None:
    playlist = caller.playlist()
    for video in videos[:3]:
        caller.place(playlist, video)
    assert [item["snippet"]["position"] for item in entries(caller, playlist, videoId=videos[1])["items"]] == [1]
    assert entries(caller, playlist, videoId=videos[5])["items"] == []


def test_what_cannot_be_put_into_a_playlist_is_refused(caller: Caller, videos: list[str]) -> None:
    playlist = caller.playlist()
    caller.place(playlist, videos[0])
    refusals = {
        "videoAlreadyInPlaylist": caller.place(playlist, videos[0]),
        "playlistNotFound": caller.place("PLnone", videos[0]),
        "videoNotFound": caller.place(playlist, "none"),
        "invalidPlaylistItemPosition": caller.place(playlist, videos[1], 5),
        "playlistIdRequired": caller.api("POST", "playlistItems", {"snippet": {}}, part="snippet"),
        "resourceIdRequired": caller.api(
            "POST", "playlistItems", {"snippet": {"playlistId": playlist}}, part="snippet"
        ),
        "playlistItemNotFound": caller.api("DELETE", "playlistItems", id="none"),
    }
    assert {reason: answer.reason for reason, answer in refusals.items()} == {reason: reason for reason in refusals}
    for answer in refusals.values():
        jsonschema.validate(answer.json, shapes.ERROR)


def test_a_playlist_that_youtube_sorts_takes_no_positions(caller: Caller, videos: list[str]) -> None:
    playlist = caller.playlist()
    caller.control("playlist", id=playlist, manual=False)
    assert caller.place(playlist, videos[0], 0).reason == "manualSortRequired"
    assert caller.place(playlist, videos[0]).status == 200


def test_a_deleted_video_leaves_its_entry_behind(caller: Caller) -> None:
    playlist, video = caller.playlist(), caller.video()
    caller.place(playlist, video)
    caller.api("DELETE", "videos", id=video)
    assert entries(caller, playlist)["items"][0]["snippet"]["title"] == "Deleted video"


def test_a_playlists_words_are_replaced_part_by_part(caller: Caller) -> None:
    playlist = caller.playlist("Truyện", status={"privacyStatus": "unlisted"})
    body = {"id": playlist, "snippet": {"title": "Chuyện", "description": "Cho bé", "defaultLanguage": "vi"},
            "localizations": {"en": {"title": "Tales"}}}  # fmt: skip
    assert caller.api("PUT", "playlists", body, part="snippet,localizations").status == 200
    told = caller.api("GET", "playlists", id=playlist, part="snippet,status,localizations,contentDetails,player").json
    shapes.check("PlaylistListResponse", told)
    item = told["items"][0]
    assert (item["snippet"]["title"], item["status"]["privacyStatus"]) == ("Chuyện", "unlisted")
    assert item["localizations"]["en"]["title"] == "Tales"
    assert (
        caller.api("PUT", "playlists", {"id": playlist, "status": {}}, part="status").json["status"]["privacyStatus"]
        == "public"
    )


def test_a_playlist_needs_a_title_and_keeps_within_limits(caller: Caller) -> None:
    for snippet, reason in (
        ({}, "playlistTitleRequired"),
        ({"title": "a" * 151}, "invalidPlaylistSnippet"),
        ({"title": "A", "description": "<b>"}, "invalidPlaylistSnippet"),
    ):
        assert caller.api("POST", "playlists", {"snippet": snippet}, part="snippet").reason == reason


def test_all_playlists_are_listed_the_latest_first(caller: Caller) -> None:
    one, two = caller.playlist("Một"), caller.playlist("Hai")
    listed = [item["id"] for item in caller.api("GET", "playlists", mine="true", part="id", maxResults=2).json["items"]]
    assert listed == [two, one]
    assert caller.api("DELETE", "playlists", id=two).status == 204
    assert caller.api("GET", "playlists", id=two, part="id").json["items"] == []


def test_a_playlist_has_one_square_picture(caller: Caller) -> None:
    playlist = caller.playlist()
    body = {"snippet": {"playlistId": playlist, "type": "hero"}}
    made = caller.upload("playlistImages", PNG, body, part="snippet")
    assert made.json["snippet"] == {"playlistId": playlist, "type": "hero", "width": 8, "height": 8}
    assert caller.upload("playlistImages", PNG, body, part="snippet").reason == "playlistImageExists"
    changed = caller.upload("playlistImages", PNG, {"id": made.json["id"], **body}, "PUT", part="snippet")
    assert changed.status == 200
    told = caller.api("GET", "playlistImages", parent=playlist, part="snippet").json
    shapes.check("PlaylistImageListResponse", told)
    assert len(told["items"]) == 1
    wide = PNG.replace(b"\0\0\0\x08\0\0\0\x08", b"\0\0\0\x09\0\0\0\x08")
    assert (
        caller.upload("playlistImages", wide, {"id": made.json["id"], **body}, "PUT", part="snippet").reason
        == "invalidAspectRatio"
    )
    assert caller.api("DELETE", "playlistImages", id=made.json["id"]).status == 204
