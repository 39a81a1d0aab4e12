"""Finished files -> quality report: they are measured as they will be heard and seen, and held to the standards."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import timedelta

from media_service.domain.casting import Voice
from media_service.domain.episode import Bound, Inspected, Narrated, grow
from media_service.domain.fingerprint import fingerprint
from media_service.domain.gates import Evidence, report
from media_service.domain.gates.evidence import OtherEvidence, SlideEvidence, standing_moments
from media_service.domain.measured import BookPartFacts, Coding, FilmFacts, FilmSeen, Levels, SoundFacts, Span
from media_service.domain.passages import Passage
from media_service.domain.product import Key
from media_service.domain.quality import VoiceHeard
from media_service.domain.reels import main_reel, reels, unmade
from media_service.domain.slide import SlideFacts
from media_service.domain.timeline import Clip, samples, seconds
from media_service.ports import Tools
from media_service.steps.bind import book_part
from media_service.steps.music import bed
from media_service.steps.outline import strip, waveform
from media_service.steps.shoot import Studio, draw, first_shown

VERSION = 1
"""Raise it when finished files must be measured again."""
WORTH_SHARING = samples(timedelta(minutes=8))
"""A shorter episode is measured in some seconds."""


def inspect(episode: Bound, tools: Tools) -> Inspected:
    """Measure an episode's finished files; a gate that does not hold is reported, it stops nothing."""
    tools.progress.begin("inspect", episode.name)
    outlines(episode, tools)
    measured = report(evidence(episode, tools))
    return grow(episode, Inspected, quality=replace(measured, voices=voices_heard(episode, tools.voices)))


def voices_heard(episode: Narrated, known: Iterable[Voice]) -> tuple[VoiceHeard, ...]:
    """Return who speaks in an episode, whoever speaks most first; `known` are all voices that may have."""
    heard = [(passage, clip.facts) for passage, clip in zip(episode.passages, episode.clips, strict=True)]
    spoken = Counter((_name(passage, clip), clip.engine, bool(clip.fallback_from)) for passage, clip in heard)
    drafts = {voice.name for voice in (*known, *episode.cast.voices()) if voice.draft}
    return tuple(
        VoiceHeard(name, engine, count, name in drafts, stand_in)
        for (name, engine, stand_in), count in spoken.most_common()
    )


def _name(passage: Passage, clip: Clip) -> str:
    return clip.voice or passage.voice.name


def evidence(episode: Bound, tools: Tools) -> Evidence:
    """Return all that an episode is judged by; what was measured before is not measured again."""
    return Evidence(
        timeline=episode.timeline,
        pace=episode.pace,
        captions=episode.captions,
        listing=episode.listing,
        film=_film(episode.video.key, tools),
        film_sound=_sound(episode.video.key, tools),
        mp3=_sound(episode.mp3.key, tools),
        clips=tuple(clip.facts for clip in episode.clips),
        levels=_levels(episode, tools),
        master=_coding(episode.master.key, tools),
        mp3_coding=_coding(episode.mp3.key, tools),
        book_part=_book_part(episode, tools),
        seen=_seen(episode.video.key, tools, standing_moments(episode.timeline)),
        thumbnail=tools.inspector.picture(tools.shelf.reach(episode.thumbnail.key)),
        shots=main_reel(episode.facts, episode.number, episode.timeline).shots,
        others=tuple(_others(episode, tools)),
        unmade=unmade(episode.facts, reels(episode.facts, episode.number, episode.timeline)),
        slides=tuple(_slides(episode, tools)),
        thumbnails=tuple(candidate.facts for candidate in episode.candidates),
        bed=music.facts if (music := bed(episode, tools)) else None,
    )


def _measure_film(episode: Bound, tools: Tools) -> None:
    _film(episode.video.key, tools)
    _sound(episode.video.key, tools)


def _measure_copy(episode: Bound, tools: Tools) -> None:
    _sound(episode.mp3.key, tools)
    _book_part(episode, tools)
    outlines(episode, tools)


