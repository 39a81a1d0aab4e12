"""Every row of YouTube's errors, worded by the channel as YouTube does, leads to the action that belongs to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from media_service.catalogue import translate
from media_service.channels import At, Channel, PlaylistDetails
from media_service.domain.publication import Airing
from media_service.errors import (
    ChannelAwayError,
    ChannelRefusedError,
    ConsentLostError,
    MediaServiceError,
    NotYetError,
    PlaylistGoneError,
    QuotaSpentError,
    SetupError,
)
from tests.youtube.scene import DETAILS, Scene

pytestmark = pytest.mark.enable_socket

DAY, HOUR, MINUTE, SECOND = (timedelta(**{unit: 1}) for unit in ("days", "hours", "minutes", "seconds"))
UPLOADS_PER_DAY = (
    "Quota exceeded for quota metric 'Video Uploads' and limit 'Video Uploads per day' of service "
    "'youtube.googleapis.com' for consumer 'project_number:1'."
)
QUERIES_PER_DAY = UPLOADS_PER_DAY.replace("Video Uploads", "Queries")
QUERIES_PER_MINUTE = QUERIES_PER_DAY.replace("per day", "per minute")
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
LISTING = PlaylistDetails("Truyện", "Truyện cổ tích.", "vi")


@dataclass(frozen=True)
class Row:
    """A call that goes wrong, and what must come of it."""

    step: str
    status: int
    reason: str
    fault: type[MediaServiceError]
    said: str = ""
    after: tuple[timedelta, timedelta] | None = None
    """Between which bounds it is asked again; None where it is not."""
    bucket: str = ""
    field: str = ""


DOINGS: dict[str, Callable[[Channel, Scene], Any]] = {
    "channels.list": lambda channel, _: channel.identity.whoami(),
    "videos.insert": lambda channel, scene: channel.uploads.open_session(DETAILS, scene.film(10)[1]),
    "videos.list": lambda channel, _: channel.videos.look(["x"]),
    "videos.update": lambda channel, scene: channel.videos.reveal(scene.upload(), Airing()),
    "thumbnails.set": lambda channel, scene: channel.videos.thumbnail("x", scene.film(10)[0]),
    "captions.insert": lambda channel, _: channel.videos.caption("x", "vi", "", b"WEBVTT\n"),
    "playlists.insert": lambda channel, _: channel.playlists.make(LISTING),
    "playlistItems.list": lambda channel, _: channel.playlists.entries("x"),
    "playlistItems.insert": lambda channel, _: channel.playlists.insert("x", "y", 0),
    "playlistItems.update": lambda channel, scene: channel.playlists.move(*moved(channel, scene)),
}


def moved(channel: Channel, scene: Scene) -> tuple[str, Any, int]:
    playlist = channel.playlists.make(LISTING)
    channel.playlists.insert(playlist, scene.upload(), 0)
    return playlist, channel.playlists.entries(playlist)[0], 0


UNTIL_TOMORROW = (SECOND, 25 * HOUR)
SOON, HOURS = (SECOND, 10 * MINUTE), (HOUR, 6 * HOUR)
DATA = {
    "invalidTitle": "title",
    "invalidDescription": "description",
    "invalidTags": "tags",
    "invalidCategoryId": "category",
    "invalidPublishAt": "publish_at",
    "invalidFilename": "file_name",
    "invalidVideoMetadata": "details",
    "invalidRecordingDetails": "recording_date",
    "defaultLanguageNotSet": "language",
    "mediaBodyRequired": "file",
}
FORBIDDEN = {
    "forbiddenPrivacySetting": "visibility",
    "forbiddenLicenseSetting": "licence",
    "forbiddenEmbedSetting": "embedding",
}
LIMITED = "rateLimitExceeded"
ROWS = (
    Row("videos.insert", 429, LIMITED, QuotaSpentError, UPLOADS_PER_DAY, UNTIL_TOMORROW, "uploads"),
    Row("videos.insert", 403, LIMITED, QuotaSpentError, UPLOADS_PER_DAY, UNTIL_TOMORROW, "uploads"),
    Row("videos.list", 429, LIMITED, QuotaSpentError, QUERIES_PER_DAY, UNTIL_TOMORROW, "units"),
    Row("videos.list", 429, LIMITED, ChannelAwayError, QUERIES_PER_MINUTE, SOON),
    Row("videos.list", 403, LIMITED, ChannelAwayError, "", SOON),
    Row("videos.list", 403, "userRateLimitExceeded", ChannelAwayError, "", SOON),
    Row("videos.list", 429, "userRateLimitExceeded", ChannelAwayError, "", SOON),
    Row("captions.insert", 403, "quotaExceeded", QuotaSpentError, "", UNTIL_TOMORROW, "units"),
    Row("captions.insert", 403, "dailyLimitExceeded", QuotaSpentError, "", UNTIL_TOMORROW, "units"),
    Row("videos.insert", 400, "uploadLimitExceeded", QuotaSpentError, "", (24 * HOUR, 24 * HOUR), "uploads"),
    Row("thumbnails.set", 429, "uploadRateLimitExceeded", ChannelAwayError, "", HOURS),
    Row("videos.list", 500, "internalError", ChannelAwayError, "", SOON),
    Row("videos.list", 503, "backendError", ChannelAwayError, "", SOON),
    Row("videos.insert", 409, "alreadyExists", ChannelAwayError, "", SOON),
    Row("channels.list", 401, "youtubeSignupRequired", SetupError),
    Row("channels.list", 401, "authError", SetupError, "NoLinkedYouTubeAccount"),
    Row("captions.insert", 403, "insufficientPermissions", ConsentLostError, "", (MINUTE, DAY)),
    *(Row("videos.insert", 400, reason, ChannelRefusedError, "", None, "", field) for reason, field in DATA.items()),
    *(
        Row("videos.update", 403, reason, ChannelRefusedError, "", None, "", field)
        for reason, field in FORBIDDEN.items()
    ),
    Row("playlistItems.insert", 404, "videoNotFound", NotYetError, "", (SECOND, 10 * MINUTE)),
    Row("thumbnails.set", 404, "videoNotFound", NotYetError, "", (SECOND, 10 * MINUTE)),
    Row("playlistItems.insert", 403, "playlistContainsMaximumNumberOfVideos", ChannelRefusedError),
    Row("playlists.insert", 400, "maxPlaylistExceeded", ChannelRefusedError),
    Row("playlistItems.update", 400, "manualSortRequired", ChannelRefusedError, "", None, "", "position"),
    Row("playlistItems.list", 404, "playlistNotFound", PlaylistGoneError),
    Row("videos.list", 400, "somethingNew", ChannelRefusedError, "What nobody has heard of."),
)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.step} {row.status} {row.reason}")
def test_an_error_leads_to_its_action(scene: Scene, row: Row) -> None:
    channel = scene.channel()
    scene.mishap(row.step, "answer", status=row.status, reason=row.reason, message=row.said, times=3)
    with pytest.raises(row.fault) as told:
        DOINGS[row.step](channel, scene)
    fault = told.value
    assert type(fault) is row.fault
    assert getattr(fault, "reason", row.reason) == row.reason
    assert (getattr(fault, "bucket", ""), getattr(fault, "field", "")) == (row.bucket, row.field)
    after = getattr(fault, "after", None)
    assert (after is None) == (row.after is None)
    assert row.after is None or row.after[0] <= after <= row.after[1]
    assert scene.calls.count(row.step) == 1, "it is not asked again by itself"
    for language in ("vi", "en"):
        assert "{" not in translate(fault.said, language)
    assert fault.__cause__ is fault.__context__ is None, "an error of the library names addresses"


def test_a_refusal_names_its_field_in_the_readers_language(scene: Scene) -> None:
    scene.mishap("videos.insert", "answer", status=400, reason="invalidTitle", message="The title is <code>bad</code>.")
    with pytest.raises(ChannelRefusedError) as told:
        scene.channel().uploads.open_session(DETAILS, scene.film(10)[1])
    said = translate(told.value.said, "vi")
    assert "tiêu đề" in said
    assert "The title is bad." in said


def test_the_day_of_the_quota_ends_at_midnight_in_california(scene: Scene) -> None:
    scene.mishap("videos.list", "answer", status=403, reason="quotaExceeded")
    with pytest.raises(QuotaSpentError) as told:
        scene.channel().videos.look(["x"])
    assert told.value.after is not None
    assert told.value.after <= 25 * HOUR


def test_a_consent_that_is_withdrawn_is_lost_and_says_so(scene: Scene) -> None:
    access = scene.access()
    channel = scene.channel(access)
    scene.ask("consent", {"revoke": access.refresh_token})
    for ask in (
        channel.identity.whoami,
        lambda: channel.videos.look(["x"]),
        lambda: list(channel.uploads.recent(LONG_AGO)),
    ):
        with pytest.raises(ConsentLostError) as told:
            ask()
        assert "invalid_grant" in str(told.value)


def test_a_session_outlives_the_consent_that_opened_it(scene: Scene) -> None:
    access = scene.access()
    path, file = scene.film(1 << 20)
    session = scene.channel(access).uploads.open_session(DETAILS, file)
    scene.ask("consent", {"revoke": access.refresh_token})
    with pytest.raises(ConsentLostError):
        scene.channel(access).uploads.ask(session, file)
    anew = scene.channel().uploads
    assert anew.ask(session, file) == At(0)
    assert anew.send(session, file, path, 0, lambda _: None)


def test_a_consent_that_reaches_less_far_is_lost(scene: Scene) -> None:
    access = scene.access("https://www.googleapis.com/auth/youtube.upload")
    with pytest.raises(ConsentLostError):
        scene.channel(access).videos.caption("x", "vi", "", b"WEBVTT\n")


def test_a_video_that_stands_in_the_playlist_already_is_a_success(scene: Scene) -> None:
    channel = scene.channel()
    playlist, _, _ = moved(channel, scene)
    (entry,) = channel.playlists.entries(playlist)
    assert channel.playlists.insert(playlist, entry.video, 0)
    assert len(channel.playlists.entries(playlist)) == 1


def test_where_the_channel_sorts_a_video_goes_in_without_a_position(scene: Scene) -> None:
    channel, video = scene.channel(), scene.upload()
    playlist = channel.playlists.make(LISTING)
    scene.ask("playlist", {"id": playlist, "manual": False})
    assert not channel.playlists.insert(playlist, video, 0)
    assert [entry.video for entry in channel.playlists.entries(playlist)] == [video]


def test_a_rejected_video_says_why(scene: Scene) -> None:
    scene.mishap("videos.insert", "reject", reason="duplicate")
    video = scene.upload()
    (seen,) = scene.channel().videos.look([video])
    assert (seen.upload_status, seen.reason) == ("rejected", "duplicate")


def test_a_failed_video_says_why(scene: Scene) -> None:
    scene.mishap("videos.insert", "fail", reason="codec")
    video = scene.upload()
    (seen,) = scene.channel().videos.look([video])
    assert (seen.upload_status, seen.reason) == ("failed", "codec")


def test_a_channel_that_is_not_there_is_away(scene: Scene) -> None:
    access = scene.access()
    scene.running.kill()
    try:
        with pytest.raises(ChannelAwayError):
            scene.channel(access).identity.whoami()
    finally:
        scene.running.start()


def test_an_answer_that_breaks_off_is_no_answer(scene: Scene) -> None:
    channel = scene.channel()
    scene.mishap("channels.list", "lose")
    with pytest.raises(ChannelAwayError):
        channel.identity.whoami()
    assert channel.identity.whoami()


def test_a_token_endpoint_in_trouble_is_away_and_no_consent_lost(scene: Scene) -> None:
    for do, more in (("silent", {}), ("lose", {}), ("answer", {"status": 503, "reason": "backendError"})):
        channel = scene.channel()
        scene.mishap("token", do, times=9, **more)
        with pytest.raises(ChannelAwayError):
            channel.identity.whoami()
        scene.peace()
