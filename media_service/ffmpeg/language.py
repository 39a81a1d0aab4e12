"""Names of languages as sound and film files write them."""

from __future__ import annotations

_NAMES = {"vi": "vie", "en": "eng"}


def iso_639_2(language: str) -> str:
    """Return the three-letter name of a language given by its two-letter one; `und` where it is not known."""
    return _NAMES.get(language, "und")
