"""How an upload may go on: each function leads from one state to the next, and there are no other ways.

planned -> open -> arrived, and where the channel forgets a session: open -> unknown -> arrived (one video bears our
marks) or planned (none does) or undecided (several do), from where a person leads to arrived or planned.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from media_service.domain.fingerprint import fingerprint
from media_service.domain.publication import Publication, Upload, UploadState, VideoFile

SETTLING = timedelta(minutes=10)
"""So long a channel may take to list what it holds: a search before that proves nothing by finding nothing."""
MARGIN = timedelta(days=1)
"""Between clocks, and between the opening of a session and our noting it."""
_WAYS: Mapping[UploadState, Collection[UploadState]] = {
    UploadState.PLANNED: {UploadState.OPEN},
    UploadState.OPEN: {UploadState.UNKNOWN, UploadState.ARRIVED},
    UploadState.UNKNOWN: {UploadState.PLANNED, UploadState.UNDECIDED, UploadState.ARRIVED},
    UploadState.UNDECIDED: {UploadState.PLANNED, UploadState.ARRIVED},
    UploadState.ARRIVED: set(),
}


def marker(slug: str, number: int, content: str, channel: str) -> str:
    """Return what a publication's video bears among its tags, so that it is known again."""
    return f"bt-{fingerprint(slug, number, content, channel)[:12]}"


def file_name(publication: Publication) -> str:
    """Return the name under which the file is sent; it bears the marker too."""
    mark = publication.marker.removeprefix("bt-")
    return f"{publication.slug}-{publication.number:02d}-{mark}.mp4"


def opened(upload: Upload, file: VideoFile, session: str, now: datetime) -> Upload:
    """Return an upload whose session is open; the first one's time is kept for all later searches."""
    begun = upload.begun_at or now
    return _into(UploadState.OPEN, upload, now, file=file, session=session, sent=0, begun_at=begun)


def sent(upload: Upload, offset: int) -> Upload:
    """Return an open upload of which the channel holds so many bytes."""
    if upload.state is not UploadState.OPEN:
        raise ValueError(f"an upload that is {upload.state} takes no bytes")
    return replace(upload, sent=offset)


def arrived(upload: Upload, video: str, now: datetime) -> Upload:
    """Return an upload whose video is there; nobody may write to its session any more."""
    return _into(UploadState.ARRIVED, upload, now, video=video, session="")


def gone(upload: Upload, now: datetime) -> Upload:
    """Return an upload whose session the channel knows no more, so that nobody knows how it ended."""
    return _into(UploadState.UNKNOWN, upload, now, session="")


def bears_marks(publication: Publication, name: str, tags: Collection[str]) -> bool:
    """Tell whether a video of that file name and those tags is this publication's."""
    sent_as = publication.upload.file.name if publication.upload.file else file_name(publication)
    return publication.marker in tags or name in {sent_as, file_name(publication)}


def settled_at(upload: Upload, settling: timedelta = SETTLING) -> datetime | None:
    """Return from when on a search that finds nothing proves that nothing arrived."""
    return upload.since + settling if upload.since else None


def searched(upload: Upload, videos: Collection[str], now: datetime) -> Upload:
    """Return an upload of unknown outcome after the search for videos that bear its marks."""
    if len(videos) > 1:
        return _into(UploadState.UNDECIDED, upload, now)
    return decided(upload, next(iter(videos), ""), now)


def decided(upload: Upload, video: str, now: datetime) -> Upload:
    """Return an upload whose outcome is settled, by a person's word too: it is that video, or (empty) sent anew."""
    return arrived(upload, video, now) if video else _into(UploadState.PLANNED, upload, now, sent=0)


def _into(state: UploadState, upload: Upload, now: datetime, **changed: Any) -> Upload:
    if state not in _WAYS[upload.state]:
        raise ValueError(f"an upload that is {upload.state} does not become {state}")
    return replace(upload, state=state, since=now, **changed)
