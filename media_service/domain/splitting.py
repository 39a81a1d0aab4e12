"""A chapter cut into the passages of one episode: its opening, its sentences with pictures and voices, its credits.

Decides what is said, shown and paused in which order; how long it takes is known only when it has been spoken.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from media_service.domain import borrowing
from media_service.domain.casting import Cast
from media_service.domain.credits import LIBRARY, announcement, byline, credit_rows, notices, spoken_credits
from media_service.domain.lexicon import Entry, Lexicon
from media_service.domain.pace import LONGEST_PAUSE, Pace
from media_service.domain.passages import Passage, Role
from media_service.domain.phrasing import Sentence, phrases, prose, verse
from media_service.domain.screen import Screen
from media_service.domain.script import Card, Chapter, Cue, Paragraph, Pause, Script, Section
from media_service.domain.sentences import is_finished, sentences
from media_service.domain.slide import ChapterSlide, CoverSlide, CreditsSlide, OutroSlide, TitleSlide

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

    The pauses follow the pace (standards A9, A10); each passage has what it needs of the lexicon.
    `library` is who the credits name as maker.
    """
    opening, body = _opening(script, chapter, cast, pace), _body(script, chapter, cast, pace)
    lexicon = Lexicon(script.lexicon)
    return tuple(
        replace(passage, readings=_readings(passage.text, lexicon))
        for passage in _paused((*opening, *body, *_closing(script, chapter, cast, pace, library)))
    )


def _readings(text: str, lexicon: Lexicon) -> tuple[Entry, ...]:
    """Return what a text needs of a lexicon, without what is only for those who write it."""
    return tuple(Entry(entry.written, entry.said) for entry in lexicon.entries_in(" ".join(text.split())))


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
    has_cover = facts.cover and len(script.chapters) == 1
    name = facts.cover if has_cover else cues[0].picture if cues else ""
    first = script.picture(name) if name else None
    focus = cues[0].focus if cues and not has_cover else None
    slide = TitleSlide(facts.title, chapter.title or announcement(facts), byline(facts), first, focus)
    yield _title(facts.title, cast, slide, _first_mark(chapter) or chapter.title or facts.title, 0)
    if chapter.title:
        yield _Rest(_BETWEEN_TITLES)
        yield _title(chapter.title, cast, None, "", chapter.line)
    yield _Rest(pace.after_title)


def _closing(script: Script, chapter: Chapter, cast: Cast, pace: Pace, library: str) -> Iterator[Passage | _Rest]:
    facts = script.facts
    cues = tuple(chapter.cues())
    last, focus = (script.picture(cues[-1].picture), cues[-1].focus) if cues else (None, None)
    slide = CreditsSlide(credit_rows(facts, cast, library), notices(facts, cast, library), last, focus)
    outro = OutroSlide(library, borrowing.farewell(facts), facts.contact)
    yield _Rest(pace.scene)
    if borrowing.leads_to_a_book(facts):
        said = borrowing.invitation(facts, library)
        yield Passage(said, cast.narrator, Role.CREDIT, 0, timedelta(), slide=_book(script, library))
        yield _Rest(pace.paragraph)
    said_last = [piece for sentence in spoken_credits(facts, cast, library) for piece in sentences(sentence)]
    for place, sentence in enumerate(said_last):
        after = outro if place + 1 == len(said_last) else None
        shown = None if place else slide
        yield Passage(sentence, cast.announcing, Role.CREDIT, 0, timedelta(), slide=shown, after=after)
        yield _Rest(pace.sentence)


def _book(script: Script, library: str) -> CoverSlide:
    """Return the card of the book that a work introduces; its cover is the one that the script names."""
    facts = script.facts
    cover = script.picture(facts.cover) if facts.cover else None
    entries, invitation = borrowing.entries(facts), borrowing.on_card(facts, library)
    return CoverSlide(facts.title, facts.author, entries, facts.borrow.link, invitation, cover)


def _body(script: Script, chapter: Chapter, cast: Cast, pace: Pace) -> Iterator[Passage | _Rest]:
    walk, begun = _Walk(cast, pace, Screen(script)), False
    for place, item in enumerate(chapter.items):
        if isinstance(item, Section):
            if begun:
                yield _Rest(pace.scene)
            walk.screen.cover(_next_cue(chapter.items[place + 1 :]))
            mark = item.title if begun else ""  # the opening carries the first section's mark
            yield _title(
                item.title, cast, ChapterSlide(item.title, walk.screen.picture, walk.screen.focus), mark, item.line
            )
            yield _Rest(pace.after_title)
            begun = True
        else:
            for part in walk.paragraph(item):
                yield part
                begun = begun or isinstance(part, Passage)


class _Walk:
    """What is carried along while the paragraphs of a chapter are walked through."""

    def __init__(self, cast: Cast, pace: Pace, screen: Screen) -> None:
        self.screen = screen
        self._cast = cast
        self._pace = pace
        self._note: Sentence | None = None
        """A note of a sound that stood alone: it is shown with the next sentence."""

    def paragraph(self, paragraph: Paragraph) -> Iterator[Passage | _Rest]:
        for part in paragraph.parts:
            if isinstance(part, Cue):
                self.screen.call(part)
            elif isinstance(part, Pause):
                yield _Rest(part.length, asked=True)
            elif isinstance(part, Card):
                self.screen.put_up(part)
            else:
                for sentence in verse(part) if paragraph.verse else prose(part):
                    yield from self._sentence(sentence, paragraph)
                self.screen.take_down()
        yield _Rest(self._pace.paragraph)

    def _sentence(self, sentence: Sentence, paragraph: Paragraph) -> Iterator[Passage | _Rest]:
        whole = self._note + sentence if self._note else sentence
        if not sentence.can_be_said():
            self._note = whole if sentence.marked else self._note
            return
        self._note = None
        voice = self._cast.voice(paragraph.speaker)
        role = Role.VERSE if paragraph.verse else Role.SENTENCE
        yield Passage(
            whole.text,
            voice,
            role,
            whole.line,
            timedelta(),
            paragraph.speaker,
            self.screen.take(),
            phrases=phrases(whole, voice, self._cast, self._pace),
        )
        yield _Rest(_breath(whole.text, role, self._pace))


def _breath(text: str, role: Role, pace: Pace) -> timedelta:
    if is_finished(text):
        return pace.sentence
    return pace.sentence * _VERSE_LINE if role is Role.VERSE else pace.comma


def _title(text: str, cast: Cast, slide: TitleSlide | ChapterSlide | None, mark: str, line: int) -> Passage:
    return Passage(
        text, cast.narrator if line else cast.announcing, Role.TITLE, line, timedelta(), slide=slide, mark=mark
    )


def _first_mark(chapter: Chapter) -> str:
    """Return the title of a section that stands before any words; empty where words come first."""
    for item in chapter.items:
        if isinstance(item, Section):
            return item.title
        if any(Sentence(words.text, words.line, words.marked).can_be_said() for words in item.words()):
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
