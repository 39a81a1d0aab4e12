"""Finished files -> quality report: they are measured as they will be heard and seen, and held to the standards."""

from __future__ import annotations

from datetime import timedelta

from media_service.domain.episode import Bound, Inspected, grow
from media_service.domain.fingerprint import fingerprint
from media_service.domain.gates import Evidence, report
from media_service.domain.measured import FilmFacts, SoundFacts
from media_service.domain.product import Key
from media_service.domain.timeline import samples
from media_service.ports import Tools

VERSION = 1
"""Raise it when finished files must be measured again."""
WORTH_SHARING = samples(timedelta(minutes=8))
"""A shorter episode is measured in some seconds."""


def inspect(episode: Bound, tools: Tools) -> Inspected:
    """Measure an episode's finished files; a gate that does not hold is reported, it stops nothing."""
    tools.progress.begin("inspect", episode.name)
    evidence = Evidence(
        timeline=episode.timeline,
        pace=episode.pace,
        captions=episode.captions,
        listing=episode.listing,
        film=_film(episode, tools),
        film_sound=_sound(episode.video.key, tools),
        mp3=_sound(episode.mp3.key, tools),
    )
    return grow(episode, Inspected, quality=report(evidence))


def pieces(episode: Bound) -> int:
    """Count the pieces that may be made ahead: each is one measurement, where those take long."""
    return 2 if episode.timeline.length > WORTH_SHARING else 0


def make_piece(episode: Bound, number: int, tools: Tools) -> None:
    """Take one measurement, counted from 0."""
    tools.progress.begin("inspect", episode.name)
    if number == 0:
        _film(episode, tools)
        _sound(episode.video.key, tools)
    else:
        _sound(episode.mp3.key, tools)


def _film(episode: Bound, tools: Tools) -> FilmFacts:
    file = episode.video.key
    key = Key("film-facts", fingerprint(VERSION, file), "")
    return tools.shelf.learn(key, FilmFacts, lambda: tools.inspector.film(tools.shelf.reach(file)))


def _sound(file: Key, tools: Tools) -> SoundFacts:
    key = Key("sound-facts", fingerprint(VERSION, file), "")
    return tools.shelf.learn(key, SoundFacts, lambda: tools.inspector.sound(tools.shelf.reach(file)))
