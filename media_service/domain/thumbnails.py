"""The thumbnails that an episode offers: another picture, another wording and another layout each."""

from __future__ import annotations

from media_service.domain.episode import Planned
from media_service.domain.script import Focus, Picture
from media_service.domain.slide import LabelledSlide, PictureSlide, Thumbnail, TitleSlide

COUNT = 3
MOST_WORDS = 4
"""Syllables of a title that are read at a glance (standard V11); what is longer is not tried as another wording."""


def thumbnails(episode: Planned) -> tuple[Thumbnail, ...]:
    """Return what an episode's thumbnails show; the first is used unless a person chooses another."""
    badge = str(episode.number) if episode.count > 1 else ""
    wordings = _wordings(episode)
    seen = _pictures(episode)
    return tuple(
        Thumbnail(wordings[number % len(wordings)], badge, *_spread(seen, number), layout=number)
        for number in range(COUNT)
    )


def _wordings(episode: Planned) -> tuple[str, ...]:
    """Return the short title, and the others that are short enough."""
    short = episode.facts.short_title or episode.facts.title
    others = (episode.facts.title, episode.title)
    return tuple(dict.fromkeys([short, *(text for text in others if 0 < len(text.split()) <= MOST_WORDS)]))


def _pictures(episode: Planned) -> list[tuple[Picture, Focus | None]]:
    """Return each picture once: the one behind the title first, then those of the film in order."""
    shown: dict[str, tuple[Picture, Focus | None]] = {}
    for slide in (passage.slide for passage in episode.passages):
        if isinstance(slide, TitleSlide) and slide.background:
            shown.setdefault(slide.background.sha256, (slide.background, slide.focus))
        elif isinstance(slide, PictureSlide | LabelledSlide):
            shown.setdefault(slide.picture.sha256, (slide.picture, slide.focus))
    return list(shown.values())


def _spread(seen: list[tuple[Picture, Focus | None]], number: int) -> tuple[Picture | None, Focus | None]:
    """Return the picture for a candidate: the first, one from the middle, one from before the end."""
    if not seen:
        return None, None
    return seen[number * (len(seen) - 1) // COUNT]
