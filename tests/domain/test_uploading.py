"""An upload goes from state to state by the permitted ways only, and its video is known again by its marks."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from media_service.domain import uploading
from media_service.domain.publication import Airing, Errand, Publication, Upload, UploadState, VideoFile, due

NOW = datetime(2026, 7, 1, 12, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=5)
FILE = VideoFile("cay-khe-01-0123456789ab.mp4", 230, "0" * 64)
OPEN = uploading.opened(Upload(), FILE, "https://session", NOW)
UNKNOWN = uploading.gone(OPEN, LATER)
MARK = uploading.marker("cay-khe", 1, "content", "UC1")


def publication(upload: Upload = OPEN) -> Publication:
    return Publication(1, "cay-khe", 1, "content", "UC1", MARK, Airing(), upload, frozenset(), "hoa", "")


def test_a_session_is_kept_with_its_file_and_when_the_first_one_was_opened() -> None:
    assert (OPEN.file, OPEN.session, OPEN.begun_at, OPEN.since) == (FILE, "https://session", NOW, NOW)
    again = uploading.opened(uploading.searched(UNKNOWN, (), LATER), FILE, "https://other", LATER)
    assert (again.session, again.begun_at, again.since, again.sent) == ("https://other", NOW, LATER, 0)


def test_bytes_that_are_sent_do_not_change_the_state() -> None:
    upload = uploading.sent(OPEN, 100)
    assert (upload.state, upload.sent, upload.since) == (UploadState.OPEN, 100, NOW)


@pytest.mark.parametrize("upload", [uploading.arrived(OPEN, "v1", LATER), UNKNOWN])
def test_nobody_keeps_the_address_of_a_session_that_is_over(upload: Upload) -> None:
    assert upload.session == ""
    assert upload.since == LATER


@pytest.mark.parametrize(
    ("videos", "state", "video"),
    [
        ((), UploadState.PLANNED, ""),
        (("v1",), UploadState.ARRIVED, "v1"),
        (("v1", "v2"), UploadState.UNDECIDED, ""),
    ],
)
def test_a_search_adopts_one_video_and_leaves_several_to_a_person(
    videos: tuple[str, ...], state: UploadState, video: str
) -> None:
    upload = uploading.searched(UNKNOWN, videos, LATER)
    assert (upload.state, upload.video) == (state, video)


def test_a_person_decides_what_nobody_else_can() -> None:
    undecided = uploading.searched(UNKNOWN, ("v1", "v2"), LATER)
    assert uploading.decided(undecided, "v2", LATER).video == "v2"
    assert uploading.decided(undecided, "", LATER).state is UploadState.PLANNED


def test_no_other_way_leads_on() -> None:
    arrived = uploading.arrived(OPEN, "v1", NOW)
    for forbidden in (
        lambda: uploading.opened(OPEN, FILE, "s", NOW),  # a second session beside an open one
        lambda: uploading.opened(UNKNOWN, FILE, "s", NOW),  # before the channel was searched
        lambda: uploading.gone(arrived, NOW),
        lambda: uploading.opened(arrived, FILE, "s", NOW),
        lambda: uploading.arrived(Upload(), "v1", NOW),
        lambda: uploading.sent(Upload(), 1),
    ):
        with pytest.raises(ValueError, match="an upload that is"):
            forbidden()


@pytest.mark.parametrize(
    ("name", "tags", "ours"),
    [
        ("other.mp4", (MARK, "cổ tích"), True),
        (FILE.name, (), True),
        (f"cay-khe-01-{MARK[3:]}.mp4", (), True),
        ("other.mp4", ("cổ tích",), False),
        ("", (), False),
        ("other.mp4", (MARK + "0", MARK[:-1]), False),
    ],
)
def test_a_video_is_ours_by_its_tag_or_its_name(name: str, tags: tuple[str, ...], ours: bool) -> None:
    assert uploading.bears_marks(publication(), name, tags) is ours


def test_marks_tell_episodes_contents_and_channels_apart() -> None:
    marks = {
        uploading.marker(*of) for of in (("a", 1, "c", "U"), ("a", 2, "c", "U"), ("a", 1, "d", "U"), ("a", 1, "c", "V"))
    }
    assert len(marks) == 4
    assert all(len(mark) == 15 and mark.startswith("bt-") for mark in marks)


def test_errands_are_due_when_what_they_wait_for_is_done() -> None:
    assert due(()) == (Errand.PUBLISH,)
    assert due({Errand.PUBLISH}) == (Errand.THUMBNAIL, Errand.PLACE, Errand.CAPTION)
    placed = {Errand.PUBLISH, Errand.PLACE}
    assert Errand.REVEAL not in due(placed)
    assert Errand.REVEAL in due(placed, tried={Errand.THUMBNAIL})  # a failed thumbnail holds nobody up
    assert Errand.REVEAL not in due({Errand.PUBLISH, Errand.THUMBNAIL}, tried={Errand.PLACE})
    assert due(set(Errand)) == ()


def test_what_is_settled_too_early_is_not_settled() -> None:
    assert uploading.settled_at(UNKNOWN) == LATER + uploading.SETTLING
    assert uploading.settled_at(replace(UNKNOWN, since=None)) is None
