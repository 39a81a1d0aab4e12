"""Figures alone: ordinals, fractions, scores, scales, signs before and between them, and ranges of anything."""

from __future__ import annotations

import re

from media_service.domain.reading.letters import spelt
from media_service.domain.reading.numbers import Region, cardinal, digits, figure, whole
from media_service.domain.reading.roman import value
from media_service.domain.reading.rule import AMOUNT, WORD, Rule, after, before, last_word, literally, words

_SCORE = re.compile(r"(?<![\w/.,-])(\d{1,2}) ?[-–:] ?(\d{1,2})(?![\w/]|[.,:-]\d)")
PLAYED = re.compile(
    r"(?<!\w)(?:tỷ số|tỉ số|thắng|thua|hòa|hoà|kết quả|dẫn|bại|đánh bại|hạ|vượt qua)(?!\w)[^.;!?]{0,16}$"
)
_SCALE = re.compile(r"(?<![\w/.,-])1 ?[:/] ?(\d{1,3}(?:\.\d{3}| 000){1,3}|\d{2,})(?![\w/]|[.,:]\d)")
_SCALED = re.compile(r"(?:tỷ|tỉ) lệ|bản đồ|scale")
_LABELS = words(
    """
chương tập phần đội giải hồi bài mục quyển bước câu điều khoản nhóm bảng lớp số cuốn tiết đợt vòng kỳ kì hạng tổ buổi
cách ý ngày trạm phòng hình trang học đề khối chặng loại mức bậc cấp giai đoạn màn cảnh lần ví dụ phương án
"""
)
"""Words whose number has a colon of its own: Chương 1: 25 trang."""
_RATIO = re.compile(r"(?<![\w/.,:-])(\d{1,4}) ?: ?(\d{1,4})(?![\w/:]|[.,]\d)")
_HOUSE = re.compile(r"(?<![\w/.,-])(\d{1,4})/(\d{1,4})([A-ZĐ])(?![\w/]|[.,]\d)")
_FRACTION = re.compile(r"(?<![\w/.,-])(\d{1,6})/(\d{1,6})(?![\w/]|[.,]\d)")
_MARKS = words("số hẻm ngõ nhà tổ lớp kiệt ngách được điểm")
"""Words that house numbers and marks follow, which are read as “trên”."""
_FIRST = re.compile(r"(?<=[Tt]hứ )0?[14](?![\w/]|[.,]\d)|(?<=THỨ )0?[14](?![\w/]|[.,]\d)")
_APRIL = re.compile(r"(?<=[Tt]háng )0?4(?![\d%]|[.,]\d)|(?<=THÁNG )0?4(?![\d%]|[.,]\d)")
_MINUS = re.compile(rf"(?:(?<=^)|(?<=[\s(=:])(?<![\d{AMOUNT}%] ))[-−](?=[\d{AMOUNT}])|−(?=[\d{AMOUNT}])")
_COUNTED = "bản|cuốn|đầu|tài|sách|lượt|người|trang|đồng|tên|hộ|ha|km|m|kg|tấn|độc giả"
_SPACED = re.compile(
    rf"(?<![\w.,/])[1-9]\d{{0,2}}(?:(?: \d{{3}}){{2,5}}|(?: 000){{1,5}}| \d{{3}}(?= (?:{_COUNTED})(?!\w)))"
    r"(?![\w/]|[.,]\d| \d)"
)
_POWER = re.compile(r"(?<![\w.,])10([²³⁴-⁹]|\^\d{1,2})(?!\w)")
_POWERS = {sign: number for number, sign in enumerate("⁰¹²³⁴⁵⁶⁷⁸⁹")}
_CODE = re.compile(
    r"(?<![\w.])(?=[^\W\d_]{0,4}[.-]?\d)"
    r"(?:[A-ZĐ]{1,4}[.-]?\d{1,8}(?:\.\d(?!\d))?(?:[A-ZĐ]{1,2}\d{0,2})?|\d{1,3}[A-ZĐ]{1,2}\d{0,2})(?!\w)"
)
_FORMULA = re.compile(r"(?<!\w)(?=[A-Za-z]{1,8}[₀-₉])[A-Za-z₀-₉]{2,24}(?!\w)")
_LOWERED = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")
_SECTION = re.compile(r"(I{1,3}|IV|VI{0,3}|IX|XI{0,2})\.(\d{1,2})")
"""The number of a section: II.2."""
_NUMBER_OF_A_CARD = re.compile(
    r"(?<!\w)(?i:mssv|mã số|mã sinh viên|mã thẻ|số thẻ|số tài khoản|số tk|stk|số hiệu|ms)[: ]{1,2}"
    r"(\d{5,20})(?![\w.,/-])"
)
"""What nobody counts is said digit by digit."""
_PLAIN = re.compile(r"\d+(?:[.,]\d+)*")
_DAYS_TO = re.compile(r"thứ (?:hai|ba|tư|năm|sáu|bảy)( ?[-–—] ?)(?=thứ|chủ nhật|CN)", re.IGNORECASE)
_COUNTED_TO = re.compile(
    rf"(?<={AMOUNT}) ?[-–—] ?(?=(?:thứ|tháng|ngày|năm|quý|chương|tập|lớp|trang|bài|thế kỷ) {AMOUNT})"
)
_UNTIL_NOW = re.compile(rf"(?<={AMOUNT}) ?[-–—] ?(?=[Nn]ay(?! (?:là|thuộc|đã|đổi|gọi|mang))(?!\w))")
_AMOUNTED = re.compile(rf" ?[x×] ?[\d{AMOUNT}]| (?:nghìn|ngàn|vạn|triệu|tỷ|tỉ|điểm)(?!\w)")
"""What tells that a figure with a dot (3.5 triệu) is an amount and no section's number."""
_HALVES = {"½": "một phần hai", "¼": "một phần tư", "¾": "ba phần tư", "⅓": "một phần ba", "⅔": "hai phần ba"}


