"""Passages -> clips: every passage is spoken once; with the clips' lengths the episode's timing is settled."""

from __future__ import annotations

from dataclasses import replace

from media_service.domain.episode import Narrated, Planned, grow
from media_service.domain.product import Product
from media_service.domain.timeline import Clip, lay_out
from media_service.ports import Tools
from media_service.steps.at_once import at_once
from media_service.steps.say import clip

PASSAGES_A_PIECE = 24
"""About two minutes of speech: some seconds of work for a voice of this machine."""


def narrate(episode: Planned, tools: Tools) -> Narrated:
    """Speak every passage that has no clip yet, several at once, and lay the episode out in time."""
    tools.progress.begin("narrate", episode.name)
    clips = at_once(lambda passage: clip(passage, episode, tools), episode.passages, tools.at_once)
    timeline = lay_out(episode.passages, [made.facts for made in clips])
    return grow(episode, Narrated, clips=tuple(_told_once(made) for made in clips), timeline=timeline)


def _told_once(made: Product[Clip]) -> Product[Clip]:
    """Return a clip without its words: the timeline has them, and a long book has very many."""
    return replace(made, facts=replace(made.facts, words=()))


def pieces(episode: Planned) -> int:
    """Count the pieces that may be made ahead: groups of passages."""
    return -(-len(episode.passages) // PASSAGES_A_PIECE)


def make_piece(episode: Planned, number: int, tools: Tools) -> None:
    """Speak one group of passages, counted from 0."""
    tools.progress.begin("narrate", episode.name)
    for passage in episode.passages[number * PASSAGES_A_PIECE :][:PASSAGES_A_PIECE]:
        clip(passage, episode, tools)
