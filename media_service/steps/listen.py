"""A passage that a person has recorded -> its clip: cut out of the recording where its text is said, and timed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from media_service.domain.episode import Planned
from media_service.domain.fingerprint import fingerprint
from media_service.domain.passages import Passage
from media_service.domain.product import Key, Product
from media_service.domain.tape import Cut, Cuts, Tape
from media_service.domain.timeline import Clip, as_written
from media_service.errors import Fault, InputError, SilentVoiceError
from media_service.messages import Message, message
from media_service.ports import Tools

VERSION = 1
"""Raise it when clips of recordings made before must be made again."""


def recorded(passage: Passage, episode: Planned, tools: Tools) -> Product[Clip]:
    """Return the clip of a passage that has a tape; raises InputError where the tape does not say its text."""
    tape = passage.tape
    if tape is None:
        raise InputError([Fault(episode.file, passage.line, _not_said(passage))])
    said, sound = passage.spoken(), _decoded(tape, tools)
    cut = _cuts(tape, sound, episode, tools)[_on(tape, episode).index(passage)]
    if not cut.end:
        raise InputError([Fault(episode.file, passage.line, _not_said(passage))])

    def make(path: Path) -> Clip:
        recording = tools.tapes.take(tools.shelf.reach(sound.key), cut, said.text, passage.voice)
        try:
            return tools.sound.clip(replace(recording, gain_db=passage.voice.gain), path)
        except SilentVoiceError as exc:
            raise InputError([Fault(episode.file, passage.line, exc.said)]) from exc

    engine = tools.tapes.version()
    inputs = (VERSION, said.text, tape.key.fingerprint, cut, passage.voice.gain, engine, tools.sound.version())
    clip = tools.shelf.obtain(Key("clip", fingerprint(*inputs), ".flac"), Clip, make)
    return replace(clip, facts=replace(as_written(clip.facts, said), voice=passage.voice.name, engine=engine))


def _decoded(tape: Product[Tape], tools: Tools) -> Product[int]:
    """Return the sound of a tape as this program keeps it."""
    key = Key("tape-sound", fingerprint(VERSION, tape.key.fingerprint), ".flac")
    return tools.shelf.obtain(
        key, int, lambda path: tools.tapes.decode(tools.shelf.reach(tape.key), tape.facts.name, path)
    )


def _cuts(tape: Product[Tape], sound: Product[int], episode: Planned, tools: Tools) -> tuple[Cut, ...]:
    """Return where a tape says each of its passages; what is known of it is not listened to again."""
    passages = _on(tape, episode)
    texts = [passage.spoken().text for passage in passages]
    inputs = (VERSION, tape.key.fingerprint, texts, tools.tapes.version())
    known = tools.shelf.learn(
        Key("cuts", fingerprint(*inputs), ""),
        Cuts,
        lambda: tools.tapes.cuts(tools.shelf.reach(sound.key), texts, passages[0].voice),
    )
    return known.cuts


def _on(tape: Product[Tape], episode: Planned) -> list[Passage]:
    return [passage for passage in episode.passages if passage.tape == tape]


def _not_said(passage: Passage) -> Message:
    name = passage.tape.facts.name if passage.tape else ""
    return message(
        "{tape} does not say “{text}”, or says it otherwise; record this passage again, or mend the text.",
        tape=name,
        text=passage.text[:60],
    )
