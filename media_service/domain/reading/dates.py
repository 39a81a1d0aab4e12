"""Dates in every form that people write them, and the bare 20/10, which may be a day or a fraction."""

from __future__ import annotations

import re

from media_service.domain.reading.figures import PLAYED
from media_service.domain.reading.numbers import Region, cardinal, whole
from media_service.domain.reading.rule import AMOUNT, WORD, Rule, after, before, last_word, words

_D = r"(?:0?[1-9]|[12]\d|3[01])"
_M = r"(?:0?[1-9]|1[0-2])"
_FREE = r"(?<![\w/.,-])"
_ENDED = r"(?![\w/]|[.,-]\d)"
_TO = r"(?:(?<![\w/.,-])|(?<=\d/\d-)|(?<=\d/\d\d-))"
_FULL = re.compile(rf"{_TO}(?:({_D}) ?[-–] ?)?({_D})([/.-])({_M})\3((?:1\d|20|21)\d\d){_ENDED}")
_SHORT_YEAR = re.compile(rf"{_FREE}()({_D})(/)({_M})/(\d\d){_ENDED}")
_ISO = re.compile(rf"{_FREE}((?:1[5-9]|20)\d\d)-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01]){_ENDED}")
_MONTH = re.compile(rf"{_FREE}({_M}) ?([/.–-]) ?((?:1[1-9]|20|21)\d\d){_ENDED}")
_DAY = re.compile(rf"{_TO}(?:({_D}) ?[-–] ?)?({_D})([/.-])({_M})(?![\w/]|[.,]\d)")
_QUARTER = re.compile(rf"(?<!\w)Q(IV|I{{1,3}}|[1-4])/((?:19|20)\d\d){_ENDED}")
_QUARTERS = {"I": "một", "II": "hai", "III": "ba", "IV": "bốn", "1": "một", "2": "hai", "3": "ba", "4": "bốn"}
_BORN = re.compile(r"(?<!\w)(?:sn|SN|s\.n\.)(?= ?(?:1[89]|20)\d\d(?!\d))")
_YEAR_BEHIND = re.compile(rf"(?<={AMOUNT})/((?:1\d|20|21)\d\d){_ENDED}")

_NO_DAY = words("ngày mùng mồng sáng trưa chiều tối đêm hôm rằm")
"""Words that already say that a day follows."""
_SPAN = words("từ đến tới")
"""Words that join two days, of which the first may be a bare 1/6."""
_DAYS = _NO_DAY | words("lễ dịp mừng niệm nay qua tết")
"""Words that only a day follows."""
_NUMBERED = words("quý kỳ kì đợt khóa khoá tập số")
"""Words whose number may be followed by a year: Quý 3/2023."""
_PARTS = re.compile(
    r" (?:số|dân|diện tích|tổng|quãng|chiều|thế giới|lượng|cốc|thìa|muỗng|bạn|học sinh|người|đường|bài|cuốn|chặng|trong"
    r"|của|nước|đất|ngân sách|kinh phí|thời gian|là|sách|bánh|cái|chiếc|quả|đội|lớp|giờ|ngày|tháng|năm|điểm|khối|nữ|nam"
    r"|đại biểu|thành viên|phiếu|tỉnh|xã|huyện|mặt|tuổi|lít|kg|km|m|tấn)\b"
)
"""What a fraction is a part of."""
_COUNTED = re.compile(r" ?(?:%|triệu|tỷ|tỉ|nghìn|ngàn|kg|km|m|cm|ha|điểm|độ|lít|giờ|mét|cây|lần|tấn|gam)(?!\w)")
_SHARES = words(
    """
hơn gần khoảng chiếm bằng mất còn chỉ được đạt điểm lệ số hẻm ngõ nhà tổ lớp kiệt ngách cứ
"""
)
"""Words that a fraction, a mark or a house number follows."""
_FEASTS = words(
    """
8/3 30/4 1/5 1/6 2/9 20/10 20/11 22/12 27/7 19/5 3/2 26/3 21/6 10/3 23/9 19/8 27/2 9/1 15/5 21/4 18/5 23/11 28/6
15/10 13/10 10/10 24/3 19/4 7/5 20/7
"""
)
"""Days that everybody knows by their figures."""
_WELL_KNOWN = words("1/1 8/3 26/3 30/4 1/5 7/5 19/5 1/6 27/7 19/8 2/9 10/10 20/10 20/11 22/12")
"""The feasts that are also written 2-9, which may be a range as well."""
_FEASTED = re.compile(
    r"(?:(?<!\w)(?:lễ|dịp|ngày|nghỉ|mừng|niệm|thiếu nhi|quốc khánh|phụ nữ|lao động|nhà giáo|giải phóng|thống nhất"
    r"|liệt s[ĩỹ]|thành lập đoàn|quân đội|thủ đô|điện biên phủ|(?:ngày|lễ)[^.;:,\d]{1,30}việt nam) )"
    r"(?:ngày )?((?:\d{1,2}[-./]\d{1,2}(?:, | và )){0,5})$"
)
"""What stands before 2-9 where it is a feast, with others of its list between."""
_DATED = words("nghỉ trước chót hạn")
"""Words that a 1/1 follows as a day, where it is no part of something."""


def _month(month: str, region: Region) -> str:
    return "tư" if int(month) == 4 else cardinal(int(month), region)


def _day_of_month(first: str | None, day: str, month: str, region: Region) -> str:
    until = f"{cardinal(int(first), region)} đến " if first else ""
    return f"{until}{cardinal(int(day), region)} tháng {_month(month, region)}"


