"""What a person may choose of a finished episode before it is approved."""

from __future__ import annotations

import dataclasses

from media_service.domain.episode import Inspected, Planned, Presented
from media_service.domain.product import Product
from media_service.errors import refused
from media_service.messages import message


def with_thumbnail(episode: Planned, choice: int, slug: str) -> Inspected:
    """Return a finished episode with another of its thumbnails, counted from 1, to be shown anew.

    Raises InputError where it has no such one.
    """
    there = episode.candidates if isinstance(episode, Presented) else ()
    if not isinstance(episode, Presented) or not 1 <= choice <= len(there):
        said = message(
            "{slug} {number} has {count} thumbnails to choose from, not a number {choice}; choose another.",
            slug=slug, number=episode.number, count=len(there), choice=choice,
        )  # fmt: skip
        raise refused(f"{slug}/{episode.number:02d}", said)
    kept = {field.name: getattr(episode, field.name) for field in dataclasses.fields(Inspected)}
    return Inspected(**{**kept, "thumbnail": Product(there[choice - 1].key, None)})
