"""From a book file to the draft of a job: read, judged, cut and written as a script; nothing of it lies anywhere yet.

All of it happens here because all of it works on what nobody trusts: whoever calls does so in a box.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from pathlib import Path

from media_service.books.door import read_book
from media_service.books.records import read_record
from media_service.domain.book import Book, Image, Metadata, Place, Remark, Role
from media_service.domain.cast_hints import Cast, suggested
from media_service.domain.chaptering import Chapter, Chaptered, Decision, Step, Target, chapters
from media_service.domain.damage import damages
from media_service.domain.draft import Draft, Wishes
from media_service.domain.intake_report import ChapterFigures, PictureFigures, Report, minutes, words_in
from media_service.domain.leaving_out import text_of
from media_service.domain.script_text import ALT, Heads, script_text, unplaced
from media_service.errors import refused
from media_service.messages import message


@dataclass(frozen=True, slots=True)
class BookFiles:
    """Reads book files (the door `Books`)."""

    def draft(self, path: Path, pictures: Path, wishes: Wishes) -> Draft:
        """Return the draft of a job, its pictures written into the folder `pictures`.

        Raises InputError where the book or its record cannot be read, with every reason.
        """
        book = read_book(path, pictures, ocr=wishes.ocr)
        record = read_record(wishes.record) if wishes.record else Metadata()
        cut = chapters(book, Target(longest=words_in(wishes.longest_min)))
        if not any(chapter.words for chapter in cut.chapters):
            raise refused(
                path.as_posix(), message("Nothing in this file can be read aloud; look for another copy of the book.")
            )
        metadata = _filled(book, record, cut, path)
        cast = suggested(cut.chapters) if wishes.suggest_cast else Cast()
        heads = Heads(metadata, wishes.kind, path.name, book.cover, cast.speakers)
        speakers = {(hint.chapter, hint.block): hint.speaker for hint in cast.hints}
        script = script_text(heads, cut.chapters, speakers)
        return Draft(script, _report(book, metadata, cut, cast, path), _pictures(cut.chapters, book.cover))


def _filled(book: Book, record: Metadata, cut: Chaptered, path: Path) -> Metadata:
    """Return what the book says of itself, filled with what its record says, and a title in any case."""
    own = {each.name: getattr(book.metadata, each.name) for each in fields(Metadata)}
    catalogued = {each.name: getattr(record, each.name) for each in fields(Metadata)}
    own["title"] = own["title"] or cut.title or _titled(book)
    known = Metadata(**{name: value or catalogued[name] for name, value in own.items()})
    return replace(
        known, title=known.title or cut.title or path.stem.replace("_", " ").replace("-", " ").strip() or "?"
    )


def _titled(book: Book) -> str:
    """Return the line that a document's own style calls its title."""
    return next((text_of(block) for block in book.blocks if block.role is Role.TITLE_PAGE and text_of(block)), "")


def _report(book: Book, metadata: Metadata, cut: Chaptered, cast: Cast, path: Path) -> Report:
    return Report(
        path.name,
        book.format,
        book.encoding,
        metadata,
        tuple(ChapterFigures(one.title, one.words, minutes(one.words), one.place) for one in cut.chapters),
        cut.omitted,
        (*cut.decisions, *_left_pictures(cut.chapters)),
        tuple(damages((*_said_of(metadata), *_passages(cut.chapters)))),
        tuple(_told(cut.chapters)),
        book.remarks + tuple(_differences(book, metadata)),
        cast,
    )


def _said_of(metadata: Metadata) -> Iterator[tuple[str, Place]]:
    """Yield what the front matter will say: it is shown to people, and spoken in part."""
    for each in fields(Metadata):
        said = getattr(metadata, each.name)
        yield said if isinstance(said, str) else " ".join(said), Place()


def _passages(chapters: tuple[Chapter, ...]) -> Iterator[tuple[str, Place]]:
    """Yield all that is read aloud, chapters' titles too, each with its place."""
    for chapter in chapters:
        yield chapter.title, chapter.place
        for block in chapter.blocks:
            yield text_of(block), block.place


def _differences(book: Book, metadata: Metadata) -> Iterator[Remark]:
    if not metadata.author and not book.metadata.author:
        yield Remark(message("Nothing says who wrote this book; write the author into the script."))


def _pictures(cut: tuple[Chapter, ...], cover: str) -> tuple[str, ...]:
    named = [block.picture for chapter in cut for block in chapter.blocks if isinstance(block, Image) and block.picture]
    return tuple(dict.fromkeys([*named, *([cover] if cover else [])]))


def _told(cut: tuple[Chapter, ...]) -> Iterator[PictureFigures]:
    for chapter in cut:
        for block in chapter.blocks:
            if isinstance(block, Image) and block.picture:
                yield PictureFigures(block.picture, block.alt or ALT, bool(block.alt), block.place)


def _left_pictures(cut: tuple[Chapter, ...]) -> Iterator[Decision]:
    for chapter in cut:
        for image in unplaced(chapter):
            said = message(
                "{picture} has no paragraph of its own in “{title}”; it lies in the folder, unused.",
                picture=image.picture,
                title=chapter.title,
            )
            yield Decision(Step.OMITTED, said, image.place)
