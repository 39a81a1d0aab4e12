"""Roman numerals: read behind a word that asks for one, behind a ruler's name, at a list's head, or unmistakable."""

from __future__ import annotations

import re

from media_service.domain.reading.numbers import Region, cardinal
from media_service.domain.reading.rule import WORD, Rule, before

_ROMAN = r"(?=[IVXLCDM])(?:M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3}))"
_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
_NO_NUMERALS = frozenset("CDLM")
"""Letters that alone are letters: phụ lục C, vitamin D."""
_KEYWORDS = (
    "thiên niên kỷ|thiên niên kỉ"
    "|chương|phần|hồi|quyển|tập|thế kỷ|thế kỉ|thế kỷ thứ|tk|thứ|khóa|khoá|phụ lục|quý|khoản|mục|điều|tiết|bài|kỳ|kì"
    "|giai đoạn|lần|vòng|đợt|học kỳ|học kì|khu vực|vùng|hạng|bậc|cấp|loại|nhóm|bảng|cảnh|màn|đại hội|đại hội đảng"
    "|thế chiến|chiến tranh thế giới|số|bộ|tiểu mục|chuyên đề|quân khu|liên khu|đời|lớp|trụ|cuốn|buổi|chuyên mục|câu"
)
_BEHIND_KEYWORD = re.compile(
    rf"(?<!\w)((?i:{_KEYWORDS}) (?i:thứ )?)({_ROMAN}(?:(?: ?[-–,/] ?| và | đến | hoặc ){_ROMAN}(?!\w)){{0,9}})(?!\w)"
)
_RULERS = (
    "Louis|Lui|Napoléon|Napoleon|Elizabeth|Henry|George|Charles|Pie|Piô|Phaolô|Paul|Benedict|Ramses|Ramesses|Rama|Nikolai"
    "|Pyotr|Alexander|Alexandre|Edward|Wilhelm|Friedrich|Frederick|Philip|Philippe|James|William|Leopold|Gustav"
    "|Catherine|Ivan|Mehmed|Ptolemy|Tutankhamun|Jaya|Varman|Jayavarman|Suryavarman|Indravarman|Harivarman|Simhavarman"
    "|Chế Bồng Nga|Sinhavarman|Bhadravarman|Norodom|Franz|Karl|Juan Carlos|Haakon|Victor"
)
_RULER = re.compile(rf"(?<!\w)((?:{_RULERS}) )({_ROMAN})(?!\w)")
_RULER_OF_THE_LEXICON = re.compile(rf"(?<={WORD} )(I|II|III|IV)(?!\w)")
_ORDER = {1: "đệ nhất", 2: "đệ nhị", 3: "đệ tam", 4: "đệ tứ"}
_MEDAL = {1: "nhất", 2: "nhì", 3: "ba"}
_HEAD = re.compile(rf"^(?![CDLM][./)])({_ROMAN})(?=[./)] ?[^\W\d_a-z])")
_UNMISTAKABLE = re.compile(
    r"(?<![\w./-])(?!(?:VI|XI|LI|MI|CI|DI)(?!\w))(?:X{0,3}(?:IX|IV|V?I{0,3}))(?<=[IVX][IVX])(?!\w|[./-]\w)"
)


def value(numeral: str) -> int:
    """Return what a Roman numeral counts."""
    worth = [_VALUES[letter] for letter in numeral]
    return sum(-one if one < two else one for one, two in zip(worth, [*worth[1:], 0], strict=True))


def _said(numeral: str, region: Region) -> str:
    return cardinal(value(numeral), region)


def _behind_keyword(match: re.Match[str], region: Region) -> str | None:
    keyword, numerals = match.groups()
    if numerals in _NO_NUMERALS:
        return None
    is_ordinal = keyword.casefold().endswith("thứ ")
    is_medal = keyword.casefold() == "hạng " and re.search(r"hu[ây] ?[nc]? ?chương", before(match, 40)) is not None

    def one(numeral: re.Match[str]) -> str:
        number = value(numeral[0])
        if is_ordinal and number in {1, 4}:
            return {1: "nhất", 4: "tư"}[number]
        return _MEDAL.get(number) if is_medal and number in _MEDAL else cardinal(number, region)  # type: ignore[return-value]  # looked up

    ranged = re.sub(r" ?[-–] ?", " đến ", numerals)
    return re.sub(r"[IVXLCDM]+", one, ranged)


def _ruler(match: re.Match[str], region: Region) -> str:
    number = value(match[2])
    return _ORDER.get(number) or cardinal(number, region)


RULES = (
    Rule("roman", _BEHIND_KEYWORD, _behind_keyword, group=2, needs="IVXLCDM"),
    Rule("roman", _RULER, _ruler, group=2, needs="IVX"),
    Rule("roman", _RULER_OF_THE_LEXICON, lambda match, _: _ORDER[value(match[1])], needs="I"),
    Rule("roman", _HEAD, lambda match, region: _said(match[1], region), needs="IVX"),
    Rule("roman", _UNMISTAKABLE, lambda match, region: _said(match[0], region), needs="IVX"),
)
