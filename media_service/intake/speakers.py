"""Who speaks a line of a script: `Name:` at its beginning, if the name is in the cast; near misses are told."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from media_service.domain.nearest import without_marks

LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Prefix:
    """What stands before the first colon of a line, and the words behind it."""

    name: str
    words: str


def prefix_of(text: str) -> Prefix | None:
    """Return the `Name:` that a line begins with, whoever that is; None where there is none.

    Emphasis around the name (`**An Tiêm:**`) is no part of it.
    """
    found = re.match(rf"\s*([*_]*)([^:：*_]{{1,{LONGEST_NAME}}})([*_]*)\s*[:：]", text)
    if not found:
        return None
    words = text[found.end() :]
    opening, closing = found[1], found[3]
    if opening and not closing:
        words = words.removeprefix(opening)
    return Prefix(" ".join(found[2].split()), words.strip())


def speaker(name: str, cast: Sequence[str]) -> str | None:
    """Return the name in the cast that equals a written one but for capital letters."""
    folded = _folded(name)
    return next((known for known in cast if _folded(known) == folded), None)


def meant(name: str, cast: Sequence[str]) -> str | None:
    """Return the name in the cast that a written one misses by one letter or by its marks, None where it is far.

    Only what looks like a name counts: a few words, the first with a capital letter. In names of up to three letters
    one letter makes another word, so there only the marks may differ.
    """
    if not name[:1].isupper() or len(name.split()) > max((len(known.split()) for known in cast), default=0) + 1:
        return None
    bare = _folded(without_marks(name))
    for known in cast:
        wanted = _folded(without_marks(known))
        if bare == wanted or (len(wanted) > 3 and _one_edit_apart(bare, wanted)):
            return known
    return None


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", " ".join(name.split())).casefold()


def _one_edit_apart(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    same = next((at for at, char in enumerate(short) if char != long[at]), len(short))
    if len(long) == len(short):
        return short[same + 1 :] == long[same + 1 :]
    return len(long) == len(short) + 1 and short[same:] == long[same + 1 :]
