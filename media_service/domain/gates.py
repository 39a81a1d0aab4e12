"""The library's standards as gates over measured facts: sound (A), captions (C), picture file (V), publishing (P)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from media_service.domain.listing import Listing, faults
from media_service.domain.measured import FilmFacts, SoundFacts, Span
from media_service.domain.pace import LONGEST_PAUSE, Pace
from media_service.domain.passages import Role
from media_service.domain.quality import Gate, Report
from media_service.domain.subtitles import Caption, measures
from media_service.domain.timeline import (
    FRAME_RATE,
    SAMPLE_RATE,
    SAMPLES_PER_FRAME,
    Timeline,
    Utterance,
    samples,
    seconds,
)
from media_service.domain.workload import syllables

_RUNNING = {Role.SENTENCE, Role.VERSE}
"""What is read as running text; titles and credits stand apart and are not paced."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that an episode is judged by: what was planned, and what its finished files measure."""

    timeline: Timeline
    pace: Pace
    captions: tuple[Caption, ...]
    listing: Listing
    film: FilmFacts
    film_sound: SoundFacts
    mp3: SoundFacts


def report(evidence: Evidence) -> Report:
    """Hold an episode to every standard that can be measured on it."""
    return Report(
        (
            *_loudness(evidence.mp3, evidence.film_sound),
            *_silences(evidence),
            *_rate(evidence),
            *_captions(evidence),
            *_picture(evidence.film),
            *_plan(evidence),
            *_publishing(evidence),
        )
    )


def _within(id_: str, name: str, value: float, limits: tuple[float, float], unit: str) -> Gate:
    low, high = limits
    return Gate(id_, name, f"{value:.2f} {unit}", f"{low:g} – {high:g} {unit}", passed=low <= value <= high)


def _at_most(id_: str, name: str, value: float, limit: float, unit: str) -> Gate:
    return Gate(id_, name, f"{value:.2f} {unit}", f"≤ {limit:g} {unit}", passed=value <= limit)


def _is(id_: str, name: str, value: object, wanted: object) -> Gate:
    return Gate(id_, name, str(value), str(wanted), passed=value == wanted)


def _loudness(mp3: SoundFacts, film: SoundFacts) -> Iterator[Gate]:
    yield _within("A1", "loudness of the listener's copy", mp3.loudness_lufs, (-20, -18), "LUFS")
    yield _within("A2", "loudness of the film", film.loudness_lufs, (-15, -13), "LUFS")
    yield _at_most("A3", "true peak of the listener's copy", mp3.true_peak_dbtp, -3, "dBTP")
    yield _at_most("A3", "true peak of the film", film.true_peak_dbtp, -1, "dBTP")
    yield _within("A4", "RMS of the listener's copy", mp3.rms_db, (-23, -18), "dBFS")
    yield _at_most("A5", "noise in the pauses", mp3.pauses_rms_db, -60, "dBFS")
    yield _at_most("A5", "longest digital silence", mp3.longest_digital_zero_s, 0.2, "s")
    yield _at_most("A6", "loudness range", mp3.range_lu, 8, "LU")
    yield _is("A7", "format of the listener's copy", _format(mp3), "mp3 44100 Hz, 1 ch")
    yield _is("A7", "format of the film's sound", _format(film), "aac 48000 Hz, 2 ch")


def _format(sound: SoundFacts) -> str:
    return f"{sound.codec} {sound.sample_rate} Hz, {sound.channels} ch"


def _silences(evidence: Evidence) -> Iterator[Gate]:
    heard = evidence.film_sound.pauses
    length = seconds(evidence.timeline.length)
    head = heard[0].end_s if heard and heard[0].start_s < 0.1 else 0.0
    tail = length - heard[-1].start_s if heard and heard[-1].end_s > length - 0.1 else 0.0
    yield _within("A8", "room tone before the first word", head, (0.5, 1.0), "s")
    yield _within("A8", "room tone after the last word", tail, (1.0, 5.0), "s")
    planned = [
        pair for pair in pairwise(evidence.timeline.utterances) if pair[1].start - pair[0].end > SAMPLE_RATE // 4
    ]
    kept = [_kept(before, after, heard) for before, after in planned]
    share = sum(kept) / len(kept) if kept else 1.0
    yield Gate("A9", "planned pauses that are heard so, ±30 %", f"{share:.0%}", "≥ 95%", passed=share >= 0.95)
    inner = [span.end_s - span.start_s for span in heard if span.start_s > 0.1 and span.end_s < length - 0.1]
    longest = LONGEST_PAUSE.total_seconds()
    yield _at_most("A10", "longest inner silence", max(inner, default=0.0), longest + 0.1, "s")


def _kept(before: Utterance, after: Utterance, heard: Sequence[Span]) -> bool:
    """Tell whether the silence planned between two utterances is heard, within 30 % of its length."""
    start, end = seconds(before.end), seconds(after.start)
    return any(
        span.start_s < end and span.end_s > start and abs((span.end_s - span.start_s) / (end - start) - 1) <= 0.3
        for span in heard
    )


