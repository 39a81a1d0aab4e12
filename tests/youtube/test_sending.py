"""Films go to the channel whole and once, whatever breaks on the way."""

from __future__ import annotations

import os
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from benchmarks import uploading
from media_service.channels import Arrived, At, Gone
from media_service.domain.publication import VideoFile
from media_service.errors import ChannelAwayError, NotYetError, ProductGoneError, QuotaSpentError, SessionGoneError
from media_service.messages import message
from media_service.youtube import sending
from media_service.youtube.connecting import connect
from tests.youtube.scene import DETAILS, QUANTUM, Scene, channel, ignore

pytestmark = pytest.mark.enable_socket

MIB = 1024 * 1024


@pytest.fixture(autouse=True)
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending, "CHUNK", MIB)


def finish(scene: Scene, path: Path, file: VideoFile, session: str) -> str:
    """Go on as a new process does: it knows the session's address and asks how far it is."""
    uploads = scene.channel().uploads
    state = uploads.ask(session, file)
    if isinstance(state, Arrived):
        return state.video
    assert isinstance(state, At)
    return uploads.send(session, file, path, state.offset, ignore)


def test_a_film_arrives_whole_private_and_named(scene: Scene) -> None:
    path, file = scene.film(3 * MIB + 12_345)
    uploads = scene.channel().uploads
    heard: list[int] = []
    session = uploads.open_session(DETAILS, file)
    assert uploads.ask(session, file) == At(0)
    video = uploads.send(session, file, path, 0, heard.append)
    there = scene.arrived(video)
    assert (there["file"]["sha256"], there["file"]["name"]) == (file.sha256, file.name)
    assert there["status"]["privacyStatus"] == "private"
    assert there["status"]["selfDeclaredMadeForKids"] is there["status"]["containsSyntheticMedia"] is True
    assert there["snippet"]["tags"] == list(DETAILS.tags)
    assert heard == [MIB, 2 * MIB, 3 * MIB]
    assert uploads.ask(session, file) == Arrived(video)


def test_only_the_sessions_opening_is_entered_as_a_call(scene: Scene) -> None:
    path, file = scene.film(2 * MIB)
    uploads = scene.channel().uploads
    session = uploads.open_session(DETAILS, file)
    uploads.ask(session, file)
    uploads.send(session, file, path, 0, ignore)
    assert scene.calls == ["videos.insert"]


def test_a_call_that_the_ledger_refuses_is_not_made(scene: Scene) -> None:
    def full(_: str) -> None:
        raise QuotaSpentError(message("title"))

    before = len(scene.ask("state")["calls"])
    channel = connect(scene.access(), full)
    _, file = scene.film(10)
    with pytest.raises(QuotaSpentError):
        channel.uploads.open_session(DETAILS, file)
    with pytest.raises(QuotaSpentError):
        channel.videos.look(["x"])
    assert len(scene.ask("state")["calls"]) == before


BREAKS = {
    "cut in mid-chunk": {"do": "cut", "after": 700_000},
    "cut before a whole quantum": {"do": "cut", "after": 1000},
    "a fault of the server": {"do": "answer", "status": 503, "reason": "backendError"},
    "a fault after half of the chunk": {"do": "answer", "status": 500, "reason": "internalError", "after": 500_000},
    "closed without an answer": {"do": "silent"},
    "the answer is lost": {"do": "lose"},
    "asked to slow down": {"do": "answer", "status": 429, "reason": "rateLimitExceeded"},
}


@pytest.mark.parametrize("chunk", [0, 1, 2], ids=["first chunk", "second chunk", "last chunk"])
@pytest.mark.parametrize("broken", BREAKS.values(), ids=BREAKS)
def test_a_break_is_told_and_a_new_process_goes_on_from_there(
    scene: Scene, broken: dict[str, object], chunk: int
) -> None:
    path, file = scene.film(2 * MIB + 54_321)
    uploads = scene.channel().uploads
    session = uploads.open_session(DETAILS, file)
    scene.mishap("videos.insert:bytes", skip=chunk, **broken)  # type: ignore[arg-type]
    with pytest.raises(ChannelAwayError):
        uploads.send(session, file, path, 0, ignore)
    video = finish(scene, path, file, session)
    assert scene.arrived(video)["file"]["sha256"] == file.sha256
    assert scene.holds(file) == 1


