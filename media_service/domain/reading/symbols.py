"""Signs that are said as words: & + = % @ ≥ and their like; a stroke between words is only a breath."""

from __future__ import annotations

import re

from media_service.domain.reading.rule import AMOUNT, WORD, Rule, from_table, literally

_WORDS = {
    "&": "và", "@": "a còng", "=": "bằng", "≈": "xấp xỉ", "≥": "lớn hơn hoặc bằng", "≤": "nhỏ hơn hoặc bằng",
    "≠": "khác", "±": "cộng trừ", "÷": "chia", "×": "nhân", "%": "phần trăm", "‰": "phần nghìn", "°C": "độ xê",
    "°F": "độ ép",
    "₫": "đồng", "€": "ơ rô", "£": "bảng Anh", "$": "đô la", "+": "cộng", "∞": "vô cùng", "√": "căn", "π": "pi",
    "№": "số",
}  # fmt: skip
_UNSAID = r"[©®™§¶†‡→←↑↓⇒★☆●■▪◆•·¬¦]"

RULES = (
    Rule("sign", re.compile("°[CF]|[&@=≈≥≤≠±÷×%‰₫€£$+∞√π№]"), from_table(_WORDS), WORD),
    Rule("sign", re.compile(r" → "), literally(" đến "), WORD, needs="→"),
    Rule("sign", re.compile(rf"(?<![\w.])No\.? ?(?={AMOUNT})"), literally("số "), WORD, needs="N"),
    Rule("sign", re.compile(rf"~ ?(?={AMOUNT})"), literally("khoảng "), WORD, needs="~"),
    Rule("sign", re.compile(rf"< ?(?={AMOUNT})"), literally("nhỏ hơn "), WORD, needs="<"),
    Rule("sign", re.compile(rf"> ?(?={AMOUNT})"), literally("lớn hơn "), WORD, needs=">"),
    Rule("sign", re.compile(rf"(?<={AMOUNT}) ?/ ?(?={AMOUNT})"), literally(" trên "), WORD, needs="/"),
    Rule("sign", re.compile(rf"(?:(?<=^{AMOUNT})|(?<=^{AMOUNT}{{2}}))/(?= )"), literally("."), WORD, needs="/"),
    Rule("sign", re.compile(r" //? "), literally(", "), WORD, needs="/"),
    Rule("sign", re.compile(r"(?<!/)/(?!/)"), literally(" "), WORD, needs="/"),
    Rule("sign", re.compile(_UNSAID), literally(" "), WORD),
)
