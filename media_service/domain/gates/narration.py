"""Standards of each single passage as it is spoken (N1-N6): one that is missing, garbled or another's voice is found.

What is said wrongly in the right time and at the right level is not: only a listener hears that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from statistics import median

from media_service.domain.expected_length import Expected, Measure, expected, measure
from media_service.domain.gates.evidence import Evidence
from media_service.domain.gates.standard import PROPOSAL, Measured, Standard, none_of
from media_service.domain.quality import Flaw
from media_service.domain.timeline import SAMPLE_RATE, Clip, Utterance, seconds

FAINT_LU = 12.0
"""So far below the middle of all passages one is hardly heard."""
OVERDRIVEN = SAMPLE_RATE // 1000
"""Samples at full scale: a thousandth of a second of them is heard as a crackle."""
SPARE_SILENCE = 0.4
"""Seconds by which the longest silence in a passage may exceed one and a half times the pause planned there."""


def _unheard(of: Evidence) -> Measured | None:
    if not of.levels:
        return None
    usual = median(of.levels)
    return none_of(
        _flaw(said, "hardly anything is heard of this", f"{level:.1f} LUFS")
        for said, level in zip(of.timeline.utterances, of.levels, strict=True)
        if level < usual - FAINT_LU
    )


def _lengths(what: str, is_so: Callable[[int, int], bool]) -> Callable[[Evidence], Measured | None]:
    def hold(of: Evidence) -> Measured | None:
        return (
            none_of(
                _flaw(said, what, f"{seconds(one.length):.1f} s ({seconds(wanted.length):.1f} s)")
                for said, one, wanted in _measured(of)
                if wanted.missed(one.length) and is_so(one.length, wanted.length)
            )
            if of.clips
            else None
        )

    return hold


def _overdriven(of: Evidence) -> Measured | None:
    heard = [(said, clip.sound) for said, clip in _pairs(of) if clip.sound]
    return (
        none_of(
            _flaw(said, "the sound is overdriven", f"{sound.clipped / SAMPLE_RATE * 1000:.1f} ms")
            for said, sound in heard
            if sound.clipped > OVERDRIVEN
        )
        if heard
        else None
    )


def _silent_inside(of: Evidence) -> Measured | None:
    heard = [(said, clip.sound, measure(said.passage, clip, of.pace)) for said, clip in _pairs(of) if clip.sound]
    return (
        none_of(
            _flaw(said, "a long silence inside", f"{seconds(sound.longest_silence):.1f} s")
            for said, sound, one in heard
            if seconds(sound.longest_silence) > 1.5 * seconds(one.longest_pause) + SPARE_SILENCE
        )
        if heard
        else None
    )


def _stand_in(of: Evidence) -> Measured | None:
    known = [(said, clip) for said, clip in _pairs(of) if clip.voice]
    return (
        none_of(
            _flaw(
                said, "another voice speaks in place of the one that was wanted", f"{clip.voice} ({clip.fallback_from})"
            )
            for said, clip in known
            if clip.fallback_from
        )
        if known
        else None
    )


def _measured(of: Evidence) -> Iterator[tuple[Utterance, Measure, Expected]]:
    measures = [measure(said.passage, clip, of.pace) for said, clip in _pairs(of)]
    return zip(of.timeline.utterances, measures, expected(measures), strict=True)


def _pairs(of: Evidence) -> Iterator[tuple[Utterance, Clip]]:
    return zip(of.timeline.utterances, of.clips, strict=True) if of.clips else iter(())


def _flaw(said: Utterance, what: str, value: str) -> Flaw:
    return Flaw(seconds(said.start), seconds(said.end), what, value, said.passage.text, said.passage.line)


NARRATION = (
    Standard("N1", "passages of which hardly anything is heard", PROPOSAL, _unheard),
    Standard(
        "N2",
        "passages too short for what they say",
        PROPOSAL,
        _lengths("too short: something may be left out", lambda length, wanted: length < wanted),
    ),
    Standard(
        "N3",
        "passages too long for what they say",
        PROPOSAL,
        _lengths("too long: something may be said twice or garbled", lambda length, wanted: length > wanted),
    ),
    Standard("N4", "overdriven passages", PROPOSAL, _overdriven),
    Standard("N5", "passages with a long silence inside", PROPOSAL, _silent_inside),
    Standard("N6", "passages that a stand-in speaks", PROPOSAL, _stand_in),
)
