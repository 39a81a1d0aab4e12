"""What a person may ask of book files: make a job of one, or renew the job that was made of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from media_service.bookshelf import Books, Drafts
from media_service.domain.draft import Wishes
from media_service.domain.intake_report import Report
from media_service.domain.slug import slug_of
from media_service.errors import refused
from media_service.messages import message


@dataclass(frozen=True, slots=True)
class Imported:
    """A job that lies there now, and what is told of it."""

    job: Path
    report: Report


def import_book(path: Path, into: Path, wishes: Wishes, books: Books, drafts: Drafts) -> Imported:
    """Make the job `into/<slug>/` of a book file, its slug from the file's name; imported again, people's changes stay.

    Raises InputError with every reason why the book cannot be read, and then nothing has been written; NotWritableError
    and NoSpaceError of the disk.
    """
    slug = slug_of(path.stem)
    if not slug:
        raise refused(path.as_posix(), message("The file's name has no letter a-z and no digit; rename it."))
    with drafts.aside(into) as aside:
        pictures = aside / "pictures"
        draft = books.draft(path, pictures, wishes)
        return Imported(into / slug, drafts.lay_down(draft, pictures, into / slug))
