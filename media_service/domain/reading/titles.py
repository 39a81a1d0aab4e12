"""Short forms that only their surroundings tell: titles before a name, places, initials, days of the week."""

from __future__ import annotations

import re

from media_service.domain.reading.letters import spelt
from media_service.domain.reading.numbers import Region, cardinal
from media_service.domain.reading.rule import AMOUNT, WORD, Rule, before, last_word, literally, words
from media_service.domain.reading.syllable import is_syllable

_TITLES = {
    "GS": "giáo sư", "PGS": "phó giáo sư", "TSKH": "tiến sĩ khoa học", "TS": "tiến sĩ", "Ths": "thạc sĩ",
    "ThS": "thạc sĩ", "Th.S": "thạc sĩ", "THS": "thạc sĩ", "BS": "bác sĩ", "BSCKI": "bác sĩ chuyên khoa một",
    "BSCKII": "bác sĩ chuyên khoa hai", "CKI": "chuyên khoa một", "CKII": "chuyên khoa hai", "DS": "dược sĩ",
    "KS": "kỹ sư", "KTS": "kiến trúc sư", "LS": "luật sư", "CN": "cử nhân", "NSND": "nghệ sĩ nhân dân",
    "NSƯT": "nghệ sĩ ưu tú", "NGND": "nhà giáo nhân dân", "NGƯT": "nhà giáo ưu tú", "NNƯT": "nghệ nhân ưu tú",
    "NNND": "nghệ nhân nhân dân", "TTND": "thầy thuốc nhân dân", "TTƯT": "thầy thuốc ưu tú", "HS": "họa sĩ",
    "NS": "nhạc sĩ", "ĐD": "đạo diễn", "VS": "viện sĩ", "LM": "linh mục", "Ts": "tiến sĩ",
    "Gs": "giáo sư", "Pgs": "phó giáo sư", "Bs": "bác sĩ", "Ks": "kỹ sư",
}  # fmt: skip
_UNDOTTED = words("GS PGS TSKH TS ThS Th.S BS KTS NSND NSƯT NGND NGƯT NNƯT TTND TTƯT")
"""Titles that are known without a dot too; CN or HS mean other things as often."""
_ONE = "|".join(re.escape(title) for title in sorted(_TITLES, key=len, reverse=True))
_KNOWN = "|".join(re.escape(title) for title in sorted(_UNDOTTED, key=len, reverse=True))
_CHAIN = re.compile(
    rf"(?<![\w.])(?:(?:{_ONE})(?:\. ?|, ?| (?=(?:{_ONE})[ .])|-)){{0,4}}"
    rf"(?:(?:{_ONE})\.|(?:{_KNOWN})(?![\w.]))(?= ?(?:[^\W\d_a-z]|{WORD}))"
)
_TITLE = re.compile(_ONE)
_DAY_AHEAD = re.compile(
    r"(?:thứ (?:[2-7]|hai|ba|tư|năm|sáu|bảy)|(?<!\w)t[2-7])(?: ?[-–,/] ?| và | đến )$", re.IGNORECASE
)

