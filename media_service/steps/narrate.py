"""Passages -> clips: every passage is spoken once; with the clips' lengths the episode's timing is settled."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from media_service.domain.episode import Narrated, Planned, grow
from media_service.domain.fingerprint import fingerprint
from media_service.domain.passages import Passage
from media_service.domain.product import Key, Product
from media_service.domain.spoken import Spoken, spoken
from media_service.domain.timeline import Clip, lay_out
from media_service.errors import Fault, InputError, NothingToSayError, SilentVoiceError
from media_service.ports import Tools

VERSION = 1
"""Raise it when clips made before must be made again."""
PASSAGES_A_PIECE = 24
"""About two minutes of speech: some seconds of work for a voice of this machine."""


def narrate(episode: Planned, tools: Tools) -> Narrated:
    """Speak every passage that has no clip yet, and lay the episode out in time."""
    tools.progress.begin("narrate", episode.name)
    clips = tuple(_clip(passage, episode, tools) for passage in episode.passages)
    return grow(episode, Narrated, clips=clips, timeline=lay_out(episode.passages, [clip.facts for clip in clips]))


def pieces(episode: Planned) -> int:
    """Count the pieces that may be made ahead: groups of passages."""
    return -(-len(episode.passages) // PASSAGES_A_PIECE)


def make_piece(episode: Planned, number: int, tools: Tools) -> None:
    """Speak one group of passages, counted from 0."""
    tools.progress.begin("narrate", episode.name)
    for passage in episode.passages[number * PASSAGES_A_PIECE :][:PASSAGES_A_PIECE]:
        _clip(passage, episode, tools)


def _clip(passage: Passage, episode: Planned, tools: Tools) -> Product[Clip]:
    said, articulation = spoken(passage.text), episode.pace.articulation

    def make(path: Path) -> Clip:
        try:
            return tools.sound.clip(tools.speech.speak(said.text, passage.voice, articulation), path)
        except (NothingToSayError, SilentVoiceError) as exc:
            raise InputError([Fault(episode.file, passage.line, exc.said)]) from exc

    inputs = (
        VERSION,
        said.text,
        passage.voice.sound(),
        articulation,
        tools.speech.version(passage.voice),
        tools.sound.version(),
    )
    clip = tools.shelf.obtain(Key("clip", fingerprint(*inputs), ".flac"), Clip, make)
    return replace(clip, facts=_as_written(clip.facts, said))


def _as_written(clip: Clip, said: Spoken) -> Clip:
    """Move the words' places from the spoken text to the written one, which is what captions show."""
    words = []
    for word in clip.words:
        first, last = said.written(word.first, word.last)
        words.append(replace(word, first=first, last=last))
    return replace(clip, words=tuple(words))
