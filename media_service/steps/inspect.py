"""Finished files -> quality report: they are measured as they will be heard and seen, and held to the standards."""

from __future__ import annotations

from media_service.domain.episode import Bound, Inspected, grow
from media_service.domain.fingerprint import fingerprint
from media_service.domain.gates import Evidence, report
from media_service.domain.product import Key
from media_service.domain.quality import Report
from media_service.ports import Tools

VERSION = 1
"""Raise it when finished files must be measured again."""


def inspect(episode: Bound, tools: Tools) -> Inspected:
    """Measure an episode's finished files; a gate that does not hold is reported, it stops nothing."""
    tools.progress.begin("inspect", episode.name)
    inputs = (VERSION, episode.video.key, episode.mp3.key, episode.captions, episode.listing)

    def measure() -> Report:
        return report(
            Evidence(
                timeline=episode.timeline,
                pace=episode.pace,
                captions=episode.captions,
                listing=episode.listing,
                film=tools.inspector.film(episode.video.path),
                film_sound=tools.inspector.sound(episode.video.path),
                mp3=tools.inspector.sound(episode.mp3.path),
            )
        )

    quality = tools.shelf.learn(Key("quality", fingerprint(*inputs), ""), Report, measure)
    return grow(episode, Inspected, quality=quality)
