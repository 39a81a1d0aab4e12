"""A chapter cut into the passages of one episode: its opening, its sentences with pictures and voices, its credits.

Decides what is said, shown and paused in which order; how long it takes is known only when it has been spoken.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from media_service.domain.casting import Cast
from media_service.domain.credits import LIBRARY, announcement, byline, credit_rows, notices, spoken_credits
from media_service.domain.pace import LONGEST_PAUSE, Pace
from media_service.domain.passages import Passage, Role
from media_service.domain.script import Chapter, Cue, Paragraph, Pause, Picture, Script, Section, Words
from media_service.domain.sentences import is_finished, sentences
from media_service.domain.slide import ChapterSlide, CreditsSlide, PictureSlide, TitleSlide
from media_service.domain.spoken import spoken

_BETWEEN_TITLES = timedelta(seconds=0.6)
"""Between the title of a work and the title of its chapter, which are heard as one announcement."""
_VERSE_LINE = 0.75
"""A line of verse that runs on pauses this share of a sentence's pause: longer than a comma, so that the line is heard,
and inside the 30 % that standard A9 allows."""


@dataclass(frozen=True, slots=True)
class _Rest:
    """A silence wished for at some place, by the author or by our plan."""

    length: timedelta
    asked: bool = False


def passages(script: Script, chapter: Chapter, cast: Cast, pace: Pace, library: str = LIBRARY) -> tuple[Passage, ...]:
    """Return the passages of one chapter's episode in order, each with its voice, slide, mark and pause.

    The pauses follow the pace (standards A9, A10). `library` is who the credits name as maker.
    """
    opening, body = _opening(script, chapter, cast, pace), _body(script, chapter, cast, pace)
    return tuple(_paused((*opening, *body, *_closing(script, chapter, cast, pace, library))))


def _paused(stream: tuple[Passage | _Rest, ...]) -> Iterator[Passage]:
    """Give each passage the silence that follows it; none behind the last."""
    current: Passage | None = None
    rests: list[_Rest] = []
    for part in stream:
        if isinstance(part, _Rest):
            rests.append(part)
            continue
        if current:
            yield replace(current, pause=_length(rests))
        current, rests = part, []
    if current:
        yield replace(current, pause=timedelta())


def _length(rests: list[_Rest]) -> timedelta:
    """Return the silence for all rests wished for at one place: the author's together, or the longest planned one.

    The longer of the two counts: a pause that is asked for never shortens the one that would have been there.
    """
    asked = sum((rest.length for rest in rests if rest.asked), timedelta())
    planned = max((rest.length for rest in rests if not rest.asked), default=timedelta())
    return min(max(asked, planned), LONGEST_PAUSE)


def _opening(script: Script, chapter: Chapter, cast: Cast, pace: Pace) -> Iterator[Passage | _Rest]:
    facts = script.facts
    cues = tuple(chapter.cues())
    name = facts.cover if facts.cover and len(script.chapters) == 1 else cues[0].picture if cues else ""
    first = script.picture(name) if name else None
    slide = TitleSlide(facts.title, chapter.title or announcement(facts), byline(facts), first)
    yield _title(facts.title, cast, slide, _first_mark(chapter) or chapter.title or facts.title, 0)
    if chapter.title:
        yield _Rest(_BETWEEN_TITLES)
        yield _title(chapter.title, cast, None, "", chapter.line)
    yield _Rest(pace.after_title)


def _closing(script: Script, chapter: Chapter, cast: Cast, pace: Pace, library: str) -> Iterator[Passage | _Rest]:
    facts = script.facts
    cues = tuple(chapter.cues())
    last = script.picture(cues[-1].picture) if cues else None
    slide = CreditsSlide(credit_rows(facts, cast, library), notices(facts, cast, library), last)
    yield _Rest(pace.scene)
    said = [piece for sentence in spoken_credits(facts, cast, library) for piece in sentences(sentence)]
    for place, sentence in enumerate(said):
        yield Passage(sentence, cast.narrator, Role.CREDIT, 0, timedelta(), slide=None if place else slide)
        yield _Rest(pace.sentence)


def _body(script: Script, chapter: Chapter, cast: Cast, pace: Pace) -> Iterator[Passage | _Rest]:
    screen, begun = _Screen(script), False
    for place, item in enumerate(chapter.items):
        if isinstance(item, Section):
            if begun:
                yield _Rest(pace.scene)
            screen.cover(_next_cue(chapter.items[place + 1 :]))
            mark = item.title if begun else ""  # the opening carries the first section's mark
            yield _title(item.title, cast, ChapterSlide(item.title, screen.picture), mark, item.line)
            yield _Rest(pace.after_title)
            begun = True
        else:
            for part in _paragraph(item, cast, pace, screen):
                yield part
                begun = begun or isinstance(part, Passage)


def _paragraph(paragraph: Paragraph, cast: Cast, pace: Pace, screen: _Screen) -> Iterator[Passage | _Rest]:
    role = Role.VERSE if paragraph.verse else Role.SENTENCE
    voice = cast.voice(paragraph.speaker)
    for part in paragraph.parts:
        if isinstance(part, Cue):
            screen.call(part)
        elif isinstance(part, Pause):
            yield _Rest(part.length, asked=True)
        else:
            for text, line in _verse(part) if paragraph.verse else _prose(part):
                yield Passage(text, voice, role, line, timedelta(), paragraph.speaker, screen.take())
                yield _Rest(_breath(text, role, pace))
    yield _Rest(pace.paragraph)


def _prose(words: Words) -> Iterator[tuple[str, int]]:
    return ((sentence, words.line) for sentence in sentences(words.text) if _can_be_said(sentence))


def _verse(words: Words) -> Iterator[tuple[str, int]]:
    lines = enumerate(words.text.split("\n"), words.line)
    return ((line.strip(), number) for number, line in lines if _can_be_said(line))


def _can_be_said(text: str) -> bool:
    """Tell whether anything is left to say of a text once it is put into its spoken form."""
    return any(character.isalnum() for character in spoken(text).text)


def _breath(text: str, role: Role, pace: Pace) -> timedelta:
    if is_finished(text):
        return pace.sentence
    return pace.sentence * _VERSE_LINE if role is Role.VERSE else pace.comma


class _Screen:
    """Which picture stands while a chapter is walked through, and which one waits for the next sentence."""

    def __init__(self, script: Script) -> None:
        self._script = script
        self._standing: PictureSlide | None = None
        self._waiting: PictureSlide | None = None

    @property
    def picture(self) -> Picture | None:
        """The picture that stands, or is about to."""
        slide = self._waiting or self._standing
        return slide.picture if slide else None

    def call(self, cue: Cue) -> None:
        """Ask for a picture from the next sentence on; one that stands already stays."""
        slide = PictureSlide(self._script.picture(cue.picture))
        self._waiting = slide if slide != self._standing else None

    def cover(self, ahead: Cue | None) -> None:
        """Put a card over the picture; behind it, and after it, comes the section's first picture.

        So a line spoken before that picture's cue does not bring the last section's picture back for a moment.
        """
        waiting, self._standing = self._waiting or self._standing, None
        self._waiting = waiting
        if ahead:
            self.call(ahead)

    def take(self) -> PictureSlide | None:
        """Return the slide that goes up with this sentence, None where nothing changes."""
        slide, self._waiting = self._waiting, None
        self._standing = slide or self._standing
        return slide


def _title(text: str, cast: Cast, slide: TitleSlide | ChapterSlide | None, mark: str, line: int) -> Passage:
    return Passage(text, cast.narrator, Role.TITLE, line, timedelta(), slide=slide, mark=mark)


def _first_mark(chapter: Chapter) -> str:
    """Return the title of a section that stands before any words; empty where words come first."""
    for item in chapter.items:
        if isinstance(item, Section):
            return item.title
        if any(_can_be_said(words.text) for words in item.words()):
            break
    return ""


def _next_cue(items: Sequence[Paragraph | Section]) -> Cue | None:
    """Return the first cue of the section that begins with these items."""
    for item in items:
        if isinstance(item, Section):
            break
        for part in item.parts:
            if isinstance(part, Cue):
                return part
    return None
