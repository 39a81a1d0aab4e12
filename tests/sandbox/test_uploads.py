"""The protocol of uploads, byte by byte: what is held after each break, and that a file that came once is one video."""

from __future__ import annotations

import hashlib
import random
import socket
import time
from urllib.parse import urlsplit

import pytest

from media_service.youtube.sandbox.process import Running, serve
from tests.sandbox.calling import QUANTUM, STATUS, Caller, options

pytestmark = pytest.mark.enable_socket

FILM = random.Random(4).randbytes(5 * QUANTUM + 1234)  # noqa: S311  # always the same bytes
SIZE = len(FILM)


def count(caller: Caller) -> int:
    return len(caller.control("state")["videos"])


def wait_until_held(caller: Caller, size: int) -> None:
    """Wait until the latest session holds so much."""
    deadline = time.monotonic() + 20
    while caller.control("state")["sessions"][-1]["held"] < size:
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_a_film_sent_in_chunks_arrives_whole_and_keeps_its_name(caller: Caller) -> None:
    session = caller.session(SIZE, Slug="con-co-01-0123456789ab.mp4")
    first = caller.put(session, FILM[: 2 * QUANTUM], 0, SIZE)
    assert (first.status, first.headers["range"]) == (308, f"bytes=0-{2 * QUANTUM - 1}")
    last = caller.put(session, FILM[2 * QUANTUM :], 2 * QUANTUM, SIZE)
    assert last.status == 200
    assert last.json["kind"] == "youtube#video"
    file = caller.held(last.json["id"])["file"]
    assert file["sha256"] == hashlib.sha256(FILM).hexdigest()
    assert (file["size"], file["name"], file["type"]) == (SIZE, "con-co-01-0123456789ab.mp4", "video/mp4")


def test_a_session_is_opened_without_any_byte_and_says_so(caller: Caller) -> None:
    opened = caller.open(SIZE)
    assert opened.body == b""
    assert "upload_id=" in opened.headers["location"]
    asked = caller.how_far(opened.headers["location"], SIZE)
    assert asked.status == 308
    assert "range" not in asked.headers


def test_of_bytes_cut_off_only_whole_quanta_are_held(caller: Caller) -> None:
    session = caller.session(SIZE)
    caller.wrong({"on": "videos.insert:bytes", "do": "cut", "after": 2 * QUANTUM + 99})
    with pytest.raises(ConnectionError):
        caller.put(session, FILM, 0, SIZE)
    assert caller.how_far(session, SIZE).headers["range"] == f"bytes=0-{2 * QUANTUM - 1}"
    assert caller.put(session, FILM[2 * QUANTUM :], 2 * QUANTUM, SIZE).status == 200


def test_a_caller_that_vanishes_leaves_whole_quanta(caller: Caller) -> None:
    session = caller.session(SIZE)
    target = urlsplit(session)
    with socket.create_connection((target.hostname, target.port)) as line:
        head = f"PUT {target.path}?{target.query} HTTP/1.1\r\nHost: x\r\nContent-Length: {SIZE}\r\n\r\n"
        line.sendall(head.encode() + FILM[: 3 * QUANTUM + 77])
        wait_until_held(caller, 3 * QUANTUM)
    assert caller.how_far(session, SIZE).headers["range"] == f"bytes=0-{3 * QUANTUM - 1}"


def test_a_chunk_that_is_no_multiple_is_held_in_whole_quanta(caller: Caller) -> None:
    session = caller.session(SIZE)
    assert caller.put(session, FILM[: QUANTUM + 5], 0, SIZE).headers["range"] == f"bytes=0-{QUANTUM - 1}"


def test_bytes_that_are_held_already_are_passed_over(caller: Caller) -> None:
    session = caller.session(SIZE)
    caller.put(session, FILM[: 2 * QUANTUM], 0, SIZE)
    done = caller.put(session, FILM[QUANTUM:], QUANTUM, SIZE)
    assert caller.held(done.json["id"])["file"]["sha256"] == hashlib.sha256(FILM).hexdigest()


def test_bytes_behind_a_gap_are_refused_and_nothing_is_lost(caller: Caller) -> None:
    session = caller.session(SIZE)
    caller.put(session, FILM[:QUANTUM], 0, SIZE)
    refused = caller.put(session, FILM[2 * QUANTUM :], 2 * QUANTUM, SIZE)
    assert refused.status == 400
    assert "exceeds already uploaded size" in refused.json["error"]["message"]
    assert caller.how_far(session, SIZE).headers["range"] == f"bytes=0-{QUANTUM - 1}"


def test_a_session_takes_no_file_of_another_size(caller: Caller) -> None:
    session = caller.session(SIZE)
    assert caller.put(session, FILM[:QUANTUM], 0, SIZE + 1).status == 400
    assert caller.put(session, FILM[:100], 0, 50).status == 400


def test_a_file_whose_size_is_told_late_arrives(caller: Caller) -> None:
    session = caller.session()
    assert caller.put(session, FILM[:QUANTUM], 0, "*").status == 308
    assert caller.put(session, FILM[QUANTUM:], QUANTUM, SIZE).status == 200


def test_a_whole_file_needs_no_range(caller: Caller) -> None:
    assert caller.ask("PUT", caller.session(), FILM).status == 200


