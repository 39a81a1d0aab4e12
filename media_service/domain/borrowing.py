"""How a book introduction leads to the book itself: what the catalogue says of it, and the words that invite to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from media_service.domain.script import Facts, Kind


@dataclass(frozen=True, slots=True)
class _Phrases:
    """What one language says."""

    invitation: str
    on_card: str
    farewell: str
    entries: Mapping[str, str]


_LANGUAGES = {
    "vi": _Phrases(
        "Mời bạn tìm đọc {title} tại {library}.",
        "Mời bạn mượn sách tại {library}",
        "Cảm ơn và hẹn gặp lại!",
        {"publisher": "Nhà xuất bản", "year": "Năm xuất bản", "call_number": "Ký hiệu xếp giá", "isbn": "ISBN"},
    ),
    "en": _Phrases(
        "You can borrow {title} at the {library}.",
        "Borrow it at the {library}",
        "Thank you, and see you again!",
        {"publisher": "Publisher", "year": "Year", "call_number": "Call number", "isbn": "ISBN"},
    ),
}


def leads_to_a_book(facts: Facts) -> bool:
    """Whether a work is about a book that a library lends."""
    return facts.kind is Kind.BOOK_INTRODUCTION


def invitation(facts: Facts, library: str) -> str:
    """Return the sentence that is spoken while the book is shown."""
    return _phrases(facts).invitation.format(title=facts.title, library=library)


def on_card(facts: Facts, library: str) -> str:
    """Return the same, as it stands beside the book."""
    return _phrases(facts).on_card.format(library=library)


def entries(facts: Facts) -> tuple[tuple[str, str], ...]:
    """Return (what, value) for all that is known of the book besides its title and author."""
    known = {
        "publisher": facts.publisher,
        "year": facts.year,
        "call_number": facts.borrow.call_number,
        "isbn": facts.borrow.isbn,
    }
    return tuple((_phrases(facts).entries[name], value) for name, value in known.items() if value)


def farewell(facts: Facts) -> str:
    """Return the words beside the library's mark at the end of a film."""
    return _phrases(facts).farewell


def _phrases(facts: Facts) -> _Phrases:
    return _LANGUAGES.get(facts.language, _LANGUAGES["vi"])
