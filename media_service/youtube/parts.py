"""The parts of the API's resources: our values into them, theirs out of them, and ours laid over what stands there.

An update replaces a part whole, so it is read first, changed where we have a word in it, and written back with
everything else that it held, also what this program has never heard of.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from media_service.channels import PlaylistDetails, VideoDetails
from media_service.domain.listing import Localisation
from media_service.domain.publication import Airing, Visibility

Part = Mapping[str, Any]
Parts = dict[str, dict[str, Any]]

_TOLD_ONLY: Mapping[str, frozenset[str]] = {
    "snippet": frozenset(
        {"publishedAt", "channelId", "channelTitle", "thumbnails", "localized", "liveBroadcastContent", "tagsHidden"}
    ),
    "status": frozenset({"uploadStatus", "failureReason", "rejectionReason", "madeForKids"}),
}
"""What the platform tells and does not take back."""


def new_video(details: VideoDetails) -> Parts:
    """Return the parts of a video that is to be sent: private, for a missing word there means public."""
    wished = video(details)
    wished["status"]["privacyStatus"] = Visibility.PRIVATE.value
    return wished


def video(details: VideoDetails) -> Parts:
    """Return what we have to say of a video, by part; who may see it is not in it."""
    return {
        "snippet": {
            "title": details.title,
            "description": details.description,
            "tags": list(details.tags),
            "categoryId": str(details.category),
            "defaultLanguage": details.language,
            "defaultAudioLanguage": details.language,
        },
        "status": {
            "license": details.licence,
            "selfDeclaredMadeForKids": details.made_for_kids,
            "containsSyntheticMedia": details.synthetic_media,
        },
        **_localisations(details.localisations),
    }


def playlist(details: PlaylistDetails) -> Parts:
    """Return what we have to say of a playlist, by part."""
    return {
        "snippet": {
            "title": details.title,
            "description": details.description,
            "defaultLanguage": details.language,
        },
        "status": {"privacyStatus": details.visibility.value},
        **_localisations(details.localisations),
    }


def _localisations(localisations: Sequence[Localisation]) -> Parts:
    if not localisations:
        return {}
    return {
        "localizations": {one.language: {"title": one.title, "description": one.description} for one in localisations}
    }


def merged(there: Part, wished: Parts) -> Parts:
    """Return the parts of `wished` as they are to be written: what stands there, with our words over it."""
    return {name: {**written(there, name), **part} for name, part in wished.items()}


def written(there: Part, name: str) -> dict[str, Any]:
    """Return a part as it would be written back unchanged; a time of publishing is taken only for what is private."""
    part = {key: value for key, value in there.get(name, {}).items() if key not in _TOLD_ONLY.get(name, ())}
    if part.get("privacyStatus") != Visibility.PRIVATE:
        part.pop("publishAt", None)
    return part


def same(there: Part, wished: Parts) -> bool:
    """Tell whether writing `wished` would change nothing."""
    return all(_telling(part) == _telling(written(there, name)) for name, part in wished.items())


def _telling(part: Part) -> Part:
    """Return what of a part the platform tells for sure: a no, or nothing at all, it may leave out."""
    return {key: value for key, value in part.items() if value not in ("", [], False)}


def aired(there: Part, airing: Airing, now: datetime) -> Parts:
    """Return the status of a video that is to be seen so; a time set needs it private until then."""
    status = written(there, "status")
    status.pop("publishAt", None)
    if airing.at is not None and airing.at > now:
        return {"status": {**status, "privacyStatus": Visibility.PRIVATE.value, "publishAt": stamp(airing.at)}}
    shown = Visibility.PUBLIC if airing.at else airing.visibility
    return {"status": {**status, "privacyStatus": shown.value}}


def stamp(at: datetime) -> str:
    """Write a time as the API takes it (RFC 3339, UTC)."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def moment(text: str) -> datetime:
    """Read a time as the API tells it."""
    return datetime.fromisoformat(text)
