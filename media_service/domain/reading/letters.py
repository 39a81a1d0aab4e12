"""The names of letters, and words that are said letter by letter."""

from __future__ import annotations

import unicodedata

_TABLE = """
a a, ă á, â ớ, b bê, c xê, d đê, đ đê, e e, ê ê, f ép, g giê, h hát, i i, j gi, k ca, l lờ, m mờ, n nờ, o o, ô ô, ơ ơ,
p pê, q quy, r rờ, s ét, t tê, u u, ư ư, v vê, w vê kép, x ích, y i, z dét
"""
NAMES = dict(entry.split(maxsplit=1) for entry in _TABLE.replace("\n", " ").strip().split(", "))


def spelt(word: str) -> str:
    """Return a word letter by letter; digits and signs are passed over, strange letters come as they are."""
    letters = (letter for letter in word.lower() if letter.isalpha())
    return " ".join(NAMES.get(letter) or NAMES.get(_bare(letter), letter) for letter in letters)


def _bare(letter: str) -> str:
    return unicodedata.normalize("NFD", letter)[0]
