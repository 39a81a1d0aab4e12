"""Prose cut at the ends of its sentences, and a sentence too long for one breath cut at a mark near its middle.

Knows nothing of voices or pauses; those are given in `splitting`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from media_service.domain.abbreviations import is_abbreviation
from media_service.domain.reading.titles import is_sunday

LONGEST = 220
"""Characters that are spoken in one go; about fifty syllables."""
_SHORTEST_PIECE = 30
"""No piece of a long sentence is shorter: it would sound like a stumble."""

_END = re.compile(r"[.?!…]+[”’»›)\]}\"']*(?:\[\d{1,3}\])*(?=\s)")
_FINISHED = re.compile(r"[.?!…][”’»›)\]}\"']*(?:\[\d{1,3}\])*$")
_LEADING = "“‘«‹([{\"'–—- \u00a0"
_LIST_HEAD = re.compile(
    r"[\s#“\"]*(?:(?:chương|phần|mục|bài|tập|hồi|quyển|điều|khoản|phụ lục|chapter|part)\s+)?(?:\d+|[ivxlc]+)",
    re.IGNORECASE,
)
_SMALL_PLACES = frozenset({"q", "p", "h", "x", "t", "kp"})
"""q. Bình Thạnh, x. Phong Phú, and t. 2 of a book; with a figure before it (5 h.) the letter is a unit."""
_VERBS = """
hỏi đáp nói kêu bảo reo thưa gọi hét thốt quát mắng dặn khuyên giục nhủ than gắt rên thầm nghĩ lời tâu la
said asked cried called answered
"""
_SAYING = frozenset(_VERBS.split())
_CLAUSE = re.compile(r"[^,.?!…:;]*")
_INNER_MARK = re.compile(r"[;:,][”’»›)\]}\"']*(?=\s)|(?=\s[–—]\s)")


def sentences(text: str) -> tuple[str, ...]:
    """Cut prose at sentence ends; the marks and quotes that close a sentence stay with it.

    A sentence longer than `LONGEST` characters comes in pieces, cut at ; : – or a comma where it has one. Joined again
    the sentences give the text back, whitespace aside.
    """
    return tuple(piece for sentence in _with_words(_whole_sentences(text)) for piece in _pieces(sentence))


def is_finished(piece: str) -> bool:
    """Tell whether a piece ends as a sentence does; a piece of a long one does not."""
    return _FINISHED.search(piece.rstrip()) is not None


def _whole_sentences(text: str) -> Iterator[str]:
    begin = 0
    for mark in _END.finditer(text):
        if _ends_here(text[begin : mark.start()], mark[0], text[mark.end() :].lstrip()):
            yield text[begin : mark.end()].strip()
            begin = mark.end()
    if rest := text[begin:].strip():
        yield rest


def _with_words(found: Iterable[str]) -> list[str]:
    """Put marks that stand alone (…) to the sentence before or behind them: nobody can say them."""
    kept: list[str] = []
    for sentence in found:
        if kept and not (_says_something(sentence) and _says_something(kept[-1])):
            kept[-1] = f"{kept[-1]} {sentence}"
        else:
            kept.append(sentence)
    return kept


def _says_something(text: str) -> bool:
    return any(character.isalnum() for character in text)


def _ends_here(before: str, mark: str, after: str) -> bool:
    following = after.lstrip(_LEADING)
    if following[:1].islower():
        return False
    if mark == ".":
        word = (before.split() or [""])[-1]
        short = word.lstrip(_LEADING)
        if short in _SMALL_PLACES and _leads_to_a_place(before.removesuffix(short), following):
            return False
        if word == "CN" and is_sunday(before[-14:-2], following[:24]):
            return True
        if is_abbreviation(word + mark) or (word[-1:].isdigit() and following[:1].isdigit()):
            return False
        if _LIST_HEAD.fullmatch(before):
            return False
    speech_ended = mark[-1] in "”’»›\"'" or after[:1] in tuple("–—")
    return not (speech_ended and _tells_who_said_it(following))


def _leads_to_a_place(before: str, following: str) -> bool:
    """Tell whether a small letter with a dot goes on: a figure or two capitals follow, no figure comes before."""
    names = following.split(maxsplit=2)[:2]
    is_name = len(names) > 1 and all(name[0].isupper() for name in names)
    return (is_name or following[:1].isdigit()) and not before.rstrip()[-1:].isdigit()


def _tells_who_said_it(following: str) -> bool:
    """Tell whether a clause names the speaker of what was just said (Nam hỏi.), and not of what comes (Nam hỏi:)."""
    clause = _CLAUSE.match(following)
    words = clause[0].split() if clause else []
    leads_on = following[clause.end() : clause.end() + 1] == ":" if clause else False
    return not leads_on and bool(_SAYING & {word.lower() for word in words[:6]})


def _pieces(sentence: str) -> Iterator[str]:
    if len(sentence) <= LONGEST:
        yield sentence
        return
    places = [mark.end() for mark in _INNER_MARK.finditer(sentence)]
    fit = [place for place in places if _SHORTEST_PIECE <= place <= len(sentence) - _SHORTEST_PIECE]
    if not fit:
        yield sentence
        return
    place = min(fit, key=lambda place: _distance(sentence, place))
    yield from _pieces(sentence[:place].strip())
    yield from _pieces(sentence[place:].strip())


def _distance(sentence: str, place: int) -> float:
    """Return how far a place is from the middle; a stronger mark may lie further off than a comma."""
    advantage = 0 if sentence[:place].rstrip("”’»›)]}\"'").endswith(",") else len(sentence) / 8
    return abs(place - len(sentence) / 2) - advantage
