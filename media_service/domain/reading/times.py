"""Times of the day and lengths of time: 7h30, 14:30, 7g30, 5'30", 8 AM."""

from __future__ import annotations

import re

from media_service.domain.reading.numbers import Region, cardinal
from media_service.domain.reading.rule import AMOUNT, START, Rule, before

_FROM = r"(?:(?<![\w/.,:@+-])|(?<=\d[hHg:]-)|(?<=[hHg:]\d\d-))"
"""As START; or the end of 7h-17h, 7h30-11h30."""
_HOURS = re.compile(rf"{_FROM}(\d{{1,3}}) ?[hH](?:([0-5]\d)(?: ?(?:phút|ph|p|'|’|′)(?!\w))?)?(?!\w)")
_SOUTHERN = re.compile(rf"(?:{_FROM}|(?<={AMOUNT}[-–]))([01]?\d|2[0-4])g([0-5]\d)(?: ?(?:phút|ph|p)(?!\w))?(?!\w)")
_SPACED = re.compile(
    rf"{START}([01]?\d|2[0-4]) g ([0-5]\d)(?: ?(?:phút|ph|p)(?!\w))?(?![\w/%]|[.,]\d"
    r"| ?(?:g|gr|gam|kg|mg|ml|l|lít)(?!\w))"
)
_PART_OF_DAY = re.compile(
    rf"{START}([01]?\d|2[0-4]) ?g()(?= (?:sáng|trưa|chiều|tối(?! đa| thiểu| ưu| màu)|đêm|khuya)(?!\w))"
)
_SPAN = ("-", " - ", "–", " – ", " đến ")
_BESIDE = "|".join(rf"(?<=\dg[0-5]\d{link})" for link in _SPAN)
_WITH_MINUTES = re.compile(
    rf"{START}([01]?\d|2[0-4])g(?=(?: ?[-–] ?| đến )\d{{1,2}}g[0-5]\d)|(?:{_BESIDE})([01]?\d|2[0-4])g(?!\w)"
)
"""The full hour of 7g-11g30; alone it could be a weight."""
_FULL_HOUR = re.compile(rf"{START}([01]?\d|2[0-4])( giờ 00(?: phút)?)(?![\w/]|[.,:]\d)")
_CLOCK = re.compile(
    rf"{_FROM}([01]?\d|2[0-4]):([0-5]\d)(?::([0-5]\d))?(?: ?([AaPp])\.?[Mm](?:\.(?=\W)|\b))?(?![\w/:]|\.\d| 000)"
)
_HALF_DAY = re.compile(rf"{START}(1[0-2]|0?[1-9])()() ?([AaPp])\.?[Mm](?:\.(?=\W)|\b)")
_LENGTH = re.compile(rf"{START}(?<![°º])(\d{{1,3}})(?:['’′](\d{{1,2}})(?:''|’’|[\"”″])|′|['’](?=[\s,;.)]|$))")
_RATIO = re.compile(r"(?:tỷ|tỉ) (?:số|lệ)[^.;]{0,12}$|bản đồ[^.;]{0,12}$")


def _hours(match: re.Match[str], region: Region) -> str:
    return _time(int(match[1]), int(match[2] or 0), region)


def _time(hour: int, minute: int, region: Region) -> str:
    said = f"{cardinal(hour, region)} giờ"
    return f"{said} {cardinal(minute, region)} phút" if minute else said


def _clock(match: re.Match[str], region: Region) -> str | None:
    if _RATIO.search(before(match)):
        return None
    hour, minute, second, half = match.groups()
    said = _time(int(hour), int(minute or 0), region)
    said += f" {cardinal(int(second), region)} giây" if second else ""
    return f"{said} {_part_of_day(int(hour), half)}" if half else said


def _part_of_day(hour: int, half: str) -> str:
    if half in "Aa":
        return "sáng"
    return "trưa" if hour == 12 else "chiều" if hour < 6 else "tối"


def _length(match: re.Match[str], region: Region) -> str | None:
    if (
        match[0][-1] in "'’"
        and not match[2]
        and re.search("['‘]", match.string[max(0, match.start() - 200) : match.start()])
    ):
        return None  # it closes a quotation
    minutes = f"{cardinal(int(match[1]), region)} phút"
    return f"{minutes} {cardinal(int(match[2]), region)} giây" if match[2] else minutes


RULES = (
    Rule("time", _HOURS, _hours, needs="hH"),
    Rule("time", _WITH_MINUTES, lambda match, region: _time(int(match[1] or match[2]), 0, region), needs="g"),
    Rule("time", _SOUTHERN, _hours, needs="g"),
    Rule("time", _SPACED, _hours, needs="g"),
    Rule("time", _PART_OF_DAY, _hours, needs="g"),
    Rule("time", _FULL_HOUR, lambda match, region: _time(int(match[1]), 0, region), needs="g"),
    Rule("time", _CLOCK, _clock, needs=":"),
    Rule("time", _HALF_DAY, _clock, needs="mM"),
    Rule("time", _LENGTH, _length, needs="'’′"),
)
