"""The standards as gates: an episode that keeps them all, and for every gate the one fact that breaks it alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import cache

import pytest

from media_service.domain.edition import Edition
from media_service.domain.gates import Evidence, report
from media_service.domain.gates.evidence import SlideEvidence
from media_service.domain.measured import BookPartFacts, Coding, FilmFacts, FilmSeen, PictureFile, SoundFacts, Span
from media_service.domain.pace import PACES, Age
from media_service.domain.passages import Passage, Role
from media_service.domain.quality import Gate
from media_service.domain.slide import SlideFacts, TextSeen, TextSlide
from media_service.domain.subtitles import captions
from media_service.domain.timeline import SAMPLES_PER_FRAME, Clip, ClipSound, Standing, lay_out, samples, seconds
from tests import make

PACE = PACES[Age.CHILD]
SENTENCE = "Ngày xưa có hai anh em nhà."
"""Seven syllables with an eighth before them: spoken in 2.2 s, just inside the rates for children."""
LINE = "Bé ăn."
Change = Callable[[Evidence], Evidence]


@cache
def good() -> Evidence:
    """A title, then ten sentences of eight syllables in two voices, as the finished files of a good run measure."""
    title = make.passage("Cây khế", role=Role.TITLE, pause=timedelta(seconds=2), slide=make.title_slide())
    first = make.passage(f"Rồi {SENTENCE.lower()}", slide=make.picture_slide(), pause=timedelta(seconds=3))
    rest = [make.passage(f"Và {SENTENCE.lower()}", voice=make.voice(name)) for name in ("lan", "lan", "cúc") * 3]
    said = [title, first, *rest]
    clips = tuple(spoken(one) for one in said)
    timeline = lay_out(said, clips)
    ends = [0, *(one.end for one in timeline.utterances)]
    starts = [*(one.start for one in timeline.utterances), timeline.length]
    pauses = tuple(Span(seconds(end), seconds(start)) for end, start in zip(ends, starts, strict=True))
    length = seconds(timeline.length)
    return Evidence(
        timeline=timeline,
        pace=PACE,
        captions=captions(timeline, PACE),
        listing=make.listing(description="Một câu chuyện.\n\n0:00 Đầu\n0:10 Giữa\n0:20 Cuối"),
        film=FilmFacts(
            "h264", "High", "yuv420p", 1920, 1080, 30.0, ("bt709", "bt709", "bt709", "tv"), "aac", 48_000,
            0.0, 0.0, length, length, 15, moov_first=True, edit_list=False,
        ),
        film_sound=SoundFacts("aac", 48_000, 2, length, -14.0, -1.5, 4.0, -15.0, -66.0, 0.0, pauses),
        mp3=SoundFacts("mp3", 44_100, 1, length, -19.0, -3.5, 4.0, -20.0, -66.0, 0.0, pauses),
        clips=clips,
        levels=(-19.0,) * len(said),
        master=Coding("flac", 48_000, 1, 24, 600),
        mp3_coding=Coding("mp3", 44_100, 1, 0, 128),
        book_part=BookPartFacts(Coding("aac", 48_000, 1, 0, 79), -19.0, -3.4),
        seen=FilmSeen(0.5, 0.0, (), (), (), ((90,) * 144, (140,) * 144)),
        thumbnail=PictureFile("JPEG", 1280, 720, 90_000),
        slides=tuple(SlideEvidence(Edition.MAIN, 0.0, SlideFacts(1920, 1080, (text(role),))) for role in ROLES),
        thumbnails=(SlideFacts(1280, 720, (text("thumbnail", right=900.0, bottom=700.0),)),),
    )  # fmt: skip


def spoken(passage: Passage) -> Clip:
    clip = make.clip(passage.text, 2.2 if passage.role is Role.SENTENCE else 0.55)
    return replace(clip, sound=ClipSound(-8.0, -25.0, 4000, 0), voice=passage.voice.name, engine="hum 1")


ROLES = {"title": 108, "text": 72, "credit_name": 44, "thumbnail": 110}


def text(role: str, **facts: object) -> TextSeen:
    plain = TextSeen(role, ROLES[role], 1.5, 100.0, 60.0, 1800.0, 1000.0, "#000000", 7.0)
    return replace(plain, **facts)


def slide(role: str, **facts: object) -> Change:
    """A text of that role is seen otherwise."""
    shown = SlideEvidence(Edition.MAIN, 12.0, SlideFacts(1920, 1080, (text(role, **facts),)))
    return lambda of: replace(of, slides=(*of.slides, shown))


def thumbnail(**facts: object) -> Change:
    return lambda of: replace(of, thumbnails=(SlideFacts(1280, 720, (text("thumbnail", right=900.0, **facts),)),))


def mp3(**facts: object) -> Change:
    return lambda of: replace(of, mp3=replace(of.mp3, **facts))


def book(**facts: object) -> Change:
    return lambda of: replace(of, book_part=replace(of.book_part, **facts))


def film_sound(**facts: object) -> Change:
    return lambda of: replace(of, film_sound=replace(of.film_sound, **facts))


def film(**facts: object) -> Change:
    return lambda of: replace(of, film=replace(of.film, **facts))


def seen(**facts: object) -> Change:
    return lambda of: replace(of, seen=replace(of.seen, **facts))


def clip(number: int = 4, **facts: object) -> Change:
    """Of one clip something else was found."""

    def change(of: Evidence) -> Evidence:
        clips = list(of.clips)
        sound = {name: facts[name] for name in facts.keys() & {"clipped", "longest_silence"}}
        others = {name: facts[name] for name in facts.keys() - sound.keys()}
        clips[number] = replace(clips[number], sound=replace(clips[number].sound, **sound), **others)
        return replace(of, clips=tuple(clips))

    return change


def level(by: float, *numbers: int) -> Change:
    """Some utterances are louder by so many LU."""
    return lambda of: replace(
        of, levels=tuple(each + by * (number in numbers) for number, each in enumerate(of.levels))
    )


def described(*chapters: str) -> Change:
    return lambda of: replace(of, listing=make.listing(description="\n".join(chapters)))


def words_exchanged(of: Evidence) -> Evidence:
    cue = of.captions[3]
    other = tuple(line.replace("Ngày", "Nay").replace("ngày", "nay") for line in cue.lines)
    return replace(of, captions=(*of.captions[:3], replace(cue, lines=other), *of.captions[4:]))


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


def a_card_that_nobody_reads(of: Evidence) -> Evidence:
    first, *others = of.timeline.slides
    card = replace(first, slide=TextSlide("Không ai đọc"))
    return replace(of, timeline=replace(of.timeline, slides=(card, *others)))


def a_slide_for_a_moment(of: Evidence) -> Evidence:
    moment = Standing(make.picture_slide(), of.timeline.length - samples(timedelta(seconds=1.9)))
    return replace(of, timeline=replace(of.timeline, slides=(*of.timeline.slides, moment)))


BROKEN: list[tuple[str, str, Change]] = [
    ("A1", "the listener's copy is quiet", mp3(loudness_lufs=-20.1)),
    ("A1", "the M4B is loud", book(loudness_lufs=-17.9)),
    ("A2", "the film is loud", film_sound(loudness_lufs=-12.9)),
    ("A3", "the listener's copy has a peak", mp3(true_peak_dbtp=-2.9)),
    ("A3", "the M4B has a peak", book(true_peak_dbtp=-2.9)),
    ("A3", "the film has a peak", film_sound(true_peak_dbtp=-0.9)),
    ("A4", "the listener's copy is dense", mp3(rms_db=-17.9)),
    ("A5", "the pauses hiss", mp3(pauses_rms_db=-59.0)),
    ("A5", "a pause is empty", mp3(longest_digital_zero_s=0.3)),
    ("A6", "the level wanders", mp3(range_lu=8.1)),
    ("A6", "a voice is louder", level(2.2, 4, 7, 10)),
    ("A7", "the master is of 16 bits", lambda of: replace(of, master=replace(of.master, bits=16))),
    ("A7", "the listener's copy is coded thinly", lambda of: replace(of, mp3_coding=replace(of.mp3_coding, kbps=96))),
    ("A7", "the listener's copy is stereo", mp3(channels=2)),
    ("A7", "the M4B is stereo", book(coding=Coding("aac", 48_000, 2, 0, 79))),
    ("A7", "the M4B is coded thinly", book(coding=Coding("aac", 48_000, 1, 0, 48))),
    ("A7", "the film's sound is of another rate", film_sound(sample_rate=44_100)),
    ("A8", "the first word comes from nothing", heard(0, later_start=0.2)),
    ("A8", "the end is cut", heard(-1, later_end=-0.2)),
    ("A9", "one pause in ten is short", heard(3, later_start=0.3)),
    ("A9 A10", "the title runs into the text", heard(1, later_start=0.7)),
    ("A10 C6", "a pause begins before its time", heard(2, later_start=-0.75)),
    ("A11 C7", "the sentences have a syllable less", fewer_syllables),
    ("A12", "a sentence is silent for a second", a_second_of_silence_inside_a_sentence),
    ("N1", "a sentence is not heard", level(-13, 2)),
    ("N2", "half a sentence is missing", clip(length=52_800)),
    ("N3", "a sentence is said twice", clip(length=211_200)),
    ("N4", "a sentence crackles", clip(clipped=100)),
    ("N5", "a voice falls silent", clip(longest_silence=48_000)),
    ("N6", "another voice speaks", clip(fallback_from="mai")),
    ("C1 C7", "a line is long", caption("a" * 33)),
    ("C2 C7", "a caption has three lines", caption(LINE, LINE, LINE)),
    ("C3 C7", "a caption is gone at once", caption(LINE, length_s=0.8)),
    ("C3 C7", "a caption stays", caption(LINE, number=-1, length_s=7.1)),
    ("C4", "a frame is free between captions", one_frame_between_captions),
    ("C5 C7", "two captions are fast", caption("a" * 20, "b" * 20, number=-3, count=2)),
    ("C5 C7", "a caption is too fast", caption("a" * 25, "b" * 25)),
    ("C6", "a voice comes late", heard(3, later_end=0.15)),
    ("C6", "a caption stays on", heard(2, later_start=-0.3)),
    ("C7", "a word is another", words_exchanged),
    ("V1", "the canvas is small", film(width=1280, height=720)),
    ("V2", "the pixels are of another kind", film(pixel_format="yuv444p")),
    ("V2", "the colours are not named", film(color=("unknown",) * 4)),
    ("V2", "key frames are rare", film(key_frame_interval=16)),
    ("V2", "the index is at the end", film(moov_first=False)),
    ("V2", "there is an edit list", film(edit_list=True)),
    ("V3", "the sound begins late", film(audio_start_s=0.02)),
    ("V3", "the picture ends early", lambda of: film(video_duration_s=of.film.video_duration_s - 0.1)(of)),
    ("V3", "the film is longer than planned", lambda of: film_sound(duration_s=of.film_sound.duration_s + 0.1)(of)),
    ("V4", "words are faint", slide("title", contrast=6.9)),
    ("V5", "a title is small", slide("title", size=107)),
    ("V5", "a sentence is small", slide("text", size=71)),
    ("V5", "a name is small", slide("credit_name", size=43)),
    ("V6", "lines are close", slide("text", step=1.4)),
    ("V7", "words are at the edge", slide("text", right=1825.0)),
    ("V7", "words are left out", slide("text", whole=False)),
    ("V11", "words of a thumbnail are small", thumbnail(size=70)),
    ("V11", "words of a thumbnail are faint", thumbnail(contrast=6.9)),
    (
        "V11",
        "words stand where the length will",
        lambda of: replace(of, thumbnails=(SlideFacts(1280, 720, (text("thumbnail", right=1200.0, bottom=700.0),)),)),
    ),
    ("C9", "a card is only to be seen", a_card_that_nobody_reads),
    ("V8", "the picture flashes", seen(flashes=1.5)),
    ("V8", "red comes and goes", seen(red_flashes=1.5)),
    ("V11", "the thumbnail is heavy", lambda of: replace(of, thumbnail=replace(of.thumbnail, size=2_000_001))),
    ("V12", "a picture is black", seen(black=(Span(3, 4),))),
    ("V12", "a picture is empty", seen(blank=(Span(3, 4),))),
    ("V12", "the picture does not come", seen(looks=((90,) * 144, (92,) * 144))),
    ("P1 P6", "a chapter is short", described("0:00 Đầu", "0:05 Giữa", "0:20 Cuối")),
    ("V10", "a slide stands for a moment", a_slide_for_a_moment),
    ("P6", "the title is empty", lambda of: replace(of, listing=replace(of.listing, title=""))),
]
"""The gates that it breaks (another caption is also not what was written), what happened, and how that is done."""


def failing(evidence: Evidence) -> list[Gate]:
    return [gate for gate in report(evidence).gates if not gate.passed]


def test_a_good_episode_keeps_every_standard() -> None:
    assert failing(good()) == []


@pytest.mark.parametrize(("id_", "change"), [pytest.param(row[0], row[2], id=f"{row[0]}: {row[1]}") for row in BROKEN])
def test_one_fact_breaks_what_it_is_about_and_nothing_else(id_: str, change: Change) -> None:
    assert [gate.id for gate in failing(change(good()))] == id_.split()


def test_every_gate_can_be_broken() -> None:
    broken = {(gate.id, gate.name) for *_, change in BROKEN for gate in failing(change(good()))}
    assert broken == {(gate.id, gate.name) for gate in report(good()).gates}


FLAWED = [
    ("half a sentence is missing", clip(length=52_800), "too short: something may be left out", 4),
    ("a sentence is not heard", level(-13, 2), "hardly anything is heard of this", 2),
    ("a word is another", words_exchanged, "captions part from the text here", 3),
]


@pytest.mark.parametrize(("change", "what", "number"), [pytest.param(*row[1:], id=row[0]) for row in FLAWED])
def test_a_flaw_says_when_and_in_which_words(change: Change, what: str, number: int) -> None:
    (gate,) = failing(change(good()))
    (flaw,) = gate.flaws
    said = good().timeline.utterances[number]
    assert (flaw.what, flaw.text) == (what, said.passage.text)
    assert (flaw.at_s, flaw.until_s) == (seconds(said.start), seconds(said.end))


def test_a_gate_says_what_was_measured_and_what_is_wanted() -> None:
    (gate,) = failing(mp3(loudness_lufs=-20.1)(good()))
    assert (gate.value, gate.wanted) == ("-20.10 LUFS", "-20 – -18 LUFS")


def test_titles_alone_have_no_rate_to_keep() -> None:
    title = make.passage("Cây khế", role=Role.TITLE, slide=make.title_slide())
    only = replace(good(), timeline=lay_out([title], [make.clip(title.text)]), clips=(), levels=())
    assert {"A11", "A12"}.isdisjoint(gate.id for gate in report(only).gates)


def test_captions_that_meet_have_no_gap_to_keep() -> None:
    first, second, *_ = good().captions
    meeting = replace(good(), captions=(replace(first, end=second.start), second))
    assert "C4" not in {gate.id for gate in report(meeting).gates}
