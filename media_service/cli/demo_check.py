"""Whether a demo's channel shows what it should, asked by the channel's own protocol and from its page."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from media_service import bootstrap
from media_service.domain.listing import chapter_times
from media_service.domain.publication import Publication, Visibility
from media_service.domain.service import ReviewItem
from media_service.messages import Message, message
from media_service.settings import Settings
from media_service.stores import Stores

if TYPE_CHECKING:
    from media_service.youtube.auditing import Shown

_PATIENCE_S = 30


def faults(settings: Settings, stores: Stores, slugs: Sequence[str], url: str) -> list[Message]:
    """Say all that is not as it should be; raises as a channel does."""
    published = [one.publication for one in stores.ledgers.publications.status() if one.current]
    mine = [one for one in published if one.slug in slugs]
    _wait_for_processing(settings, stores, mine)
    items = {(item.slug, item.number): item for slug in slugs for item in stores.reviews.show(slug)}
    return [*_of_videos(settings, stores, mine, items, url), *_of_playlists(settings, stores, mine)]


def _wait_for_processing(settings: Settings, stores: Stores, published: Sequence[Publication]) -> None:
    """Wait while the channel still works on what it got, as any does; what takes too long is found by the check."""
    videos = bootstrap.channel(settings, stores.ledgers).videos
    mine, last = [one.upload.video for one in published if one.upload.video], time.monotonic() + _PATIENCE_S
    while any(one.upload_status == "uploaded" for one in videos.look(mine)) and time.monotonic() < last:
        time.sleep(0.5)


def _of_videos(
    settings: Settings,
    stores: Stores,
    published: Sequence[Publication],
    items: dict[tuple[str, int], ReviewItem],
    url: str,
) -> Iterator[Message]:
    from media_service.youtube import auditing  # noqa: PLC0415  # its libraries are large

    there = {one.video: one for one in bootstrap.audit(settings, stores.ledgers, [p.upload.video for p in published])}
    for key, item in items.items():
        mine = [one for one in published if (one.slug, one.number) == key]
        shown = there.get(mine[0].upload.video) if len(mine) == 1 else None
        if shown is None:
            yield _wrong(item, message("there is not exactly one video"))
            continue
        files = {name: settings.output / item.slug / path for name, path in item.files.items()}
        yield from (_wrong(item, said) for said in _compared(shown, mine[0], files))
        for name, address in (
            ("video", f"{url}/media/{shown.video}"),
            ("thumbnail", f"{url}/vi/{shown.video}/maxres.jpg"),
        ):
            if auditing.digest(address) != _digest(files[name]):
                yield _wrong(item, message("{file} is not the one that was made", file=files[name].name))


def _compared(shown: Shown, publication: Publication, files: dict[str, Path]) -> Iterator[Message]:
    listing = json.loads(files["listing"].read_text(encoding="utf-8"))
    for field in ("title", "description", "made_for_kids"):
        if getattr(shown, field) != listing[field]:
            yield message("its {field} is another one", field=field)
    if publication.marker not in shown.tags:
        yield message("it does not bear its mark")
    if shown.visibility is not Visibility.PUBLIC:
        yield message("it is not public")
    if listing["language"] not in shown.captions:
        yield message("it has no captions")
    if chapter_times(shown.description) != chapter_times(listing["description"]):
        yield message("its chapters are other ones")


def _of_playlists(settings: Settings, stores: Stores, published: Sequence[Publication]) -> Iterator[Message]:
    channel = bootstrap.channel(settings, stores.ledgers)
    by_video = {one.upload.video: one for one in published}
    placed: set[str] = set()
    for playlist in channel.playlists.playlists():
        order = [
            by_video[entry.video] for entry in channel.playlists.entries(playlist.playlist) if entry.video in by_video
        ]
        placed |= {one.upload.video for one in order}
        numbers = [(one.slug, one.number) for one in order]
        together = sorted(numbers, key=lambda one: ([slug for slug, _ in numbers].index(one[0]), one[1]))
        if numbers != together:
            yield message("The playlist “{title}” is not in order.", title=playlist.title)
    for one in published:
        if one.upload.video not in placed:
            yield message("{slug} {number:02d} is in no playlist.", slug=one.slug, number=one.number)


def _wrong(item: ReviewItem, said: Message) -> Message:
    return message("{slug} {number:02d}: {fault}.", slug=item.slug, number=item.number, fault=said)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
