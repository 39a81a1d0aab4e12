"""What a person should look at in a text though it can be read: pauses, addresses and names that will be spoken."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from media_service.intake.faults import Faults
from media_service.intake.markdown import Line
from media_service.intake.marks import LEADING
from media_service.intake.speakers import meant, prefix_of, speaker
from media_service.messages import message

MOST_WORDS = 4
"""Words of a name."""

_PAUSE = re.compile(r"\(\s*ngh[iỉ]\s*[0-9][0-9.,]*\s*(?:ms|s|giây)\s*\)", re.IGNORECASE)
_TARGET = re.compile(r"\]\([^()\n]*\)")
_ADDRESS = re.compile(r"https?://|\bwww\.|\b[a-z0-9]+\.(?:vn|com|org|net|edu|gov)\b", re.IGNORECASE)
_NO_NAMES = re.compile(
    r"(?:hỏi|đáp|nói|bảo|rằng|thưa|gọi|kêu|reo|than|khóc|hét|thét|quát|mắng|dặn|khuyên|can|phán|truyền|hát|hò|ru|đọc"
    r"|viết|ghi|kể|nhủ|nghĩ|cười|mừng|thêm|tiếp|lời|là|ơi|sau|này|xin|lên|to|thầm|biết|có|gồm)"
    r"|(?:chú ý|lưu ý|ghi chú|chú thích|ví dụ|nguồn|địa chỉ|điện thoại|giờ mở cửa|bài học|câu hỏi|tác giả)",
    re.IGNORECASE,
)
"""The last word of what leads to speech, and headings of notes: narrators read both."""


def notice_lines(lines: Iterable[Line], faults: Faults) -> None:
    """Notice what will be read aloud though nobody means it to be."""
    for line, written, _ in lines:
        words = _TARGET.sub("]", written)
        if _PAUSE.search(words):
            said = message("This pause is in round brackets and will be read aloud; write [nghỉ 2s].")
            faults.notice(line, said)
        if _ADDRESS.search(words):
            faults.notice(line, message("This address will be spelt out; say in words where to look."))


def notice_speakers(lines: Iterable[Line], cast: Sequence[str], faults: Faults) -> None:
    """Notice, once for each, names that speak but are not in the cast.

    To keep false alarms rare a name counts only where it speaks twice, or next to another speaker.
    """
    said = [(line, *_speaking(written, cast)) for line, written, verse in lines if written and not verse]
    times = Counter(name for _, name, known in said if not known)
    told: set[str] = set()
    for at, (line, name, known) in enumerate(said):
        beside = {other for _, other, _ in said[max(0, at - 1) : at + 2]} - {name, ""}
        if name and not known and name not in told and (times[name] > 1 or beside):
            told.add(name)
            faults.notice(line, message("“{name}” is not in the cast; the narrator will read the name too.", name=name))


def _speaking(written: str, cast: Sequence[str]) -> tuple[str, bool]:
    """Return who a line says it is spoken by, empty for nobody, and whether they are in the cast."""
    lead = LEADING.match(written)
    prefix = prefix_of(written[lead.end() if lead else 0 :])
    if not prefix:
        return "", False
    known = speaker(prefix.name, cast)
    if known:
        return known, True
    begins = prefix.words.lstrip("“”\"'‘–—-… ")[:1]
    is_name = _looks_like_a_name(prefix.name) and begins.isupper() and not meant(prefix.name, cast)
    return (prefix.name, False) if is_name else ("", False)


def _looks_like_a_name(name: str) -> bool:
    words = name.split()
    if not (1 <= len(words) <= MOST_WORDS and name[0].isupper() and all(word.isalpha() for word in words)):
        return False
    return not (_NO_NAMES.fullmatch(name) or _NO_NAMES.fullmatch(words[-1]))
