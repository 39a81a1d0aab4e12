"""Words in capitals: a heading's are words, a short form that nobody can pronounce is said letter by letter."""

from __future__ import annotations

import re

from media_service.domain.reading.letters import spelt
from media_service.domain.reading.numbers import Region
from media_service.domain.reading.rule import WORD, Rule, before, words
from media_service.domain.reading.syllable import is_syllable

_UPPER = "A-ZÀ-ÖØ-ÞĂĐĨŨƠƯ" + "".join(map(chr, range(0x1EA0, 0x1EFA, 2)))
_CAPITALS = re.compile(rf"(?<!\w)[{_UPPER}]{{2,40}}(?!\w)")
_VOWEL = re.compile(r"[AEIOUYÀ-ÖØ-ÝĂĨŨƠƯẠ-Ỹ]")
_PLAIN_LETTERS = re.compile(r"[A-Z]+")
_SMOOTH = re.compile(
    r"(?:[B-DF-HJ-NP-TV-Z]{0,2}[AEIOUY]{1,2}){2,}(?:[B-DF-HJ-NP-TV-Z])?|[B-DF-HJ-NP-TV-Z]{1,2}[AEIOUY][NSLRMT]"
)
"""Letters that read as a word: UNESCO, NATO, SAH."""
_SPELT = words("AI EU UAE USA")
"""Short forms that look like words, and are spelt all the same."""
_LONGEST_SPELT = 10
_NEIGHBOUR = 12
"""Characters looked at before it to tell a heading from a short form in a sentence."""
_AROUND = 40
_WORD_AHEAD = re.compile(r"([^\W\d_]{2,12}) \Z")
_WORD_BEHIND = re.compile(r" ([^\W\d_]{2,12})")


def _capitals(match: re.Match[str], _: Region) -> str | None:
    word = match[0]
    if _is_short_form(word, match) or (word in _SPELT and not _is_shouted(match)):
        return spelt(word)
    return word[0] + word[1:].lower()


def _is_short_form(word: str, match: re.Match[str]) -> bool:
    if len(word) > _LONGEST_SPELT:
        return False
    if not _VOWEL.search(word):
        return True
    if is_syllable(word) or not _PLAIN_LETTERS.fullmatch(word):
        return False
    return not (_in_heading(match) or _SMOOTH.fullmatch(word))


def _is_shouted(match: re.Match[str]) -> bool:
    """Tell whether all that stands around it is in capitals, or it is called out: AI ĐÓ? · “AI?”."""
    around = match.string[max(0, match.start() - _AROUND) : match.start()] + match.string[match.end() :][:_AROUND]
    is_called = match.string[match.end() :][:1] in {"?", "!"} and not before(match).strip(' “"–-')
    return is_called or _in_heading(match) or (around != around.lower() and around == around.upper())


def _in_heading(match: re.Match[str]) -> bool:
    """Tell whether the words right beside it are in capitals too, and are words."""
    ahead = _WORD_AHEAD.search(match.string, max(0, match.start() - _NEIGHBOUR), match.start())
    behind = _WORD_BEHIND.match(match.string, match.end())
    beside = [found[1] for found in (ahead, behind) if found]
    return bool(beside) and all(word.isupper() and _VOWEL.search(word) is not None for word in beside)


CAPITALS = Rule("capitals", _CAPITALS, _capitals, WORD)