_PLACES = {
    "TP": "thành phố", "Tp": "thành phố", "tp": "thành phố", "TX": "thị xã", "Tx": "thị xã", "tx": "thị xã",
    "TT": "thị trấn", "Tt": "thị trấn", "tt": "thị trấn", "KP": "khu phố", "Kp": "khu phố", "kp": "khu phố",
    "Q": "quận", "q": "quận", "P": "phường", "p": "phường", "H": "huyện", "h": "huyện", "X": "xã", "x": "xã",
    "T": "tỉnh", "t": "tỉnh", "Đ": "đường", "Ô": "ông",
}  # fmt: skip
_PLACE = re.compile(rf"(?<![\w.])({'|'.join(_PLACES)})\.(?!Ư(?!\w))(?= ?([^\W\d_]+|\d|{WORD})( [^\W\d_]+)?)")
_SURE = frozenset(short for short in _PLACES if len(short) > 1)
_LISTED = re.compile(r"[\w,] $")
"""What stands before x. of a place; at the head of a sentence or bracket it is xem."""
_NUMBERED = {"Q": "quận", "q": "quyển", "P": "phường", "T": "tập", "t": "tập"}
_ROADS = {"QL": "quốc lộ ", "TL": "tỉnh lộ ", "ĐT": "đường tỉnh ", "HL": "hương lộ ", "TK": "thế kỷ "}
_ROAD = re.compile(r"(?<![\w.])(QL|TL|ĐT|HL|TK)[. -]?(?=\d)")
_SEPARATED = ("-", "–", ", ", " - ", " – ", " và ", " đến ")
_BEHIND_DAY = "|".join(rf"(?<=T\d{separator})" for separator in _SEPARATED)
_WEEK = re.compile(rf"(?<!\w)T([2-7])(?=(?: ?[-–,] ?| và | đến )(?:T[2-7]|CN)(?!\w))|(?:{_BEHIND_DAY})T([2-7])(?!\w)")
_DAY_NAMES = ("[Tt]hứ [2-7]", "hứ [Hh]ai", "hứ [Bb]a", "hứ [Tt]ư", "hứ [Nn]ăm", "hứ [Ss]áu", "ảy")
_BEHIND_DAY_NAME = "|".join(rf"(?<={day}{separator}CN)" for separator in (*_SEPARATED, "/") for day in _DAY_NAMES)
_BEHIND_AMOUNT = "|".join(rf"(?<={AMOUNT}{separator}CN)" for separator in _SEPARATED)
_SUNDAY = re.compile(
    rf"CN(?!\w)(?:{_BEHIND_DAY_NAME}|{_BEHIND_AMOUNT}|(?<=[Ss]áng CN)|(?<=[Cc]hiều CN)|(?<=[Tt]ối CN))"
)
_TOWN = re.compile(r"(?<![\w.])TX(?= [A-ZĐ][^\W\d_]+ [A-ZĐ])")
_INITIALS = re.compile(r"(?<![\w.])(?!C\. ?M[áa]c(?!\w))(?:[A-ZĐ]\. ?){0,3}[A-ZĐ]\.(?= ?[^\W\d_][^\W\d_])")
_INITIALS_ONLY = re.compile(r"(?<![\w.])(?!T\.Ư(?!\w))(?:[A-ZĐÔƠƯ]\.){1,4}[A-ZĐÔƠƯ](?![\w]|\.\w)")
_VICE = re.compile(r"(?<![\w.])P\.(?= ?(?:Giám đốc|Trưởng|Chủ tịch|Chủ nhiệm|Hiệu trưởng|Tổng|Bí thư|Viện trưởng))")
_TIMES = frozenset("thp")
"""Behind a figure these are years of age, hours, minutes."""
_AND_SO_ON = re.compile(r"(?<![\w.])(?:v\.v|vv)(?:\.{1,4}|…)?(?!\w)")
_PAGE = re.compile(r"(?<![\w.])[Tt]r(?= \d)")
_NO_NAME = words(
    """
vitamin lớp nhóm hàng khu loại khối tổ điểm đội bảng phòng phần mục câu ý hệ chữ văn thị tủ kệ giá nhà cô anh chị bạn em
ông bà thầy bác chú dì cậu mợ cụ
"""
)
"""Words whose letter is a name of its own and ends the sentence with its dot."""
_LETTER = re.compile(r"(?<![\w.’'-])[BCDĐGHKLMNPQRSTVXFJWZ](?![\w’'-]|\.\w)")


def _chain(match: re.Match[str], _: Region) -> str | None:
    if match[0] == "CN." and is_sunday(match.string[: match.start()][-12:], match.string[match.end() :][:24]):
        return None
    return " ".join(_TITLES[title] for title in _TITLE.findall(match[0]))


def is_sunday(lead: str, behind: str) -> bool:
    """Tell whether CN. between these ends a sentence about days (thứ 7, CN.) and is no graduate with a name."""
    names = behind.split(maxsplit=2)[:2]
    is_name = len(names) > 1 and all((name[0].isupper() and name[1:].islower()) or name[0] == WORD for name in names)
    return _DAY_AHEAD.search(lead) is not None and not is_name