def _full(match: re.Match[str], region: Region) -> str:
    first, day, _, month, year = match.groups()
    return f"{_lead(match)}{_day_of_month(first, day, month, region)} năm {whole(year, region)}"


def _iso(match: re.Match[str], region: Region) -> str:
    year, month, day = match.groups()
    return f"{_lead(match)}{_day_of_month(None, day, month, region)} năm {whole(year, region)}"


def _lead(match: re.Match[str]) -> str:
    return "" if last_word(before(match)) in _SPAN | _NO_DAY else "ngày "


def _month_of_year(match: re.Match[str], region: Region) -> str | None:
    month, separator, year = match.groups()
    lead = last_word(before(match))
    if lead in {"lệ", "đồ"}:
        return None
    if lead == "tháng":
        return f"{_month(month, region)} năm {whole(year, region)}"
    if separator != "/":
        return None
    if lead in _NUMBERED:
        return f"{cardinal(int(month), region)} năm {whole(year, region)}"
    return f"tháng {_month(month, region)} năm {whole(year, region)}"


def _day(match: re.Match[str], region: Region) -> str | None:
    first, day, separator, month = match.groups()
    lead = before(match)
    if separator != "/":
        is_meant = (
            last_word(lead) in _DAYS
            or _spans(lead, after(match))
            or _is_feast(int(day), int(month), before(match, 80), after(match))
            or (separator == "-" and int(day) > int(month) and _falls(f"{day}/{month}", lead, after(match)))
        )
        if not is_meant or re.match(r" (?:tháng|lần|viên|bữa|cốc|ly)(?!\w)| ?[-–/]\d", after(match)):
            return None
    elif not _is_day(int(day), int(month), lead, after(match)):
        return None
    return _day_of_month(first, day, month, region)


def _spans(lead: str, behind: str) -> bool:
    """Tell whether a 1.6 or 1-6 stands in “từ 1.6 đến 31.8”, and is no 3.5 triệu."""
    if _COUNTED.match(re.sub(r"^ (?:đến|tới) \d{1,2}[.-]\d{1,2}", "", behind)):
        return False
    return re.search(r"từ \d{1,2}[.-]\d{1,2} (?:đến|tới) $", lead) is not None or (
        last_word(lead) == "từ" and re.match(r" (?:đến|tới) \d{1,2}[.-]\d{1,2}(?!\d)", behind) is not None
    )


def _is_feast(day: int, month: int, lead: str, behind: str) -> bool:
    """Tell whether a 2-9 is a feast: Quốc khánh 2-9; in a list of days (dịp 2-9 và 15-8) any is a day."""
    if lead.endswith("chiến thắng ") and (day, month) in {(30, 4), (7, 5)}:
        return True
    found = _FEASTED.search(lead)
    if found is None or _PARTS.match(behind) or _COUNTED.match(behind):
        return False
    return f"{day}/{month}" in _WELL_KNOWN or bool(found[1])


def _falls(feast: str, lead: str, behind: str) -> bool:
    """Tell whether a 20-11 is a feast wherever it stands: no range falls, but a score and pieces of a day may."""
    is_other = PLAYED.search(lead) or _PARTS.match(behind) or _COUNTED.match(behind)
    return feast in _WELL_KNOWN and not is_other


_UNTIL_DAY = re.compile(rf" (?:đến|tới) (?:hết )?(?:ngày )?(?:\d{{1,2}}/\d{{1,2}}(?![\d/])|{AMOUNT}+)")


def _is_day(day: int, month: int, lead: str, behind: str) -> bool:
    """Weigh what stands around a bare 20/10: who reads it as a part, a mark or a house number, who as a day."""
    word = last_word(lead)
    until = _UNTIL_DAY.match(behind) if word == "từ" else None
    if until and not _PARTS.match(behind[until.end() :]):
        return True
    if word in _DAYS or behind.startswith((" âm lịch", " dương lịch", " hằng năm", " hàng năm", " al")):
        return True
    if word in _DATED and not (_PARTS.match(behind) or _COUNTED.match(behind)):
        return True
    is_part = (day, month) == (24, 7) or word in _SHARES or (day <= month and _PARTS.match(behind) is not None)
    if is_part:
        return False
    far_ahead = re.match(rf" ?[-–] ?{AMOUNT}", behind) or re.search(r"\d/\d{1,2} ?[-–,] ?$|ngày [\d/, và]+$", lead)
    return f"{day}/{month}" in _FEASTS or day > month or month > 10 or far_ahead is not None


def _year_behind(match: re.Match[str], region: Region) -> str:
    return f" năm {whole(match[1], region)}"


RULES = (
    Rule("date", _QUARTER, lambda match, region: f"quý {_QUARTERS[match[1]]} năm {whole(match[2], region)}", needs="Q"),
    Rule("date", _BORN, lambda _match, _region: "sinh năm", WORD, needs="nN."),
    Rule("date", _FULL, _full, needs="/.-"),
    Rule("date", _SHORT_YEAR, _full, needs="/"),
    Rule("date", _ISO, _iso, needs="-"),
    Rule("date", _MONTH, _month_of_year, needs="/.-–"),
    Rule("date", _DAY, _day, needs="/.-"),
)
YEAR_BEHIND = Rule("date", _YEAR_BEHIND, _year_behind, needs="/")
"""For after Roman numerals: quý III/2023."""
