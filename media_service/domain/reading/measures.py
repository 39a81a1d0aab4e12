"""Figures with what they measure: lengths, weights, temperatures, shares, money."""

from __future__ import annotations

import re

from media_service.domain.reading.numbers import FIGURE, Region, cardinal, figure
from media_service.domain.reading.rule import AMOUNT, WORD, Rule, after, before, from_table, last_word, literally

_UNITS = {
    "km": "ki lô mét", "hm": "héc tô mét", "dam": "đề ca mét", "m": "mét", "dm": "đề xi mét", "cm": "xăng ti mét",
    "mm": "mi li mét", "µm": "mi crô mét", "nm": "na nô mét", "ha": "héc ta", "kg": "ki lô gam", "hg": "héc tô gam",
    "g": "gam", "gr": "gam", "mg": "mi li gam", "l": "lít", "L": "lít", "lít": "lít", "ml": "mi li lít",
    "mL": "mi li lít", "cl": "xăng ti lít", "dl": "đề xi lít", "s": "giây", "ms": "mi li giây", "ph": "phút",
    "km/h": "ki lô mét trên giờ", "km/giờ": "ki lô mét trên giờ", "m/s": "mét trên giây", "kWh": "ki lô oát giờ",
    "KWh": "ki lô oát giờ", "kW": "ki lô oát", "KW": "ki lô oát", "MW": "mê ga oát", "GW": "gi ga oát", "W": "oát",
    "V": "vôn", "kV": "ki lô vôn", "Hz": "héc", "kHz": "ki lô héc", "MHz": "mê ga héc",
    "GHz": "gi ga héc", "KB": "ki lô bai", "MB": "mê ga bai", "GB": "gi ga bai", "TB": "tê ra bai",
    "Mbps": "mê ga bít trên giây", "dB": "đề xi ben", "Pa": "pát can", "hPa": "héc tô pát can",
    "mmHg": "mi li mét thủy ngân", "kcal": "ki lô ca lo", "cal": "ca lo", "inch": "in",
    "°C": "độ xê", "ºC": "độ xê", "oC": "độ xê", "℃": "độ xê", "°F": "độ ép", "ºF": "độ ép", "°K": "độ ca", "°": "độ",
    "º": "độ", "%": "phần trăm", "‰": "phần nghìn",
}  # fmt: skip
_SQUARES = {
    f"{unit}{sign}": f"{_UNITS[unit]} {said}"
    for unit in ("km", "m", "dm", "cm", "mm", "hm", "dam")
    for sign, said in (("²", "vuông"), ("2", "vuông"), ("³", "khối"), ("3", "khối"))
}
_MONEY = {
    "đ": "đồng", "₫": "đồng", "Đ": "đồng", "VNĐ": "đồng", "VND": "đồng", "vnđ": "đồng", "vnd": "đồng",
    "USD": "đô la Mỹ", "US$": "đô la Mỹ", "$": "đô la", "EUR": "ơ rô", "€": "ơ rô", "£": "bảng Anh", "GBP": "bảng Anh",
    "¥": "yên", "JPY": "yên", "CNY": "nhân dân tệ", "k": "nghìn", "tr": "triệu",
}  # fmt: skip
_ALL = {**_UNITS, **_SQUARES, **_MONEY}
_ATTACHED_ONLY = {"k", "tr", "V", "W", "L", "s", "º", "o", "Pa"}
"""Behind a blank these are more often something else."""


def _either(names: list[str]) -> str:
    return "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))


_PER = r"(?:/(km²|km2|m²|m2|m³|m3|kg|kWh|ha|km|giờ|phút|giây|h|s|l|ml|cm²)(?![\w²³]))?"
_UNIT_END = r"(?![\w²³]|/\d)"
_COUNTED = (
    "vài|mấy|nhiều|từng|mỗi|nửa|rưỡi|chục|trăm|nghìn|ngàn|vạn|triệu|tỷ|tỉ|mươi|mười|một|hai|ba|bốn|tư|năm|lăm|sáu|bảy|bẩy"
    "|tám|chín|mốt"
)
_UNCOUNTABLE = _ATTACHED_ONLY | {"l", "g", "h", "đ", "Đ", "TB"}
"""Behind a word these are more often letters."""
_BEHIND_WORD = re.compile(
    rf"(?<!\w)(?i:{_COUNTED}) ({_either([name for name in _ALL if name[0].isalpha() and name not in _UNCOUNTABLE])})"
    rf"{_UNIT_END}(?=[ .,;:!?)…/”\"–-]|$)"
)
_BEHIND_FRACTION = re.compile(rf"(?<={AMOUNT}) (km|kg|cm|mm|dm|m|ha|g|l|ml|mg|m2|m²|m³|km2|km²){_UNIT_END}")
_MILESTONE = re.compile(r"(?<![\w/])(?:K[mM](?= ?\d)|km(?= ?\d{2}))")
_MEASURE = re.compile(
    rf"(?:(?<![\w/])|(?<=\d[x×X]))({FIGURE})(?: ?({_either([name for name in _ALL if name not in _ATTACHED_ONLY])})"
    rf"|({_either(sorted(_ATTACHED_ONLY - {'o'}))})){_PER}{_UNIT_END}(?!\.\w)"
)
_MIXED = re.compile(r"(?<![\w/.,])(\d{1,3})(m|kg|km|ha|tr)(?![23](?!\d))(\d{1,3})(?!\w)")
_MILLIONS = re.compile(r"(?:(?<=\d)|(?<=\d ))tr\.?(?= ?(?:đồng|đô|đ|VNĐ|VND|USD)(?!\w))")
"""With its point too: 30 tr. đồng is no page."""
_VOLTS = re.compile(r"(?<=\d )V(?=[,;.)]|$)")
_SIGN_FIRST = re.compile(rf"(?<!\w)(US\$|[$€£¥]) ?({FIGURE})(?: (nghìn|ngàn|triệu|tỷ|tỉ)(?!\w))?(?!\w)")
_PLACE = re.compile(r"(?<![\w/.,])(\d{1,3})[°º](\d{1,2})['’′](?:(\d{1,2}(?:,\d+)?)(?:''|[\"”″]))? ?([BNĐTEWS])?(?!\w)")
_SIDES = {"B": "Bắc", "N": "Nam", "Đ": "Đông", "T": "Tây", "E": "Đông", "W": "Tây", "S": "Nam"}
_BARE_UNIT = re.compile(r"(?<![\w/])(?:km|dm|cm|mm|m)[²³](?!\w)")
_A_UNIT = re.compile(r"(?<=[^\W\d_])/(km²|km2|m²|m2|m³|m3|km|kg|kWh|ha|giờ|h|s|l|ml)(?![\w²³])")
_MONEY_SIGN = re.compile(r"(?:(?<=triệu )|(?<=tỷ )|(?<=tỉ )|(?<=nghìn )|(?<=ngàn ))(?:đ|VNĐ|VND|USD)(?!\w)")
_DEGREE_LETTER = re.compile(r"(?<=[Đđ]ộ )[CFK](?!\w)")
_TIGHT_SCALE = re.compile(
    rf"(?<![\w/])({FIGURE})(?=(?:tỷ|tỉ|triệu|nghìn|ngàn|đồng|tuổi|tấn|tạ|năm|ngày|tháng|người)(?!\w))"
)


