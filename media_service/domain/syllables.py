"""What a Vietnamese syllable can look like: tells written Vietnamese from letters that only look like it."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_SYLLABLE = re.compile(
    "(?:b|ch?|d|đ|gh?|gi|h|kh?|l|m|ngh?|nh?|ph|qu|r|s|th?|tr|v|x)?"
    "(?:uyê|yêu|iêu|uôi|ươi|ươu|oai|oay|oeo|uây|uya|uyu|oa|oă|oe|uâ|uê|uy|uơ|iê|yê|uô|ươ|ia|ua|ưa|ai|ao|au|ay|âu|ây"
    "|eo|êu|iu|oi|ôi|ơi|ui|ưi|ưu|[aăâeêioôơuưy])"
    "(?:ch|c|m|ng|nh|n|p|t)?"
)
_TONES = re.compile("[\u0300\u0301\u0303\u0309\u0323]")


@lru_cache(maxsize=20_000)
def is_vietnamese(word: str) -> bool:
    """Tell whether a word without signs reads as one Vietnamese syllable with at most one tone."""
    parts = unicodedata.normalize("NFD", word.lower())
    bare = _TONES.sub("", parts)
    return len(parts) - len(bare) <= 1 and _SYLLABLE.fullmatch(unicodedata.normalize("NFC", bare)) is not None
