"""Numbers of official papers: 128/NQ-CP, 01/2020/TT-BVHTTDL. The letters are said as letters, never guessed at."""

from __future__ import annotations

import re

from media_service.domain.reading.letters import spelt
from media_service.domain.reading.numbers import Region, digits, whole
from media_service.domain.reading.rule import WORD, Rule

_LETTERS = r"[A-ZĐƯÔ][A-Za-zĐđƯÔ&]{0,11}"
_SYMBOL = rf"{_LETTERS}(?:[-–.]{_LETTERS}){{0,4}}\d{{0,2}}"
_NUMBER = re.compile(rf"(?<![\w/.,-])\d{{1,6}}[a-zA-Z]?(?:/\d{{2,4}})?/{_SYMBOL}(?![\w/])")
_PARTY = re.compile(rf"(?<![\w/.,-])\d{{1,6}}-{_LETTERS}/{_LETTERS}(?:-{_LETTERS})?(?![\w/])")
_LAW = re.compile(r"(?<![\w/.,-])\d{1,4}/\d{4}/QH\d{1,2}(?!\w)")
_BARE = re.compile(r"(?<![\w/.,-])[A-ZĐ]{1,4}g?(?:-(?:[A-ZĐ][A-Za-zĐ]{0,9})){1,3}(?![\w-])")
_STANDARD = re.compile(r"(?<!\w)(TCVN|QCVN|ISO|TCCS)( ?\d{1,6}(?:-\d{1,2})?)(:\d{4})(?!\w)")
_SAID = {"TW": "trung ương", "TƯ": "trung ương"}
"""Who signs for the Party; nobody spells that."""
_KNOWN = re.compile(
    r"(?:NQ|QĐ|NĐ|TT|CT|CV|KH|BC|TB|TTr|HD|CTr|ĐA|QC|CĐ|BB|HĐ|GM|PL|TTLT|VBHN|L)-(?:[A-ZĐ][A-Za-zĐ]{1,9})(?:-[A-ZĐ]\w{0,9})*"
)


def _document(match: re.Match[str], region: Region) -> str:
    number, *rest = match[0].split("/")
    return " ".join([_part(number, region), *(_year_or_part(part, region) for part in rest)])


def _year_or_part(part: str, region: Region) -> str:
    return f"năm {whole(part, region)}" if re.fullmatch(r"(?:19|20)\d\d", part) else _part(part, region)


def _part(part: str, region: Region) -> str:
    """Say one part between strokes: letters by name, and (01) as people do with numbers of papers."""
    said = []
    for piece in re.findall(r"\d+|[^\W\d_]+", part):
        if piece in _SAID:
            said.append(_SAID[piece])
        elif not piece.isdecimal():
            said.append(spelt(piece))
        else:
            said.append(digits(piece) if piece[0] == "0" else whole(piece, region))
    return " ".join(said)


def _bare(match: re.Match[str], region: Region) -> str | None:
    return _part(match[0], region) if _KNOWN.fullmatch(match[0]) else None


def _standard(match: re.Match[str], region: Region) -> str:
    name = {"TCVN": "tiêu chuẩn Việt Nam", "QCVN": "quy chuẩn Việt Nam", "ISO": "i xô"}.get(match[1]) or spelt(match[1])
    return f"{name} {_part(match[2], region)}, năm {whole(match[3][1:], region)}"


RULES = (
    Rule("document", _LAW, _document, WORD, needs="/"),
    Rule("document", _PARTY, _document, WORD, needs="/"),
    Rule("document", _NUMBER, _document, WORD, needs="/"),
    Rule("document", _STANDARD, _standard, WORD, needs=":"),
)
BARE = Rule("document", _BARE, _bare, WORD, needs="-")
"""For after the short forms, which know KH-KT better: NQ-CP."""