def test_bytes_that_have_arrived_are_not_sent_again(scene: Scene) -> None:
    path, file = scene.film(3 * MIB)
    uploads = scene.channel().uploads
    session = uploads.open_session(DETAILS, file)
    scene.mishap("videos.insert:bytes", "cut", skip=1, after=600_000)
    with pytest.raises(ChannelAwayError):
        uploads.send(session, file, path, 0, ignore)
    assert uploads.ask(session, file) == At(MIB + 2 * QUANTUM)
    before = len(scene.ask("state")["ranges"])
    finish(scene, path, file, session)
    assert [one["first"] for one in scene.ask("state")["ranges"][before:]] == [MIB + 2 * QUANTUM, 2 * MIB + 2 * QUANTUM]


def test_the_channels_word_counts_where_it_has_lost_bytes(scene: Scene) -> None:
    path, file = scene.film(3 * MIB)
    uploads = scene.channel().uploads
    session = uploads.open_session(DETAILS, file)
    scene.mishap("videos.insert:bytes", "forget", skip=1, after=QUANTUM)
    heard: list[int] = []
    video = uploads.send(session, file, path, 0, heard.append)
    assert heard[:3] == [MIB, QUANTUM, QUANTUM + MIB]
    assert scene.arrived(video)["file"]["sha256"] == file.sha256


def test_bytes_that_do_not_follow_the_last_are_settled_by_a_question(scene: Scene) -> None:
    path, file = scene.film(3 * MIB)
    uploads = scene.channel().uploads
    session = uploads.open_session(DETAILS, file)
    video = uploads.send(session, file, path, 2 * MIB, ignore)  # the channel holds nothing of what comes before
    assert scene.arrived(video)["file"]["sha256"] == file.sha256


@pytest.mark.parametrize("after", [0, 300_000], ids=["at once", "in mid-chunk"])
def test_a_token_that_ends_is_renewed_and_the_chunk_sent_again_whole(scene: Scene, after: int) -> None:
    path, file = scene.film(3 * MIB)
    uploads = scene.channel().uploads
    session = uploads.open_session(DETAILS, file)
    scene.mishap("videos.insert:bytes", "answer", skip=1, status=401, reason="authError", after=after)
    video = uploads.send(session, file, path, 0, ignore)
    assert scene.arrived(video)["file"]["sha256"] == file.sha256


def test_an_answer_that_was_lost_comes_again_by_one_question(scene: Scene) -> None:
    path, file = scene.film(MIB)
    uploads = scene.channel().uploads
    session = uploads.open_session(DETAILS, file)
    scene.mishap("videos.insert:bytes", "lose")
    with pytest.raises(ChannelAwayError):
        uploads.send(session, file, path, 0, ignore)
    state = scene.channel().uploads.ask(session, file)
    assert isinstance(state, Arrived)
    assert uploads.send(session, file, path, MIB, ignore) == state.video
    assert scene.holds(file) == 1


@pytest.mark.parametrize("status", [404, 410])
def test_a_session_that_ends_says_nothing_of_the_video(scene: Scene, status: int) -> None:
    path, file = scene.film(2 * MIB)
    uploads = scene.channel().uploads
    session = uploads.open_session(DETAILS, file)
    scene.mishap("videos.insert:bytes", "expire", skip=1, status=status)
    with pytest.raises(SessionGoneError):
        uploads.send(session, file, path, 0, ignore)
    assert uploads.ask(session, file) == Gone()


def test_a_channel_that_stands_still_is_left_alone_after_a_while(scene: Scene) -> None:
    path, file = scene.film(2 * MIB)
    uploads = scene.channel().uploads
    session = uploads.open_session(DETAILS, file)
    scene.mishap("videos.insert:bytes", "forget", times=1000)
    with pytest.raises(ChannelAwayError):
        uploads.send(session, file, path, 0, ignore)


