"""What stands before the colon of `[chậm: …]`: how the words behind it are said, or by whom; and notes of sounds.

Vietnamese names come first; English ones are taken too. Where such a span begins and ends, `marks` knows.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from media_service.domain.manner import FAST, SLOW, Manner
from media_service.domain.nearest import nearest
from media_service.intake.speakers import meant, speaker
from media_service.messages import Message, message

_WAYS: Mapping[str, Manner] = {
    "chậm": Manner(rate=SLOW),
    "nhanh": Manner(rate=FAST),
    "nhấn": Manner(stressed=True),
    "đánh vần": Manner(spelt=True),
    "âm thanh": Manner(shown_only=True),
    "tiếng anh": Manner(language="en"),
    "tiếng pháp": Manner(language="fr"),
    "tiếng trung": Manner(language="zh"),
    "tiếng nhật": Manner(language="ja"),
    "tiếng hàn": Manner(language="ko"),
    "tiếng nga": Manner(language="ru"),
    "tiếng đức": Manner(language="de"),
}
_ENGLISH: Mapping[str, str] = {
    "slow": "chậm",
    "fast": "nhanh",
    "emphasis": "nhấn",
    "spell": "đánh vần",
    "sound": "âm thanh",
    "english": "tiếng anh",
    "en": "tiếng anh",
    "fr": "tiếng pháp",
    "zh": "tiếng trung",
    "ja": "tiếng nhật",
    "ko": "tiếng hàn",
    "ru": "tiếng nga",
    "de": "tiếng đức",
}
_VOICE = re.compile(r"(?:giọng|voice)\s+(?P<name>[a-z0-9][a-z0-9-]*)", re.IGNORECASE)
_SOUND = re.compile(r"\s*(?:tiếng|nhạc|âm thanh|sounds?|music)\b(?!\s*:).*", re.IGNORECASE | re.DOTALL)
_KNOWN = ("chậm", "nhanh", "nhấn", "đánh vần", "âm thanh", "tiếng Anh", "giọng")


def manner_of(name: str, cast: Sequence[str]) -> Manner | None:
    """Return how the words behind `[name:` are said; None where the name stands for nothing.

    A name of the cast comes before every other meaning.
    """
    if who := speaker(name, cast):
        return Manner(speaker=who)
    folded = " ".join(name.split()).lower()
    if voice := _VOICE.fullmatch(folded):
        return Manner(voice=voice["name"])
    return _WAYS.get(_ENGLISH.get(folded, folded))


def is_sound_note(inside: str) -> bool:
    """Tell whether brackets hold a note of a sound: `[tiếng sóng vỗ]`, `[nhạc]`."""
    return _SOUND.fullmatch(inside) is not None


def lacks_colon(inside: str) -> Message | None:
    """Say so where brackets hold a way of speaking without its colon (`[chậm Ngày xưa]`)."""
    folded = " ".join(inside.split()).lower()
    name = next((way for way in (*_WAYS, *_ENGLISH) if len(way) > 2 and folded.startswith(f"{way} ")), None)
    if name is None:
        return None
    return message("[{written}] lacks a colon; write [{name}: …].", written=inside, name=name)


def no_such_manner(name: str, written: str, cast: Sequence[str]) -> Message:
    """Say that `[name:` means nothing here, and what may have been meant."""
    near = meant(name, cast) or nearest(name.lower(), _KNOWN)
    if near:
        return message("[{name}: …] is not known; did you mean [{nearest}: …]?", name=name, nearest=near)
    return message(
        "[{written}] is no mark that scripts know; to show the brackets write \\[{written}\\].", written=written
    )
