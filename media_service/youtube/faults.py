"""What an answer of the platform means: the one table from its words to our faults, and so to what is done next.

A refusal is read by its reason first, for the same status says many things; the sentence beside it counts only where
the platform itself uses one reason for two things ("per day").
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from google.auth.exceptions import RefreshError

from media_service.domain.quota import Bucket, next_day
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
from media_service.messages import Message, message

_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Refusal:
    """An answer that is no success: its HTTP status, the platform's word for the reason, its sentence."""

    status: int
    reason: str
    said: str


def read(status: int, content: bytes) -> Refusal:
    """Read a refusal; what is no JSON of the API's shape is one without a reason."""
    try:
        error = json.loads(content)["error"]
        reasons = [str(one["reason"]) for one in error.get("errors", ()) if one.get("reason")]
        said = str(error.get("message", ""))
    except (ValueError, KeyError, TypeError, AttributeError):
        return Refusal(status, "", "")
    known = [reason for reason in reasons if reason in _BY_REASON]
    return Refusal(status, (known or reasons or [""])[0], " ".join(re.sub(r"<[^>]*>", "", said).split())[:_LONGEST])


def resource(content: bytes) -> dict[str, Any]:
    """Read a resource; what is no JSON object is an empty one."""
    try:
        answer = json.loads(content)
    except ValueError:
        return {}
    return answer if isinstance(answer, dict) else {}


def of(refusal: Refusal) -> MediaServiceError:
    """Return the fault that a refusal means."""
    if "NoLinkedYouTubeAccount" in refusal.said:
        return _without_channel(refusal)
    if refusal.reason in _BY_REASON:
        return _BY_REASON[refusal.reason](refusal)
    if refusal.status >= 500 or refusal.status in {408, 409, 429}:
        return _away(refusal.reason or str(refusal.status))
    if refusal.status == 401:
        return _consent_lost(refusal.reason or "401")
    return _refused(refusal)


def broken() -> ChannelAwayError:
    """Return the fault of an answer that breaks off: what was asked may well have been done."""
    return _away(message("its answer breaks off"))


def of_transport(error: Exception) -> MediaServiceError:
    """Return the fault that no answer means, or the refusal of an access token."""
    if not isinstance(error, RefreshError) or error.retryable:
        return _away(type(error).__name__)
    word = str(error.args[0]).partition(":")[0] if error.args else ""
    return of_token(word) if word.isidentifier() else _away(type(error).__name__)


def of_token(word: str) -> MediaServiceError:
    """Return the fault that a refusal of a token means, by its word (RFC 6749, 5.2)."""
    if word in {"invalid_client", "unauthorized_client", "deleted_client"}:
        said = message(
            "The platform does not know this program ({reason}); put the client secret of its project in place.",
            reason=word,
        )
        return SetupError(said)
    return _consent_lost(word)


def _away(reason: str | Message, after: timedelta | None = None) -> ChannelAwayError:
    said = message("The channel does not answer ({reason}); it is asked again by itself.", reason=reason)
    return ChannelAwayError(said, after)


def _burst(refusal: Refusal) -> MediaServiceError:
    """One reason, two meanings: the bucket of the day is empty, or calls come too fast."""
    if "per day" in refusal.said.lower():
        return _spent(Bucket.UPLOADS if "upload" in refusal.said.lower() else Bucket.UNITS)
    said = message("The channel asks for a pause ({reason}); the work goes on by itself.", reason=refusal.reason)
    return ChannelAwayError(said, timedelta(minutes=2))


def _spent(bucket: Bucket) -> QuotaSpentError:
    now = datetime.now(UTC)
    said = {
        Bucket.UPLOADS: message("The channel takes no more videos today; they go on by themselves on its next day."),
        Bucket.UNITS: message("The channel takes no more calls today; the work goes on by itself on its next day."),
    }[bucket]
    return QuotaSpentError(said, next_day(now) - now, bucket)


def _capped(_: Refusal) -> MediaServiceError:
    said = message(
        "The channel has taken as many videos as it does within a day, whatever the quota; they go on in 24 hours."
    )
    return QuotaSpentError(said, timedelta(hours=24), Bucket.UPLOADS)


def _thumbnails_capped(_: Refusal) -> MediaServiceError:
    said = message("The channel takes no more thumbnails for some hours; this one goes on by itself.")
    return ChannelAwayError(said, timedelta(hours=3))


