"""Standards of the film's file and of what is seen in it (V1-V3, V8, V10-V12)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from media_service.domain.gates.evidence import Evidence
from media_service.domain.gates.standard import PROPOSAL, RULE, Measured, Standard, at_least, at_most, none_of, same
from media_service.domain.measured import FilmFacts, Look, Span
from media_service.domain.quality import Flaw
from media_service.domain.timeline import FRAME_RATE, seconds

SEEN = 4
"""Of 255: what a field of the frame must change by at least for another picture to be seen."""
_FRAME_S = round(1 / FRAME_RATE, 4)


def _shape(film: FilmFacts) -> str:
    return f"{film.width}x{film.height} {film.frame_rate:g} fps"


def _coding(film: FilmFacts) -> str:
    return f"{film.video_codec} {film.profile} {film.pixel_format} {film.audio_codec} {film.audio_rate}"


def _starts(of: Evidence) -> Measured:
    return at_most(max(of.film.video_start_s, of.film.audio_start_s), 0, "s")


def _ends(of: Evidence) -> Measured:
    return at_most(abs(of.film.video_duration_s - of.film.audio_duration_s), _FRAME_S, "s")


def _length(of: Evidence) -> Measured:
    return at_most(abs(of.film_sound.duration_s - seconds(of.timeline.length)), _FRAME_S, "s")


def _shots(of: Evidence) -> Measured:
    """Hold slides to stand long enough to be looked at."""
    changes = [*(seconds(standing.start) for standing in of.timeline.slides), seconds(of.timeline.length)]
    least = of.pace.shortest_shot.total_seconds()
    stands = list(pairwise(changes))
    brief = (
        Flaw(start, end, "the picture stands too briefly", f"{end - start:.2f} s")
        for start, end in stands
        if end - start < least
    )
    return at_least(min((end - start for start, end in stands), default=0.0), least, "s", brief)


def _flashes(of: Evidence) -> Measured | None:
    if of.seen is None:
        return None
    return at_most(of.seen.flashes, 1, "/s", _spans(of.seen.flashing, "the picture flashes"))


def _red(of: Evidence) -> Measured | None:
    return None if of.seen is None else at_most(of.seen.red_flashes, 1, "/s")


def _black(of: Evidence) -> Measured | None:
    return None if of.seen is None else none_of(_spans(of.seen.black, "the picture is black"))


def _blank(of: Evidence) -> Measured | None:
    """Hold that something is shown: frames of one colour, other than black ones, which are told apart."""
    if of.seen is None:
        return None
    black = {span.start_s for span in of.seen.black}
    return none_of(_spans((span for span in of.seen.blank if span.start_s not in black), "nothing is shown"))


def _changes(of: Evidence) -> Measured | None:
    """Hold that a new slide is seen where one is planned."""
    if of.seen is None or len(of.seen.looks) != len(of.timeline.slides):
        return None
    shown = zip(of.timeline.slides, of.seen.looks, strict=True)
    return none_of(
        Flaw(seconds(after[0].start), seconds(after[0].start), "the picture does not change as planned")
        for before, after in pairwise(shown)
        if before[0].slide != after[0].slide and not _differ(before[1], after[1])
    )


def _differ(before: Look, after: Look) -> bool:
    return any(abs(one - other) >= SEEN for one, other in zip(before, after, strict=False))


def _spans(spans: Iterable[Span], what: str) -> Iterator[Flaw]:
    return (Flaw(span.start_s, span.end_s, what) for span in spans)


def _thumbnail(of: Evidence) -> Measured | None:
    found = of.thumbnail
    if found is None:
        return None
    passed = (found.format, found.width * 9) == ("JPEG", found.height * 16) and found.width >= 1280
    value = f"{found.format} {found.width}x{found.height} {found.size / 1e6:.2f} MB"
    return Measured(value, "JPEG ≥ 1280x720 ≤ 2 MB", passed=passed and found.size <= 2_000_000)


PICTURE = (
    Standard("V1", "canvas", RULE, lambda of: same(_shape(of.film), "1920x1080 30 fps")),
    Standard("V2", "coding", RULE, lambda of: same(_coding(of.film), "h264 High yuv420p aac 48000")),
    Standard("V2", "colour", RULE, lambda of: same(" ".join(of.film.color), "bt709 bt709 bt709 tv")),
    Standard("V2", "frames between key frames", RULE, lambda of: at_most(of.film.key_frame_interval, 15, "frames")),
    Standard("V2", "index", RULE, lambda of: same("first" if of.film.moov_first else "last", "first")),
    Standard("V2", "edit list", RULE, lambda of: same("yes" if of.film.edit_list else "no", "no")),
    Standard("V3", "first picture and first sound after 0:00", RULE, _starts),
    Standard("V3", "picture and sound end apart", RULE, _ends),
    Standard("V3", "film away from its planned length", RULE, _length),
    Standard("V8", "flashes in any second", RULE, _flashes),
    Standard("V8", "red flashes in any second", RULE, _red),
    Standard("V10", "shortest shot", PROPOSAL, _shots),
    Standard("V11", "thumbnail's file", RULE, _thumbnail),
    Standard("V12", "black pictures", PROPOSAL, _black),
    Standard("V12", "empty pictures", PROPOSAL, _blank),
    Standard("V12", "pictures that do not come", PROPOSAL, _changes),
)