def _score(match: re.Match[str], region: Region) -> str | None:
    if not PLAYED.search(before(match, 40)):
        return None
    ours, theirs = int(match[1]), int(match[2])
    pause = "," if ours and ours % 10 == 0 and 0 < theirs < 10 else ""  # mười chín would be heard as 19
    return f"{cardinal(ours, region)}{pause} {cardinal(theirs, region)}"


def _scale(match: re.Match[str], region: Region) -> str | None:
    lead = before(match, 40)
    is_meant = _SCALED.search(lead) is not None
    if last_word(lead) in _LABELS or not (is_meant or _is_tight(match[0])):
        return None
    return f"một trên {figure(match[1].replace(' ', '.'), region)}"


def _is_tight(written: str) -> bool:
    """Tell 1:25.000 and 1 : 25.000 from 1: 25, whose colon only ends what is before it."""
    return ":" in written and (": " not in written or " :" in written)


def _ratio(match: re.Match[str], region: Region) -> str | None:
    if not re.search(r"(?:tỷ|tỉ) lệ[^.;]{0,12}$", before(match)):
        return None
    return f"{cardinal(int(match[1]), region)} trên {cardinal(int(match[2]), region)}"


def _fraction(match: re.Match[str], region: Region) -> str:
    over, under = int(match[1]), int(match[2])
    is_part = over < under and (under <= 10 or under in {100, 1000}) and not _is_mark(match)
    below = "tư" if is_part and under == 4 else whole(match[2], region)
    return f"{whole(match[1], region)} {'phần' if is_part else 'trên'} {below}"


def _is_mark(match: re.Match[str]) -> bool:
    return last_word(before(match)) in _MARKS or after(match).startswith(" điểm")


def _power(match: re.Match[str], region: Region) -> str:
    sign = match[1]
    return f"mười mũ {cardinal(_POWERS[sign] if sign in _POWERS else int(sign[1:]), region)}"


def _plain(match: re.Match[str], region: Region) -> str:
    is_decimal = re.fullmatch(r"\d+\.\d{1,2}", match[0]) and _AMOUNTED.match(after(match))
    return figure(match[0].replace(".", ",") if is_decimal else match[0], region)


def _code(match: re.Match[str], region: Region) -> str:
    """Say a name made of capital letters and figures: B52, lớp 6A1, H5N1."""
    if section := _SECTION.fullmatch(match[0]):
        return f"{cardinal(value(section[1]), region)} chấm {whole(section[2], region)}"
    parts = re.findall(r"\d+|[^\W\d_]+|(?<=\d)\.(?=\d)", match[0])
    return " ".join(spelt(part) if part.isalpha() else _code_figure(part, region) for part in parts)


