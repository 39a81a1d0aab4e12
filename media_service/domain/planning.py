"""Script -> planned episodes: each chapter of an audiobook is one episode, every other work is a single one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from media_service.domain.casting import Cast
from media_service.domain.episode import Planned
from media_service.domain.pace import PACES
from media_service.domain.passages import Passage
from media_service.domain.product import Key, Product
from media_service.domain.script import Picture, Script
from media_service.domain.splitting import passages
from media_service.domain.tape import ENGINE, Tape
from media_service.messages import Message, message


def episodes(script: Script, cast: Cast, pictures: Mapping[str, Product[Picture]]) -> tuple[Planned, ...]:
    """Plan every episode of a script, in the order of its chapters."""
    pace = PACES[script.facts.age]
    return tuple(
        Planned(
            facts=script.facts,
            cast=cast,
            number=number,
            count=len(script.chapters),
            title=chapter.title,
            passages=tuple(_taped(passages(script, chapter, cast, pace), number, script.tapes)),
            file=script.file,
            pictures=pictures,
        )
        for number, chapter in enumerate(script.chapters, 1)
    )


def tape_key(tape: Tape) -> Key:
    """Name a recording on the shelf, by its content."""
    return Key("tape", tape.sha256, "")


def _taped(said: Iterable[Passage], chapter: int, tapes: Iterable[Tape]) -> Iterator[Passage]:
    """Give each passage that a person says its recording: its own before the whole chapter's."""
    known = {(tape.chapter, tape.passage): Product(tape_key(tape), tape) for tape in tapes}
    number = 0
    for passage in said:
        if passage.voice.engine != ENGINE:
            yield passage
            continue
        number += 1
        yield replace(passage, tape=known.get((chapter, number)) or known.get((chapter, 0)))


def unrecorded(planned: Iterable[Planned]) -> Iterator[tuple[int, Message]]:
    """Yield what no recording is there for, with its line: a chapter as a whole, or the passages it lacks."""
    for episode in planned:
        said = [passage for passage in episode.passages if passage.voice.engine == ENGINE]
        missing = [(number, passage) for number, passage in enumerate(said, 1) if passage.tape is None]
        if missing and len(missing) == len(said):
            yield (
                missing[0][1].line,
                message(
                    "This chapter is not recorded yet; put it into recordings/{chapter:02}.wav.", chapter=episode.number
                ),
            )
            continue
        for number, passage in missing:
            wanted = message(
                "This passage is not recorded yet; put it into recordings/{chapter:02}/{number:03}.wav.",
                chapter=episode.number,
                number=number,
            )
            yield passage.line, wanted
