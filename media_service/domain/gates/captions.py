"""Standards of the captions: lines, times, reading speed, step with the sound (C1-C7); and what only eyes get (C9)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from media_service.domain.gates.evidence import Evidence
from media_service.domain.gates.standard import PROPOSAL, RULE, Measured, Standard, at_most, none_of, within
from media_service.domain.measured import Span
from media_service.domain.quality import Flaw
from media_service.domain.slide import shown_words
from media_service.domain.subtitles import Caption, CaptionMeasures, measures
from media_service.domain.timeline import SAMPLES_PER_FRAME, seconds

_PARTS = re.compile(r"[^\w\s'’-]+")
LINGERING_S = 0.6
"""Half a second after the sound, and two frames, and what a voice's last breath takes."""
SHORTEST_S = 0.84
"""A caption that stands no longer than it must may outlast a short cry by more."""


def _found(of: Evidence) -> CaptionMeasures:
    return measures(of.captions, of.pace)


def _line(of: Evidence) -> Measured:
    limit = of.pace.caption_line
    long = _flaws(of, "a line is too long", lambda cue: max(map(len, cue.lines)), limit)
    return at_most(_found(of).longest_line, limit, "characters", long)


def _lines(of: Evidence) -> Measured:
    return at_most(
        _found(of).most_lines, 2, "lines", _flaws(of, "too many lines at once", lambda cue: len(cue.lines), 2)
    )


def _gap(of: Evidence) -> Measured | None:
    gap = _found(of).smallest_gap_frames
    return None if gap is None else Measured(f"{gap:.2f} frames", "≥ 2 frames", passed=gap >= 2)


def _readable(of: Evidence) -> Measured:
    share = _found(of).share_within_cps
    passed = share >= 0.9
    fast = () if passed else _flaws(of, "the caption is fast", _speed, of.pace.caption_cps)
    return Measured(f"{share:.0%}", f"≥ 90%, ≤ {of.pace.caption_cps} characters/s", passed=passed, flaws=tuple(fast))


def _fastest(of: Evidence) -> Measured:
    limit = of.pace.caption_cps_limit
    fast = _flaws(of, "the caption is too fast to be read", _speed, limit)
    return at_most(_found(of).highest_cps, limit, "characters/s", fast)


def _speed(cue: Caption) -> float:
    return len(" ".join(cue.lines)) / seconds(cue.end - cue.start)


def _flaws(of: Evidence, what: str, measure: Callable[[Caption], float], limit: float) -> Iterable[Flaw]:
    for cue in of.captions:
        if measure(cue) > limit:
            yield Flaw(seconds(cue.start), seconds(cue.end), what, f"{measure(cue):.4g}", " ".join(cue.lines))


def _drift(of: Evidence) -> Measured:
    """Hold captions that follow a pause to the end of that pause as it is heard."""
    ends = [span.end_s for span in of.pauses]
    starts = {said.start for said in of.timeline.utterances}
    following = [cue for cue in of.captions if _near(cue.start, starts)] if ends else []
    away = [(min(abs(end - seconds(cue.start)) for end in ends), cue) for cue in following]
    flaws = (
        Flaw(seconds(cue.start), seconds(cue.end), "the caption is away from its sound", f"{by:.2f} s", cue.lines[0])
        for by, cue in away
        if by > 0.1
    )
    return at_most(max((by for by, _ in away), default=0.0), 0.1, "s", flaws)


def _lingering(of: Evidence) -> Measured:
    """Hold captions that end in a pause to the end of their sound as it is heard."""
    pauses = [(span, cue) for cue in of.captions for span in of.pauses if _ends_in(cue, span)]
    away = [(seconds(cue.end) - span.start_s, cue) for span, cue in pauses if _shown_s(cue) > SHORTEST_S]
    flaws = (
        Flaw(seconds(cue.start), seconds(cue.end), "the caption stays after its sound", f"{by:.2f} s", cue.lines[0])
        for by, cue in away
        if by > LINGERING_S
    )
    return at_most(max((by for by, _ in away), default=0.0), LINGERING_S, "s", flaws)


def _ends_in(cue: Caption, span: Span) -> bool:
    return span.start_s < seconds(cue.end) <= span.end_s


def _shown_s(cue: Caption) -> float:
    return seconds(cue.end - cue.start)


def _faithful(of: Evidence) -> Measured:
    """Hold the captions, line ends and dashes of speakers apart, to what the author wrote: whole and in order."""
    written = [(word, said) for said in of.timeline.utterances for word in said.passage.text.split()]
    shown = [word for cue in of.captions for word in _words(cue)]
    kept = sum(word == other for (word, _), other in zip(written, shown, strict=False))
    share = kept / max(1, len(written), len(shown))
    first = next((said for (word, said), other in zip(written, shown, strict=False) if word != other), None)
    flaws = [
        Flaw(seconds(said.start), seconds(said.end), "captions part from the text here", "", said.passage.text)
        for said in [first]
        if said
    ]
    return Measured(f"{share:.2%}", "100%", passed=[word for word, _ in written] == shown, flaws=tuple(flaws))


def _unsaid(of: Evidence) -> Measured:
    """Hold the words of titles, cards and labels to be said as well: who hears a film misses none.

    Of a title card either line will do: beside a title that is said, a chapter may stand for itself, or a kind of work.
    """
    said = _plain(one.passage.text for one in of.timeline.utterances)
    return none_of(
        Flaw(seconds(standing.start), seconds(standing.start), "what stands here is not said", "", words[0])
        for standing in of.timeline.slides
        if (words := shown_words(standing.slide)) and not any(_is_said(one, said) for one in words)
    )


def _is_said(words: str, said: str) -> bool:
    """Tell whether each part of some words is said somewhere: a place and its town may come apart."""
    return all(_plain([part]) in said for part in _PARTS.split(words) if _plain([part]).strip())


def _plain(texts: Iterable[str]) -> str:
    """Return words alone, however they are written, each between two spaces."""
    letters = (sign if sign.isalnum() else " " for sign in " ".join(texts).casefold())
    return f" {' '.join(''.join(letters).split())} "


def _words(cue: Caption) -> Iterator[str]:
    for line in cue.lines:
        yield from line.removeprefix("- ").split()


def _near(start: int, starts: set[int]) -> bool:
    return any(abs(start - other) < SAMPLES_PER_FRAME for other in starts)


CAPTIONS = (
    Standard("C1", "longest caption line", RULE, _line),
    Standard("C2", "lines of a caption", RULE, _lines),
    Standard("C3", "shortest caption", RULE, lambda of: within(_found(of).shortest_s, (0.83, 7), "s")),
    Standard("C3", "longest caption", RULE, lambda of: within(_found(of).longest_s, (0.83, 7), "s")),
    Standard("C4", "smallest gap between captions", RULE, _gap),
    Standard("C5", "captions slow enough to read", PROPOSAL, _readable),
    Standard("C5", "fastest caption", RULE, _fastest),
    Standard("C6", "caption away from its sound", RULE, _drift),
    Standard("C6", "caption stays after its sound", RULE, _lingering),
    Standard("C7", "captions say what the author wrote", RULE, _faithful),
    Standard("C9", "words on slides that are not said", RULE, _unsaid),
)
