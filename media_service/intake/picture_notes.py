"""What a script says of a picture behind its name: `"tâm: 30% 40%"` (what matters in it), `"chữ: …"` (words on it)."""

from __future__ import annotations

import re

from media_service.domain.script import Focus
from media_service.intake.faults import Faults
from media_service.messages import message

LONGEST_LABEL = 60
"""Characters of the words on a picture: two lines at most."""

_NOTE = re.compile(r"\s*(tâm|chữ)\s*[:：]\s*(.*?)\s*", re.IGNORECASE | re.DOTALL)
_SHARE = r"([0-9]{1,3}(?:[.,][0-9]+)?)\s*%"
_POINT = re.compile(rf"{_SHARE}\s*[,x]?\s*{_SHARE}")


def read_notes(written: str, line: int, faults: Faults) -> tuple[Focus | None, str]:
    """Return the point that matters and the words on a picture; what is no note of ours is a title nobody sees."""
    focus, label = None, ""
    for part in written.split(";"):
        note = _NOTE.fullmatch(part)
        if note and note[1].casefold() == "tâm":
            focus = _focus(note[2], line, faults)
        elif note:
            label = _label(note[2], line, faults)
    return focus, label


def _focus(written: str, line: int, faults: Faults) -> Focus | None:
    point = _POINT.fullmatch(written)
    x, y = (float(share.replace(",", ".")) / 100 for share in point.groups()) if point else (2.0, 2.0)
    if x <= 1 and y <= 1:
        return Focus(x, y)
    said = message(
        "“tâm: {written}” is no point of a picture; write how far from the left and from the top: tâm: 30% 40%.",
        written=written,
    )
    faults.add(line, said)
    return None


def _label(written: str, line: int, faults: Faults) -> str:
    label = " ".join(written.split())
    if len(label) <= LONGEST_LABEL:
        return label
    said = message(
        "The words on this picture have {count} characters, more than {most}; shorten them.",
        count=len(label),
        most=LONGEST_LABEL,
    )
    faults.add(line, said)
    return ""
