"""Standards of time in the sound: room tone at its ends, pauses as planned, the rate of speech (A8-A12)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from media_service.domain.gates.evidence import Evidence
from media_service.domain.gates.standard import PROPOSAL, RULE, Measured, Standard, at_most, within
from media_service.domain.measured import Span
from media_service.domain.pace import LONGEST_PAUSE
from media_service.domain.passages import Role
from media_service.domain.quality import Flaw
from media_service.domain.timeline import SAMPLE_RATE, Utterance, samples, seconds
from media_service.domain.workload import syllables

_RUNNING = {Role.SENTENCE, Role.VERSE}
"""What is read as running text; titles and credits stand apart and are not paced."""
TITLE_PAUSE = (1.4, 2.6)
"""Seconds after a title before the text begins: 1.5-2.5, and a tenth for where a voice dies away."""


def _head(of: Evidence) -> Measured:
    heard = of.pauses
    head = heard[0].end_s if heard and heard[0].start_s < 0.1 else 0.0
    return within(head, (0.5, 1.0), "s")


def _tail(of: Evidence) -> Measured:
    heard, length = of.pauses, seconds(of.timeline.length)
    tail = length - heard[-1].start_s if heard and heard[-1].end_s > length - 0.1 else 0.0
    return within(tail, (1.0, 5.0), "s")


def _planned(of: Evidence) -> Measured:
    gaps = [pair for pair in pairwise(of.timeline.utterances) if pair[1].start - pair[0].end > SAMPLE_RATE // 4]
    lost = [pair for pair in gaps if not _kept(*pair, of.pauses)]
    share = 1 - len(lost) / len(gaps) if gaps else 1.0
    passed = share >= 0.95
    flaws = [
        Flaw(seconds(before.end), seconds(after.start), "the pause is not heard as planned", text=after.passage.text)
        for before, after in lost
    ]
    return Measured(f"{share:.0%}", "≥ 95%", passed=passed, flaws=() if passed else tuple(flaws))


def _kept(before: Utterance, after: Utterance, heard: Sequence[Span]) -> bool:
    """Tell whether the silence planned between two utterances is heard, within 30 % of its length."""
    start, end = seconds(before.end), seconds(after.start)
    return any(
        span.start_s < end and span.end_s > start and abs((span.end_s - span.start_s) / (end - start) - 1) <= 0.3
        for span in heard
    )


def _after_titles(of: Evidence) -> Measured | None:
    """Hold the silence after a title, as it is heard, to what narrators leave there."""
    titles = [pair for pair in pairwise(of.timeline.utterances) if _is_title_end(*pair)]
    heard = [(_heard(*pair, of.pauses), pair) for pair in titles]
    if not heard:
        return None
    flaws = (
        Flaw(
            seconds(before.end),
            seconds(after.start),
            "the pause after the title",
            f"{length:.2f} s",
            before.passage.text,
        )
        for length, (before, after) in heard
        if not TITLE_PAUSE[0] <= length <= TITLE_PAUSE[1]
    )
    worst = max((length for length, _ in heard), key=lambda length: abs(length - sum(TITLE_PAUSE) / 2))
    return replace(within(worst, TITLE_PAUSE, "s"), flaws=tuple(flaws))


def _is_title_end(before: Utterance, after: Utterance) -> bool:
    return before.passage.role is Role.TITLE and after.passage.role in _RUNNING


def _heard(before: Utterance, after: Utterance, heard: Sequence[Span]) -> float:
    """Return how long the silence between two utterances is as heard."""
    start, end = seconds(before.end), seconds(after.start)
    return max((one.end_s - one.start_s for one in heard if one.start_s < end and one.end_s > start), default=0.0)


def _longest_silence(of: Evidence) -> Measured:
    length, limit = seconds(of.timeline.length), LONGEST_PAUSE.total_seconds() + 0.1
    inner = [span for span in of.pauses if span.start_s > 0.1 and span.end_s < length - 0.1]
    longest = max((span.end_s - span.start_s for span in inner), default=0.0)
    long = (span for span in inner if span.end_s - span.start_s > limit)
    flaws = (Flaw(one.start_s, one.end_s, "nothing is heard", f"{one.end_s - one.start_s:.2f} s") for one in long)
    return at_most(longest, limit, "s", flaws)


def _rate(of: Evidence) -> Measured | None:
    said = _paced(of)
    inside = seconds(sum(one.end - one.start for one in said) + sum(_inner_gaps(of)))
    return within(_syllables(said) / inside, of.pace.syllables_per_s, "syllables/s") if said else None


def _articulation(of: Evidence) -> Measured | None:
    said = _paced(of)
    if not said:
        return None
    silent = sum(_overlap(span, one) for span in of.pauses for one in said)
    speaking = seconds(sum(one.end - one.start for one in said)) - silent
    return at_most(_syllables(said) / max(speaking, 0.1), of.pace.articulation_limit, "syllables/s")


def _paced(of: Evidence) -> Sequence[Utterance]:
    return [one for one in of.timeline.utterances if one.passage.role in _RUNNING]


def _syllables(said: Sequence[Utterance]) -> int:
    return sum(syllables(one.passage.spoken().text) for one in said)


def _inner_gaps(of: Evidence) -> Iterator[int]:
    """Yield the silences between sentences of one paragraph, in samples: those that are no longer than planned so."""
    longest = samples(of.pace.sentence)
    for before, after in pairwise(of.timeline.utterances):
        if {before.passage.role, after.passage.role} <= _RUNNING and after.start - before.end <= longest:
            yield after.start - before.end


def _overlap(span: Span, one: Utterance) -> float:
    return max(0.0, min(span.end_s, seconds(one.end)) - max(span.start_s, seconds(one.start)))


PAUSES = (
    Standard("A8", "room tone before the first word", RULE, _head),
    Standard("A8", "room tone after the last word", RULE, _tail),
    Standard("A9", "planned pauses that are heard so, ±30 %", PROPOSAL, _planned),
    Standard("A10", "pause after a title", RULE, _after_titles),
    Standard("A10", "longest inner silence", RULE, _longest_silence),
    Standard("A11", "speaking rate inside paragraphs", PROPOSAL, _rate),
    Standard("A12", "articulation rate", PROPOSAL, _articulation),
)