def _watch(episode: Bound, tools: Tools) -> None:
    _seen(episode.video.key, tools, standing_moments(episode.timeline))
    _levels(episode, tools)


def _measure_others(episode: Bound, tools: Tools) -> None:
    tuple(_others(episode, tools))


PIECES: tuple[Callable[[Bound, Tools], None], ...] = (_measure_film, _measure_copy, _watch, _measure_others)
"""The measurements that may be taken ahead, in parts that take about equally long."""


def pieces(episode: Bound) -> int:
    """Count the pieces that may be made ahead: each is a measurement or two, where those take long."""
    return len(PIECES) if episode.timeline.length > WORTH_SHARING else 0


def make_piece(episode: Bound, number: int, tools: Tools) -> None:
    """Take the measurements of one piece, counted from 0."""
    tools.progress.begin("inspect", episode.name)
    PIECES[number](episode, tools)


def outlines(episode: Bound, tools: Tools) -> None:
    """Make what those who review see beside the film."""
    waveform(episode, tools.inspector, tools.shelf)
    strip(episode, tools.inspector, tools.shelf)


def _others(episode: Bound, tools: Tools) -> Iterator[OtherEvidence]:
    """Yield what is known of the films beside the main one; one whose plan has changed since is left out."""
    planned = {reel.edition: reel for reel in reels(episode.facts, episode.number, episode.timeline)}
    for other in episode.others:
        if other.edition in planned:
            file = other.video.key
            yield OtherEvidence(planned[other.edition], _film(file, tools), _seen(file, tools), _sound(file, tools))


def _slides(episode: Bound, tools: Tools) -> Iterator[SlideEvidence]:
    """Yield what was drawn for each film; on the shelf since then, so that nothing is drawn for it."""
    for reel in reels(episode.facts, episode.number, episode.timeline):
        studio = Studio(episode, reel.canvas, tools)
        for one, at_s in first_shown(reel.shots).items():
            facts = draw(one, studio).facts
            if isinstance(facts, SlideFacts):
                yield SlideEvidence(reel.edition, at_s, facts)
            elif facts.text:
                yield SlideEvidence(reel.edition, at_s, SlideFacts(*reel.canvas.size, (facts.text,)))


def _film(file: Key, tools: Tools) -> FilmFacts:
    key = Key("film-facts", fingerprint(VERSION, file), "")
    return tools.shelf.learn(key, FilmFacts, lambda: tools.inspector.film(tools.shelf.reach(file)))


def _sound(file: Key, tools: Tools) -> SoundFacts:
    key = Key("sound-facts", fingerprint(VERSION, file), "")
    return tools.shelf.learn(key, SoundFacts, lambda: tools.inspector.sound(tools.shelf.reach(file)))


def _book_part(episode: Bound, tools: Tools) -> BookPartFacts:
    part = book_part(episode.master.key, tools)
    key = Key("book-part-facts", fingerprint(VERSION, part), "")
    return tools.shelf.learn(key, BookPartFacts, lambda: tools.inspector.book_part(tools.shelf.reach(part)))


def _seen(file: Key, tools: Tools, moments: tuple[float, ...] = ()) -> FilmSeen:
    key = Key("film-seen", fingerprint(VERSION, file, moments), "")
    return tools.shelf.learn(key, FilmSeen, lambda: tools.inspector.seen(tools.shelf.reach(file), moments))


def _levels(episode: Bound, tools: Tools) -> tuple[float, ...]:
    file = episode.mp3.key
    spans = [Span(seconds(said.start), seconds(said.end)) for said in episode.timeline.utterances]
    key = Key("levels", fingerprint(VERSION, file, spans), "")
    return tools.shelf.learn(key, Levels, lambda: Levels(tools.inspector.levels(tools.shelf.reach(file), spans))).lufs


def _coding(file: Key, tools: Tools) -> Coding:
    key = Key("coding", fingerprint(VERSION, file), "")
    return tools.shelf.learn(key, Coding, lambda: tools.inspector.coding(tools.shelf.reach(file)))