def _place(match: re.Match[str], _: Region) -> str | None:
    short, following, behind = match.groups()
    if following.isdecimal():
        if short == "P" and re.match(r" ?\d{3}(?!\d)", match.string[match.end() :]):
            return "phòng"
        return _NUMBERED.get(short) or _dotted(short)
    if not (following[0].isupper() or following == WORD):
        return None
    if short in _SURE:
        return _dotted(short)
    is_other = short in _TIMES and before(match).rstrip()[-1:].isdecimal()
    if is_other or (short == "x" and not _LISTED.search(before(match))):
        return None
    names = [following, (behind or "").strip()]
    return _PLACES[short] if all(map(_is_of_a_name, names)) else None


def _is_of_a_name(word: str) -> bool:
    return word[:1].isupper() and (word[1:].islower() or not word[1:]) and is_syllable(word)


def _dotted(short: str) -> str | None:
    return _PLACES[short] if short in _SURE else None


def _week(match: re.Match[str], region: Region) -> str:
    day = int(match[1] or match[2])
    return f"thứ {'tư' if day == 4 else cardinal(day, region)}"


def _and_so_on(match: re.Match[str], _: Region) -> str:
    """Say v.v. with its stop where the sentence ends with it."""
    behind = match.string[match.end() :][:8]
    ends = match[0][-1] in ".…" and (not behind.lstrip('”"’») ') or behind.lstrip()[:1].isupper())
    return f"vân vân{match[0][-1]}" if ends else "vân vân"


def _initials(match: re.Match[str], _: Region) -> str | None:
    name = match.string[match.end() : match.end() + 2].lstrip()[:1]
    if not name.isupper():
        return None
    if match[0].count(".") == 1 and not _opens_a_name(before(match), match):
        return None
    return spelt(match[0])


def _opens_a_name(lead: str, match: re.Match[str]) -> bool:
    """Tell whether a single letter with a dot is an initial, and not the end of a sentence."""
    word = match.string[max(0, match.start() - 24) : match.start()].split()[-1:]
    follows_on = bool(word) and (word[0][-1] in '(“",' or word[0].islower())
    return not lead.strip() or (follows_on and last_word(lead) not in _NO_NAME)


def _letter(match: re.Match[str], _: Region) -> str | None:
    behind = match.string[match.end() : match.end() + 3]
    is_initial = behind[:1] == "." and behind[1:].strip()[:1].isupper() and last_word(before(match)) not in _NO_NAME
    return None if is_initial or _in_heading(match) else spelt(match[0])


def _in_heading(match: re.Match[str]) -> bool:
    beside = re.findall(r"[^\W\d_]{2,}", match.string[max(0, match.start() - 12) : match.end() + 12])
    return bool(beside) and all(word.isupper() for word in beside)


RULES = (
    Rule("title", _CHAIN, _chain, WORD, needs="STDNKMĐLV"),
    Rule("place", _PLACE, _place, WORD, needs="."),
    Rule("place", _TOWN, literally("thị xã"), WORD, needs="X"),
    Rule("road", _ROAD, lambda match, _: _ROADS[match[1]], WORD, needs="LT"),
    Rule("week", re.compile(r"(?<!\w)T7/CN(?!\w)"), literally("thứ bảy, chủ nhật"), WORD, needs="T"),
    Rule("week", _WEEK, _week, needs="T"),
    Rule("week", _SUNDAY, literally("chủ nhật"), needs="C"),
    Rule("title", _VICE, literally("phó"), WORD, needs="P"),
    Rule("short form", _AND_SO_ON, _and_so_on, WORD, needs="v"),
    Rule("short form", _PAGE, literally("trang"), WORD, needs="r"),
    Rule("letters", _INITIALS, _initials, WORD, needs="."),
    Rule("letters", _INITIALS_ONLY, lambda match, _: spelt(match[0]), WORD, needs="."),
)
LETTER = Rule("letters", _LETTER, _letter, WORD)
"""A letter that stands alone, for after all other rules: vitamin C."""
