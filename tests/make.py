"""Builders with defaults: a test names only what it is about."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from media_service.domain.casting import Cast, Voice
from media_service.domain.edition import Motion
from media_service.domain.listing import Listing
from media_service.domain.pace import Age
from media_service.domain.passages import Passage, Role
from media_service.domain.script import Chapter, Cue, Facts, Kind, Paragraph, Picture, Script, Section, Words
from media_service.domain.slide import PictureSlide, Slide, TitleSlide
from media_service.domain.timeline import Clip, Timeline, Word, lay_out, samples


def voice(name: str = "lan", **facts: object) -> Voice:
    return replace(Voice(name=name, engine="hum", id="hum", title=f"Giọng {name}", disclosure="Giọng máy."), **facts)


def facts(**given: object) -> Facts:
    """Facts of a tale that has one film, in which nothing moves."""
    tale = Facts(title="Cây khế", kind=Kind.FAIRY_TALE, age=Age.CHILD, slug="cay-khe")
    plain: dict[str, object] = {"motion": Motion.STILL, "editions": ()}
    return replace(tale, **(plain | given))


def picture(name: str = "khe.png", sha256: str = "a" * 64) -> Picture:
    return Picture(name, sha256, 1920, 1080)


def words(text: str, line: int = 1) -> Paragraph:
    return Paragraph((Words(text, line),), line)


def chapter(*items: Paragraph | Section, title: str = "") -> Chapter:
    return Chapter(title, items or (words("Ngày xưa có hai anh em. Người em hiền lành."),), 1)


def shown(of: Picture, line: int = 1) -> Paragraph:
    return Paragraph((Cue(of.name, "một bức tranh", line),), line)


def script(*chapters: Chapter, **given: object) -> Script:
    return Script(facts(**given), chapters or (chapter(),), ())


def cast(**characters: Voice) -> Cast:
    return Cast(voice(), tuple(characters.items()))


def passage(text: str = "Ngày xưa có hai anh em.", **given: object) -> Passage:
    return replace(Passage(text, voice(), Role.SENTENCE, 1, timedelta(seconds=0.6)), **given)


def clip(text: str, seconds: float = 2.0) -> Clip:
    """A clip whose words share its length evenly."""
    spans, place = [], 0
    for one in text.split():
        first = text.index(one, place)
        place = first + len(one)
        spans.append((first, place))
    length = samples(timedelta(seconds=seconds))
    step = length // max(1, len(spans))
    return Clip(length, tuple(Word(*span, n * step, (n + 1) * step) for n, span in enumerate(spans)))


def title_slide(title: str = "Cây khế") -> TitleSlide:
    return TitleSlide(title)


def picture_slide(sha256: str = "a" * 64) -> PictureSlide:
    return PictureSlide(picture(sha256=sha256))


def timeline(*slides: Slide | None, seconds: float = 5.0) -> Timeline:
    """A timeline of one passage a slide, each so many seconds long."""
    said = [passage(f"Câu thứ {number}.", slide=slide) for number, slide in enumerate(slides, 1)]
    return lay_out(said, [clip(one.text, seconds) for one in said])


def listing(**given: object) -> Listing:
    return replace(Listing("Cây khế", "Một câu chuyện.", ("cổ tích",), "Kể chuyện", "vi", 27, True, True), **given)