def test_what_the_caller_raises_ends_the_sending(scene: Scene) -> None:
    class FencedError(Exception):
        pass

    def fenced(_: int) -> None:
        raise FencedError

    path, file = scene.film(3 * MIB)
    uploads = scene.channel().uploads
    session = uploads.open_session(DETAILS, file)
    with pytest.raises(FencedError):
        uploads.send(session, file, path, 0, fenced)
    assert uploads.ask(session, file) == At(MIB)


def test_a_file_that_is_not_the_one_announced_is_not_sent(scene: Scene) -> None:
    path, file = scene.film(MIB)
    uploads = scene.channel().uploads
    session = uploads.open_session(DETAILS, file)
    path.write_bytes(b"another")
    with pytest.raises(ProductGoneError):
        uploads.send(session, file, path, 0, ignore)
    path.unlink()
    with pytest.raises(ProductGoneError):
        uploads.send(session, file, path, 0, ignore)
    assert uploads.ask(session, file) == At(0)


def test_a_session_that_is_not_opened_costs_one_call_and_leaves_nothing(scene: Scene) -> None:
    _, file = scene.film(10)
    uploads = scene.channel().uploads
    for do, more in (("silent", {}), ("answer", {"status": 409, "reason": "alreadyExists"}), ("lose", {})):
        scene.mishap("videos.insert", do, **more)
        with pytest.raises(ChannelAwayError) as told:
            uploads.open_session(DETAILS, file)
        assert told.value.after is not None
    assert scene.calls == ["videos.insert"] * 3
    assert [one["method"] for one in scene.ask("state")["calls"]].count("videos.insert") >= 2
    assert scene.holds(file) == 0


def test_a_slow_channel_is_waited_for(scene: Scene) -> None:
    path, file = scene.film(MIB)
    uploads = scene.channel().uploads
    session = uploads.open_session(DETAILS, file)
    scene.mishap("videos.insert:bytes", "slow", seconds=1.0)
    begun = time.monotonic()
    assert uploads.send(session, file, path, 0, ignore)
    assert time.monotonic() - begun >= 1.0


def test_a_large_film_takes_no_more_memory_than_a_small_one(scene: Scene) -> None:
    large = 2_000_000_000 if os.environ.get("HYPOTHESIS_PROFILE") == "prove" else 200_000_000
    assert uploading.weighed(scene.running.url, scene.access().refresh_token, large) < uploading.MOST_MB


def test_recent_videos_tell_their_marks_newest_first(scene: Scene) -> None:
    since = datetime.now(UTC) - timedelta(minutes=1)
    sent = [scene.upload(900 + n) for n in range(53)]  # more than one page
    scene.calls.clear()
    found = list(scene.channel().uploads.recent(since))
    ours = [one for one in found if one.video in sent]
    assert [one.video for one in ours[:53]] == sent[::-1]
    assert ours[0].tags == DETAILS.tags
    assert ours[0].file_name.startswith("film-")
    assert ours[0].uploaded_at >= since.replace(microsecond=0)
    assert set(scene.calls) == {"channels.list", "playlistItems.list", "videos.list"}


def test_a_video_that_is_listed_and_cannot_be_looked_at_is_waited_for(tmp_path: Path) -> None:
    with channel(tmp_path / "channel") as running:  # of its own: what is hidden would stand in others' way
        scene = Scene(running, tmp_path)
        scene.mishap("videos.insert", "hide", seconds=3600)
        hidden = scene.upload()
        since = datetime.now(UTC) - timedelta(minutes=1)
        with pytest.raises(NotYetError):
            list(scene.channel().uploads.recent(since))
        scene.ask("clock", {"by": 3601})
        assert [one.video for one in scene.channel().uploads.recent(since)] == [hidden]


def test_videos_from_before_are_not_asked_for(scene: Scene) -> None:
    scene.upload()
    scene.calls.clear()
    assert list(scene.channel().uploads.recent(datetime.now(UTC) + timedelta(hours=1))) == []
    assert scene.calls == ["channels.list", "playlistItems.list"]