def _unit(name: str, region: Region) -> str:
    return {"h": "giờ", "giờ": "giờ", "phút": "phút", "giây": "giây"}.get(name) or _in_region(_ALL[name], region)


def _in_region(said: str, region: Region) -> str:
    return said.replace("nghìn", "ngàn") if region is Region.SOUTH else said


def _measure(match: re.Match[str], region: Region) -> str | None:
    number, spaced, tight, per = match.groups()
    if tight == "tr" and after(match)[:1] == ".":
        return None  # a page, or money that is read with its point
    said = f"{figure(_decimal(number), region)} {_unit(spaced or tight, region)}"
    return f"{said} trên {_unit(per, region)}" if per else said


def _decimal(number: str) -> str:
    """Take a dot before one or two figures for a comma: before a unit it is nothing else."""
    return number.replace(".", ",") if re.fullmatch(r"\d+\.\d{1,2}", number) else number


def _mixed(match: re.Match[str], region: Region) -> str:
    return f"{cardinal(int(match[1]), region)} {_ALL[match[2]]} {cardinal(int(match[3]), region)}"


def _sign_first(match: re.Match[str], region: Region) -> str:
    scale = f" {match[3]}" if match[3] else ""
    return f"{figure(_decimal(match[2]), region)}{scale} {_MONEY[match[1]]}"


def _a_unit(match: re.Match[str], region: Region) -> str:
    """Say what something is counted by: người trên ki lô mét vuông, but đồng một ki lô gam."""
    link = "một" if last_word(before(match)) in {"đồng", "đ"} else "trên"
    return f" {link} {_unit(match[1], region)}"


def _place(match: re.Match[str], region: Region) -> str:
    degrees, minutes, seconds, side = match.groups()
    said = f"{cardinal(int(degrees), region)} độ {cardinal(int(minutes), region)} phút"
    said += f" {figure(seconds, region)} giây" if seconds else ""
    if side == "N" and not re.search("[°º][^°º]{0,12}[ĐBT]", match.string):
        return f"{said} Bắc"  # as maps of the world write it; in Vietnamese N is Nam beside Đ and T
    return f"{said} {_SIDES[side]}" if side else said


RULES = (
    Rule("place", _PLACE, _place, needs="°º"),
    Rule("money", _SIGN_FIRST, _sign_first, needs="$€£¥"),
    Rule("measure", _MIXED, _mixed, needs="mkht"),
    Rule("money", _MILLIONS, literally("triệu"), WORD, needs="t"),
    Rule("measure", _VOLTS, literally("vôn"), WORD, needs="V"),
    Rule("measure", _MEASURE, _measure, needs="0123456789"),
    Rule("measure", _TIGHT_SCALE, lambda match, region: figure(_decimal(match[1]), region), needs="0123456789"),
    Rule("measure", _MILESTONE, literally("ki lô mét"), WORD, needs="Kk"),
    Rule("measure", _BEHIND_WORD, lambda match, region: _unit(match[1], region), WORD, group=1),
    Rule("measure", _A_UNIT, _a_unit, WORD, needs="/"),
    Rule("money", _MONEY_SIGN, from_table(_MONEY), WORD, needs="đVU"),
    Rule("measure", _BARE_UNIT, from_table(_SQUARES), WORD, needs="²³"),
    Rule("measure", _DEGREE_LETTER, from_table({"C": "xê", "F": "ép", "K": "ca"}), WORD, needs="CFK"),
)
_PER_THING = re.compile(rf"(?:{AMOUNT}(?: [^\W\d_]{{1,8}})?|(?: đồng| lượt| lần| cuốn| người))(/)(?=[a-zà-ỹđ])")
PER_THING = Rule("measure", _PER_THING, lambda _match, _region: " một ", WORD, group=1, needs="/")
"""For after all other numbers: 20.000 đồng/cuốn, 2 lần/ngày."""
OF_A_PART = Rule("measure", _BEHIND_FRACTION, lambda match, region: f" {_unit(match[1], region)}", WORD)
"""For after the fractions: 1/2 kg."""