def _rate(evidence: Evidence) -> Iterator[Gate]:
    said = [one for one in evidence.timeline.utterances if one.passage.role in _RUNNING]
    if not said:
        return
    count = sum(syllables(one.passage.text) for one in said)
    speaking = seconds(sum(one.end - one.start for one in said))
    heard = sum(_overlap(span, one) for span in evidence.film_sound.pauses for one in said)
    inside = speaking + sum(seconds(gap) for gap in _inner_gaps(evidence))
    yield _within(
        "A11", "speaking rate inside paragraphs", count / inside, evidence.pace.syllables_per_s, "syllables/s"
    )
    limit = evidence.pace.articulation_limit
    yield _at_most("A12", "articulation rate", count / max(speaking - heard, 0.1), limit, "syllables/s")


def _inner_gaps(evidence: Evidence) -> Iterator[int]:
    """Yield the silences between sentences of one paragraph, in samples: those that are no longer than planned so."""
    longest = samples(evidence.pace.sentence)
    for before, after in pairwise(evidence.timeline.utterances):
        if {before.passage.role, after.passage.role} <= _RUNNING and after.start - before.end <= longest:
            yield after.start - before.end


def _overlap(span: Span, one: Utterance) -> float:
    return max(0.0, min(span.end_s, seconds(one.end)) - max(span.start_s, seconds(one.start)))


def _captions(evidence: Evidence) -> Iterator[Gate]:
    pace, found = evidence.pace, measures(evidence.captions, evidence.pace)
    yield _at_most("C1", "longest caption line", found.longest_line, pace.caption_line, "characters")
    yield _at_most("C2", "lines of a caption", found.most_lines, 2, "lines")
    yield _within("C3", "shortest caption", found.shortest_s, (0.83, 7), "s")
    yield _within("C3", "longest caption", found.longest_s, (0.83, 7), "s")
    if found.smallest_gap_frames is not None:
        gap = f"{found.smallest_gap_frames:.2f} frames"
        yield Gate("C4", "smallest gap between captions", gap, "≥ 2 frames", passed=found.smallest_gap_frames >= 2)
    share = found.share_within_cps
    yield Gate(
        "C5",
        "captions slow enough to read",
        f"{share:.0%}",
        f"≥ 90%, ≤ {pace.caption_cps} characters/s",
        passed=share >= 0.9,
    )
    yield _at_most("C5", "fastest caption", found.highest_cps, pace.caption_cps_limit, "characters/s")
    yield _at_most("C6", "caption away from its sound", _drift(evidence), 0.1, "s")


def _drift(evidence: Evidence) -> float:
    """Return the greatest distance between a caption that follows a pause and the end of that pause as heard."""
    ends = [span.end_s for span in evidence.film_sound.pauses]
    starts = {said.start for said in evidence.timeline.utterances}
    following = [seconds(cue.start) for cue in evidence.captions if _near(cue.start, starts)]
    return max((min(abs(end - start) for end in ends) for start in following if ends), default=0.0)


def _near(start: int, starts: set[int]) -> bool:
    return any(abs(start - other) < SAMPLES_PER_FRAME for other in starts)


def _picture(film: FilmFacts) -> Iterator[Gate]:
    shape = f"{film.width}x{film.height} {film.frame_rate:g} fps"
    yield _is("V1", "canvas", shape, "1920x1080 30 fps")
    coding = f"{film.video_codec} {film.profile} {film.pixel_format} {film.audio_codec} {film.audio_rate}"
    yield _is("V2", "coding", coding, "h264 High yuv420p aac 48000")
    yield _is("V2", "colour", " ".join(film.color), "bt709 bt709 bt709 tv")
    yield _at_most("V2", "frames between key frames", film.key_frame_interval, 15, "frames")
    yield _is("V2", "index", "first" if film.moov_first else "last", "first")
    yield _is("V2", "edit list", "yes" if film.edit_list else "no", "no")
    yield _at_most(
        "V3", "first picture and first sound after 0:00", max(film.video_start_s, film.audio_start_s), 0, "s"
    )
    apart = abs(film.video_duration_s - film.audio_duration_s)
    yield _at_most("V3", "picture and sound end apart", apart, round(1 / FRAME_RATE, 4), "s")


def _plan(evidence: Evidence) -> Iterator[Gate]:
    """Hold what is seen and heard to the plan: whole length, and slides that stand long enough to be looked at."""
    timeline = evidence.timeline
    away = abs(evidence.film_sound.duration_s - seconds(timeline.length))
    yield _at_most("V3", "film away from its planned length", away, round(1 / FRAME_RATE, 4), "s")
    changes = [*(standing.start for standing in timeline.slides), timeline.length]
    shortest = min((seconds(end - start) for start, end in pairwise(changes)), default=0.0)
    least = evidence.pace.shortest_shot.total_seconds()
    yield Gate("V10", "shortest shot", f"{shortest:.2f} s", f"≥ {least:g} s", passed=shortest >= least)


def _publishing(evidence: Evidence) -> Iterator[Gate]:
    wrong = faults(evidence.listing)
    yield Gate(
        "P6", "listing within the platform's limits", "; ".join(map(str, wrong)) or "yes", "yes", passed=not wrong
    )