def test_a_finished_session_tells_of_its_video_whenever_it_is_asked(caller: Caller) -> None:
    before = count(caller)
    session = caller.session(SIZE)
    caller.wrong({"on": "videos.insert:bytes", "do": "lose"})
    with pytest.raises(ConnectionError):
        caller.put(session, FILM, 0, SIZE)
    asked = [caller.how_far(session, SIZE), caller.how_far(session, SIZE), caller.put(session, FILM, 0, SIZE)]
    assert {one.status for one in asked} == {200}
    assert len({one.json["id"] for one in asked}) == 1
    assert count(caller) == before + 1


def test_sessions_that_are_unknown_or_past_their_time_are_gone(caller: Caller) -> None:
    session = caller.session(SIZE)
    assert caller.how_far(session[:-5], SIZE).status == 404
    caller.wrong({"on": "videos.insert:ask", "do": "expire", "status": 410})
    assert caller.how_far(session, SIZE).status == 410
    assert caller.how_far(session, SIZE).status == 404
    lasting = caller.session(SIZE)
    caller.control("clock", by=8 * 24 * 3600)
    assert caller.how_far(lasting, SIZE).status == 410
    caller.access = caller.token(caller.refresh).json["access_token"]


def test_what_the_channel_forgets_it_does_not_claim_to_hold(caller: Caller) -> None:
    session = caller.session(SIZE)
    caller.wrong({"on": "videos.insert:bytes", "do": "forget", "after": QUANTUM})
    assert caller.put(session, FILM, 0, SIZE).headers["range"] == f"bytes=0-{QUANTUM - 1}"
    done = caller.put(session, FILM[QUANTUM:], QUANTUM, SIZE)
    assert caller.held(done.json["id"])["file"]["sha256"] == hashlib.sha256(FILM).hexdigest()


def test_the_later_of_two_who_use_a_session_takes_it_over(caller: Caller) -> None:
    session = caller.session(SIZE)
    target = urlsplit(session)
    with socket.create_connection((target.hostname, target.port)) as line:
        head = f"PUT {target.path}?{target.query} HTTP/1.1\r\nHost: x\r\nContent-Length: {SIZE}\r\n\r\n"
        line.sendall(head.encode() + FILM[:QUANTUM])
        wait_until_held(caller, QUANTUM)  # not by asking the session: that would take it over
        assert caller.how_far(session, SIZE).headers["range"] == f"bytes=0-{QUANTUM - 1}"
        assert caller.put(session, FILM[QUANTUM:], QUANTUM, SIZE).status == 200
        line.sendall(FILM[QUANTUM:])
        assert b" 503 " in line.recv(200)


def test_metadata_that_are_not_in_order_open_no_session(caller: Caller) -> None:
    refused = caller.open(SIZE, {"snippet": {"title": "<b>", "categoryId": "27"}, "status": STATUS})
    assert (refused.status, refused.reason) == (400, "invalidTitle")
    assert "location" not in refused.headers


def test_a_video_may_come_beside_its_metadata_in_one_request(caller: Caller) -> None:
    body = {"snippet": {"title": "Một lần", "categoryId": "27"}, "status": STATUS}
    done = caller.upload("videos", b"all of it\r\n--mar\r\n", body, part="snippet,status")
    assert done.status == 200
    assert caller.held(done.json["id"])["file"]["sha256"] == hashlib.sha256(b"all of it\r\n--mar\r\n").hexdigest()


def test_the_same_content_sent_twice_is_two_videos_but_kept_once(caller: Caller) -> None:
    ids = {caller.video(b"the same film"), caller.video(b"the same film")}
    assert len(ids) == 2
    content = caller.running.options.folder / "contents" / hashlib.sha256(b"the same film").hexdigest()
    assert content.read_bytes() == b"the same film"


def test_a_killed_sandbox_goes_on_where_it_was(tmp_path_factory: pytest.TempPathFactory) -> None:
    chance = random.Random(7)  # noqa: S311  # always the same moments
    with serve(options(tmp_path_factory.mktemp("killed"))) as sandbox:
        caller = Caller(sandbox)
        session = caller.session(SIZE)
        for _ in range(4):
            held = _held(caller, session)
            assert held % QUANTUM == 0
            _send_and_kill(sandbox, session, FILM[held : held + chance.randrange(1, 2 * QUANTUM)], held)
            sandbox.start()
        held = _held(caller, session)
        done = caller.put(session, FILM[held:], held, SIZE)
        _send_and_kill(sandbox, session, b"", 0)
        sandbox.start()
        assert caller.how_far(session, SIZE).json["id"] == done.json["id"]
        assert [video["file"]["sha256"] for video in caller.control("state")["videos"]] == [
            hashlib.sha256(FILM).hexdigest()
        ]
        assert list((sandbox.options.folder / "arriving").iterdir()) == []


def _held(caller: Caller, session: str) -> int:
    told = caller.how_far(session, SIZE).headers.get("range", "bytes=0--1")
    return int(told.removeprefix("bytes=0-")) + 1


def _send_and_kill(sandbox: Running, session: str, piece: bytes, first: int) -> None:
    target = urlsplit(session)
    with socket.create_connection((target.hostname, target.port)) as line:
        head = (
            f"PUT {target.path}?{target.query} HTTP/1.1\r\nHost: x\r\n"
            f"Content-Range: bytes {first}-{SIZE - 1}/{SIZE}\r\nContent-Length: {SIZE - first}\r\n\r\n"
        )
        line.sendall(head.encode() + piece)
        sandbox.kill()
