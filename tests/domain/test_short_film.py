"""Which passage makes a short film."""

from __future__ import annotations

from datetime import timedelta

from media_service.domain.edition import Edition, Excerpt
from media_service.domain.pace import PACES, Age
from media_service.domain.passages import Passage, Role
from media_service.domain.read_along import burned_in
from media_service.domain.reels import reels, unmade
from media_service.domain.script import Kind
from media_service.domain.short_film import CARD, CHOSEN_LONGEST, chosen, cut, matches
from media_service.domain.slide import TitleSlide
from media_service.domain.storyboard import Direction, Read, shots
from media_service.domain.timeline import SAMPLES_PER_FRAME, Timeline, lay_out, samples
from tests import make

PACE = PACES[Age.CHILD]
PARAGRAPH = timedelta(seconds=1.1)


def passages() -> list[Passage]:
    """A title, ten paragraphs of two sentences, the last of each with a longer pause; pictures with some."""
    said = [make.passage("Cây khế", role=Role.TITLE, slide=make.title_slide())]
    for number in range(10):
        slide = make.picture_slide(f"{number:064}") if number % 2 == 0 else None
        said += [
            make.passage(f"Câu mở {number}.", slide=slide),
            make.passage(f"Câu đóng {number}.", pause=PARAGRAPH, voice=make.voice("ba" if number == 4 else "lan")),
        ]
    return [*said, make.passage("Hết.", role=Role.CREDIT)]


def timeline() -> Timeline:
    said = passages()
    return lay_out(said, [make.clip(one.text, 8) for one in said])


def test_the_best_passage_is_whole_paragraphs_within_a_minute_and_before_the_end() -> None:
    whole = timeline()
    best = chosen(whole, PACE)
    assert best is not None
    texts = [one.passage.text for one in whole.utterances[best.first : best.last]]
    assert texts[0].startswith("Câu mở")
    assert texts[-1].startswith("Câu đóng")
    assert best.length <= CHOSEN_LONGEST
    assert best.end <= whole.length * 0.85
    assert "Câu đóng 4." in texts  # the voice that no other paragraph has


def test_a_passage_that_the_script_marks_is_taken_as_it_is() -> None:
    whole = timeline()
    marked = chosen(whole, PACE, Excerpt("Câu mở 7", "đóng 8."))
    assert marked is not None
    assert [one.passage.text for one in whole.utterances[marked.first : marked.last]] == [
        "Câu mở 7.",
        "Câu đóng 7.",
        "Câu mở 8.",
        "Câu đóng 8.",
    ]
    assert chosen(whole, PACE, Excerpt("Không có", "đóng 8.")) is None
    assert matches(["Một.", "Hai."], Excerpt("Hai", "Một.")) is None


def test_a_work_without_a_passage_for_it_has_no_short_film() -> None:
    said = [make.passage("Cây khế", role=Role.TITLE, slide=make.title_slide()), make.passage("Ngắn quá.")]
    short = lay_out(said, [make.clip(one.text, 3) for one in said])
    assert chosen(short, PACE) is None
    facts = make.facts(editions=(Edition.SHORT,))
    made = reels(facts, 1, short)
    assert [reel.edition for reel in made] == [Edition.MAIN]
    assert unmade(facts, made) == (Edition.SHORT,)


def test_a_passage_too_long_for_a_short_film_is_told() -> None:
    said = [make.passage(f"Câu {number}.", slide=make.picture_slide()) for number in range(60)]
    whole = lay_out(said, [make.clip(one.text, 3) for one in said])
    kind = Kind.BOOK_INTRODUCTION
    long = make.facts(kind=kind, editions=None, short=Excerpt("Câu 0.", "Câu 59."))
    assert unmade(long, reels(long, 1, whole)) == (Edition.SHORT,)
    brief = make.facts(kind=kind, editions=None, short=Excerpt("Câu 0.", "Câu 9."))
    assert unmade(brief, reels(brief, 1, whole)) == ()
    assert unmade(make.facts(kind=kind, editions=None), reels(brief, 1, whole)[:1]) == ()


def test_a_short_film_begins_with_its_picture_and_ends_with_the_title() -> None:
    whole = timeline()
    best = chosen(whole, PACE)
    assert best is not None
    part = cut(whole, best)
    assert part.slides[0].start == 0
    assert isinstance(part.slides[-1].slide, TitleSlide)
    assert part.length - part.slides[-1].start >= CARD - SAMPLES_PER_FRAME
    assert part.length % SAMPLES_PER_FRAME == 0
    assert part.utterances[0].start == samples(timedelta(seconds=0.3))
    burned = [shot for shot in shots(part, Direction(readings=burned_in(part, PACE))) if isinstance(shot, Read)]
    assert not any(isinstance(shot.scene.slide, TitleSlide) for shot in burned)
    (main, short) = reels(make.facts(kind=Kind.BOOK_INTRODUCTION, editions=None), 1, whole)
    assert sum(shot.frames for shot in short.shots) * SAMPLES_PER_FRAME == part.length
    assert sum(shot.frames for shot in main.shots) * SAMPLES_PER_FRAME == whole.length


def test_a_very_long_chapter_is_chosen_from_in_reasonable_work() -> None:
    said = [make.passage("Chương", role=Role.TITLE, slide=make.title_slide()), *[make.passage("Một câu.")] * 2000]
    assert chosen(lay_out(said, [make.clip("Một câu.", 3)] * 2001), PACE) is None
    spaced = [make.passage("Một câu.", pause=PARAGRAPH, slide=make.picture_slide())] * 2000
    assert chosen(lay_out(spaced, [make.clip("Một câu.", 3)] * 2000), PACE) is not None
