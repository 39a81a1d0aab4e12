"""Captions read by their format alone, as any player does."""

from __future__ import annotations


def cues(srt: str) -> list[tuple[float, float, str]]:
    """Read an SRT file by its format alone."""
    found = []
    for block in srt.strip().split("\n\n"):
        _, times, *lines = block.split("\n")
        start, end = (
            sum(float(part) * unit for part, unit in zip(time.replace(",", ".").split(":"), (3600, 60, 1), strict=True))
            for time in times.split(" --> ")
        )
        found.append((start, end, "\n".join(lines)))
    return found