def _formula(match: re.Match[str], region: Region) -> str:
    """Say a formula with small figures as one with plain ones: H₂O, CO₂."""
    parts = re.findall(r"\d+|[A-Za-z]+", match[0].translate(_LOWERED))
    return " ".join(_code_figure(part, region) if part.isdecimal() else spelt(part) for part in parts)


def _house(match: re.Match[str], region: Region) -> str:
    """Say a house number with a letter: 12/5A."""
    return f"{whole(match[1], region)} trên {whole(match[2], region)} {spelt(match[3])}"


def _code_figure(part: str, region: Region) -> str:
    if part == ".":
        return "chấm"
    return digits(part) if part[0] == "0" or len(part) > 4 else whole(part, region)


RULES = (
    Rule("code", _NUMBER_OF_A_CARD, lambda match, _: digits(match[1]), group=1, needs="0123456789"),
    Rule("verse", re.compile("(?<=lục bát )6[/-]8"), literally("sáu tám"), needs="68"),
    Rule("score", _SCORE, _score, needs="-–:"),
    Rule("ratio", _SCALE, _scale, needs=":/"),
    Rule("ratio", _RATIO, _ratio, needs=":"),
    Rule("code", _HOUSE, _house, WORD, needs="/"),
    Rule("fraction", _FRACTION, _fraction, needs="/"),
    Rule("fraction", re.compile("[½¼¾⅓⅔]"), lambda match, _: _HALVES[match[0]], needs="½¼¾⅓⅔"),
    Rule("ordinal", _FIRST, lambda match, _: "nhất" if match[0][-1] == "1" else "tư", needs="14"),
    Rule("date", _APRIL, literally("tư"), needs="4"),
    Rule("number", _POWER, _power, needs="²³⁴⁵⁶⁷⁸⁹^"),
    Rule("number", _SPACED, lambda match, region: figure(match[0].replace(" ", "."), region), needs="0123456789"),
    Rule("code", _CODE, _code, WORD, needs="0123456789"),
    Rule("code", _FORMULA, _formula, WORD, needs="₀₁₂₃₄₅₆₇₈₉"),
    Rule("minus", _MINUS, literally("âm "), needs="-−"),
    Rule("number", _PLAIN, _plain, needs="0123456789"),
)

BETWEEN = (
    Rule("sum", re.compile(rf"(?<={AMOUNT}) [-–−] (?={AMOUNT}+ =)"), literally(" trừ "), WORD, needs="="),
    Rule("number", re.compile(rf"(?<={AMOUNT})\^(?={AMOUNT})"), literally(" mũ "), WORD, needs="^"),
    Rule("link", re.compile(rf"(?<={AMOUNT})\.(?={AMOUNT})"), literally(" chấm "), WORD, needs="."),
    Rule("range", _DAYS_TO, literally(" đến "), WORD, group=1, needs="-–—"),
    Rule("range", re.compile(rf"(?<={AMOUNT}) ?[-–—→]{{1,3}} ?(?={AMOUNT})"), literally(" đến "), needs="-–—→"),
    Rule("range", re.compile(rf"(?<={AMOUNT}\?) ?[-–] ?(?={AMOUNT})"), literally(" đến "), WORD, needs="?"),
    Rule("link", re.compile(rf"(?:(?<={AMOUNT})|(?<={WORD}))\.(?=[a-zđ](?!\w))"), literally(" "), WORD, needs="."),
    Rule("range", _UNTIL_NOW, literally(" đến "), WORD, needs="-–—"),
    Rule("range", _COUNTED_TO, literally(" đến "), WORD, needs="-–—"),
    Rule(
        "link", re.compile(rf"(?:(?<=[^\W\d_])|(?<={WORD}))[-–](?=[{AMOUNT}{WORD}])"), literally(" "), WORD, needs="-–"
    ),
    Rule("times", re.compile(rf"(?<={AMOUNT}) ?[xX×*] ?(?={AMOUNT})"), literally(" nhân "), WORD),
    Rule("sum", re.compile(rf"(?<={AMOUNT})(?: : | ?÷ ?)(?={AMOUNT})"), literally(" chia "), WORD, needs=":÷"),
)
"""For what stands between two amounts that have been read."""