def _started_twice(refusal: Refusal) -> MediaServiceError:
    """At the start of a session: nothing was sent yet, and the same call succeeds a little later."""
    return _away(refusal.reason, timedelta(seconds=15))


def _consent_lost(reason: str) -> ConsentLostError:
    said = message(
        "The consent to speak for the channel does not hold any more ({reason}); have its owner consent anew.",
        reason=reason,
    )
    return ConsentLostError(said)


def _without_channel(_: Refusal) -> MediaServiceError:
    said = message("The account that gave its consent has no channel; have the channel's owner consent.")
    return SetupError(said)


def _not_enabled(_: Refusal) -> MediaServiceError:
    said = message("YouTube Data API v3 is not enabled for the project of the client secret; enable it there.")
    return SetupError(said)


def _not_yet(refusal: Refusal) -> MediaServiceError:
    said = message("The channel does not know this yet ({reason}); it is asked again by itself.", reason=refusal.reason)
    return NotYetError(said)


def _playlist_gone(refusal: Refusal) -> MediaServiceError:
    return PlaylistGoneError(message("The channel has no such playlist (any more)."), refusal.reason)


def _refused(refusal: Refusal) -> MediaServiceError:
    said = message(
        "The channel refuses this ({status} {reason}): {said}",
        status=refusal.status,
        reason=refusal.reason,
        said=refusal.said,
    )
    return ChannelRefusedError(said, refusal.reason or str(refusal.status))


def _our_data(field: str, named: Message) -> Callable[[Refusal], MediaServiceError]:
    def fault(refusal: Refusal) -> MediaServiceError:
        said = message(
            "The channel refuses the {field} ({reason}: {said}); correct it, then approve the episode again.",
            field=named,
            reason=refusal.reason,
            said=refusal.said,
        )
        return ChannelRefusedError(said, refusal.reason, field)

    return fault


def _operators(said: Message, field: str = "") -> Callable[[Refusal], MediaServiceError]:
    return lambda refusal: ChannelRefusedError(said, refusal.reason, field)


_FULL = message("The playlist is full; begin another, or take something out of it.")
_TOO_MANY = message("The channel has as many playlists as it may; delete one that nobody needs.")
_NOT_BY_HAND = message("The channel sorts this playlist itself; set its order to “Manual” in YouTube Studio.")

_BY_REASON: Mapping[str, Callable[[Refusal], MediaServiceError]] = {
    "rateLimitExceeded": _burst,
    "userRateLimitExceeded": _burst,
    "quotaExceeded": lambda _: _spent(Bucket.UNITS),
    "dailyLimitExceeded": lambda _: _spent(Bucket.UNITS),
    "uploadLimitExceeded": _capped,
    "uploadRateLimitExceeded": _thumbnails_capped,
    "alreadyExists": _started_twice,
    "youtubeSignupRequired": _without_channel,
    "accessNotConfigured": _not_enabled,
    "insufficientPermissions": lambda refusal: _consent_lost(refusal.reason),
    "videoNotFound": _not_yet,
    "playlistItemNotFound": _not_yet,
    "captionNotFound": _not_yet,
    "playlistNotFound": _playlist_gone,
    "playlistContainsMaximumNumberOfVideos": _operators(_FULL),
    "maxPlaylistExceeded": _operators(_TOO_MANY),
    "manualSortRequired": _operators(_NOT_BY_HAND, "position"),
    "invalidTitle": _our_data("title", message("title")),
    "invalidDescription": _our_data("description", message("description")),
    "invalidTags": _our_data("tags", message("tags")),
    "invalidCategoryId": _our_data("category", message("category")),
    "invalidPublishAt": _our_data("publish_at", message("publishing time")),
    "invalidFilename": _our_data("file_name", message("file name")),
    "invalidVideoMetadata": _our_data("details", message("details of the video")),
    "invalidRecordingDetails": _our_data("recording_date", message("recording date")),
    "defaultLanguageNotSet": _our_data("language", message("language of the title")),
    "mediaBodyRequired": _our_data("file", message("video file")),
    "forbiddenPrivacySetting": _our_data("visibility", message("visibility")),
    "forbiddenLicenseSetting": _our_data("licence", message("licence")),
    "forbiddenEmbedSetting": _our_data("embedding", message("setting for embedding")),
}
