"""The standards as gates: an episode that keeps them all, and for every gate the one fact that breaks it alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import cache

import pytest

from media_service.domain.gates import Evidence, report
from media_service.domain.measured import FilmFacts, SoundFacts, Span
from media_service.domain.pace import PACES, Age
from media_service.domain.passages import Role
from media_service.domain.quality import Gate
from media_service.domain.subtitles import captions
from media_service.domain.timeline import SAMPLES_PER_FRAME, Standing, lay_out, samples, seconds
from tests import make

PACE = PACES[Age.CHILD]
SENTENCE = "Ngày xưa có hai anh em nhà."
"""Seven syllables with an eighth before them: spoken in 2.2 s, just inside the rates for children."""
LINE = "Bé ăn."


@cache
def good() -> Evidence:
    """A title, then ten sentences of eight syllables, as the finished files of a good run measure."""
    title = make.passage("Cây khế", role=Role.TITLE, pause=timedelta(seconds=3), slide=make.title_slide())
    first = make.passage(f"Rồi {SENTENCE.lower()}", slide=make.picture_slide())
    rest = [make.passage(f"Và {SENTENCE.lower()}") for _ in range(9)]
    said = [title, first, *rest]
    timeline = lay_out(said, [make.clip(one.text, 2.2 if one.role is Role.SENTENCE else 1.5) for one in said])
    ends = [0, *(one.end for one in timeline.utterances)]
    starts = [*(one.start for one in timeline.utterances), timeline.length]
    pauses = tuple(Span(seconds(end), seconds(start)) for end, start in zip(ends, starts, strict=True))
    length = seconds(timeline.length)
    return Evidence(
        timeline=timeline,
        pace=PACE,
        captions=captions(timeline, PACE),
        listing=make.listing(),
        film=FilmFacts(
            "h264", "High", "yuv420p", 1920, 1080, 30.0, ("bt709", "bt709", "bt709", "tv"), "aac", 48_000,
            0.0, 0.0, length, length, 15, moov_first=True, edit_list=False,
        ),
        film_sound=SoundFacts("aac", 48_000, 2, length, -14.0, -1.5, 4.0, -15.0, -66.0, 0.0, pauses),
        mp3=SoundFacts("mp3", 44_100, 1, length, -19.0, -3.5, 4.0, -20.0, -66.0, 0.0, pauses),
    )  # fmt: skip


Change = Callable[[Evidence], Evidence]


def mp3(**facts: object) -> Change:
    return lambda of: replace(of, mp3=replace(of.mp3, **facts))


def film_sound(**facts: object) -> Change:
    return lambda of: replace(of, film_sound=replace(of.film_sound, **facts))


def film(**facts: object) -> Change:
    return lambda of: replace(of, film=replace(of.film, **facts))


def heard(number: int, later_start: float = 0.0, later_end: float = 0.0) -> Change:
    """One pause begins or ends so many seconds later than it should."""

    def change(of: Evidence) -> Evidence:
        pauses = list(of.film_sound.pauses)
        span = pauses[number]
        pauses[number] = Span(span.start_s + later_start, span.end_s + later_end)
        return film_sound(pauses=tuple(pauses))(of)

    return change


def caption(*lines: str, number: int = -2, length_s: float | None = None, count: int = 1) -> Change:
    """`count` captions from `number` on say something else, or stand for another time."""

    def change(of: Evidence) -> Evidence:
        cues = list(of.captions)
        for place in range(number, number + count):
            cue = cues[place]
            end = cue.end if length_s is None else cue.start + samples(timedelta(seconds=length_s))
            cues[place] = replace(cue, lines=lines, end=end)
        return replace(of, captions=tuple(cues))

    return change


def one_frame_between_captions(of: Evidence) -> Evidence:
    *others, before, last = of.captions
    return replace(of, captions=(*others, replace(before, end=last.start - SAMPLES_PER_FRAME), last))


def fewer_syllables(of: Evidence) -> Evidence:
    slow = [
        replace(one, passage=replace(one.passage, text=SENTENCE)) if one.passage.role is Role.SENTENCE else one
        for one in of.timeline.utterances
    ]
    return replace(of, timeline=replace(of.timeline, utterances=tuple(slow)))


def a_second_of_silence_inside_a_sentence(of: Evidence) -> Evidence:
    start = seconds(of.timeline.utterances[1].start)
    *pauses, tail = of.film_sound.pauses
    return film_sound(pauses=(*pauses[:2], Span(start + 0.5, start + 1.6), *pauses[2:], tail))(of)


def a_slide_for_a_moment(of: Evidence) -> Evidence:
    moment = Standing(make.title_slide("Hết"), of.timeline.length - samples(timedelta(seconds=1.9)))
    return replace(of, timeline=replace(of.timeline, slides=(*of.timeline.slides, moment)))


BROKEN: list[tuple[str, str, Change]] = [
    ("A1", "the listener's copy is quiet", mp3(loudness_lufs=-20.1)),
    ("A2", "the film is loud", film_sound(loudness_lufs=-12.9)),
    ("A3", "the listener's copy has a peak", mp3(true_peak_dbtp=-2.9)),
    ("A3", "the film has a peak", film_sound(true_peak_dbtp=-0.9)),
    ("A4", "the listener's copy is dense", mp3(rms_db=-17.9)),
    ("A5", "the pauses hiss", mp3(pauses_rms_db=-59.0)),
    ("A5", "a pause is empty", mp3(longest_digital_zero_s=0.3)),
    ("A6", "the level wanders", mp3(range_lu=8.1)),
    ("A7", "the listener's copy is stereo", mp3(channels=2)),
    ("A7", "the film's sound is of another rate", film_sound(sample_rate=44_100)),
    ("A8", "the first word comes from nothing", heard(0, later_start=0.2)),
    ("A8", "the end is cut", heard(-1, later_end=-0.2)),
    ("A9", "one pause in ten is short", heard(3, later_start=0.3)),
    ("A10", "a pause begins before its time", heard(1, later_start=-0.75)),
    ("A11", "the sentences have a syllable less", fewer_syllables),
    ("A12", "a sentence is silent for a second", a_second_of_silence_inside_a_sentence),
    ("C1", "a line is long", caption("a" * 33)),
    ("C2", "a caption has three lines", caption(LINE, LINE, LINE)),
    ("C3", "a caption is gone at once", caption(LINE, length_s=0.8)),
    ("C3", "a caption stays", caption(LINE, number=-1, length_s=7.1)),
    ("C4", "a frame is free between captions", one_frame_between_captions),
    ("C5", "two captions are fast", caption("a" * 20, "b" * 20, number=-3, count=2)),
    ("C5", "a caption is too fast", caption("a" * 25, "b" * 25)),
    ("C6", "a voice comes late", heard(3, later_end=0.15)),
    ("V1", "the canvas is small", film(width=1280, height=720)),
    ("V2", "the pixels are of another kind", film(pixel_format="yuv444p")),
    ("V2", "the colours are not named", film(color=("unknown",) * 4)),
    ("V2", "key frames are rare", film(key_frame_interval=16)),
    ("V2", "the index is at the end", film(moov_first=False)),
    ("V2", "there is an edit list", film(edit_list=True)),
    ("V3", "the sound begins late", film(audio_start_s=0.02)),
    ("V3", "the picture ends early", lambda of: film(video_duration_s=of.film.video_duration_s - 0.1)(of)),
    ("V3", "the film is longer than planned", lambda of: film_sound(duration_s=of.film_sound.duration_s + 0.1)(of)),
    ("V10", "a slide stands for a moment", a_slide_for_a_moment),
    ("P6", "the title is empty", lambda of: replace(of, listing=make.listing(title=""))),
]
"""The id of the gate, what happened, and how that is done to a good episode."""


def failing(evidence: Evidence) -> list[Gate]:
    return [gate for gate in report(evidence).gates if not gate.passed]


def test_a_good_episode_keeps_every_standard() -> None:
    assert failing(good()) == []


@pytest.mark.parametrize(("id_", "change"), [pytest.param(row[0], row[2], id=f"{row[0]}: {row[1]}") for row in BROKEN])
def test_one_fact_breaks_one_gate_and_no_other(id_: str, change: Change) -> None:
    assert [gate.id for gate in failing(change(good()))] == [id_]


def test_every_gate_can_be_broken() -> None:
    broken = {(gate.id, gate.name) for *_, change in BROKEN for gate in failing(change(good()))}
    assert broken == {(gate.id, gate.name) for gate in report(good()).gates}


def test_a_gate_says_what_was_measured_and_what_is_wanted() -> None:
    (gate,) = failing(mp3(loudness_lufs=-20.1)(good()))
    assert (gate.value, gate.wanted) == ("-20.10 LUFS", "-20 – -18 LUFS")


def test_titles_alone_have_no_rate_to_keep() -> None:
    title = make.passage("Cây khế", role=Role.TITLE, slide=make.title_slide())
    only = replace(good(), timeline=lay_out([title], [make.clip(title.text)]))
    assert {"A11", "A12"}.isdisjoint(gate.id for gate in report(only).gates)


def test_captions_that_meet_have_no_gap_to_keep() -> None:
    first, second, *_ = good().captions
    meeting = replace(good(), captions=(replace(first, end=second.start), second))
    assert "C4" not in {gate.id for gate in report(meeting).gates}
