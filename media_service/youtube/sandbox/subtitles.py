"""Caption files in the two forms that we send: told apart, and turned into each other."""

from __future__ import annotations

import re

_CLOCK = r"(?:\d+:)?\d{1,2}:\d{2}[.,]\d{3}"
_CUE = re.compile(rf"({_CLOCK})\s+-->\s+({_CLOCK})[^\n]*")


def form(content: bytes) -> str:
    """Tell of which form a caption file is: vtt or srt; empty where it is neither."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return ""
    if re.match(r"WEBVTT(?:[ \t\n\r]|$)", text):
        return "vtt"
    return "srt" if _CUE.search(text) else ""


def converted(text: str, to: str) -> str:
    """Return a caption file in another form (vtt, srt)."""
    cues = _cues(text.replace("\r\n", "\n").replace("\r", "\n"))
    if to == "vtt":
        return "WEBVTT\n\n" + "\n".join(
            f"{_time(start, '.')} --> {_time(end, '.')}\n{said}\n" for start, end, said in cues
        )
    return "\n".join(
        f"{number}\n{_time(start, ',')} --> {_time(end, ',')}\n{said}\n"
        for number, (start, end, said) in enumerate(cues, 1)
    )


def _cues(text: str) -> list[tuple[str, str, str]]:
    """Return start, end and words of each cue; blocks without a time (heads, notes) are none."""
    cues = []
    for block in re.split(r"\n\s*\n", text):
        found = _CUE.search(block)
        if found:
            said = "\n".join(line for line in block[found.end() :].strip("\n").split("\n") if line.strip())
            cues.append((found[1], found[2], said))
    return cues


def _time(written: str, mark: str) -> str:
    whole, thousandths = re.split(r"[.,]", written)
    parts = whole.split(":")
    return ":".join(part.zfill(2) for part in ["0"] * (3 - len(parts)) + parts) + mark + thousandths
