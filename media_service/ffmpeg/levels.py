"""How loud single stretches of a finished sound are: each utterance as a listener hears it, after all encoding."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from media_service.domain.measured import Span
from media_service.domain.timeline import SAMPLE_RATE
from media_service.ffmpeg.clip import speaking_level
from media_service.ffmpeg.streams import Samples, samples

LOWEST_LUFS = -100.0
"""Stands for a stretch in which there is nothing at all."""


def levels(path: Path, spans: Sequence[Span]) -> tuple[float, ...]:
    """Return the loudness of each span in LUFS, while it sounds; spans rise and do not overlap.

    Memory holds one span at a time. Raises ToolFailedError where the file cannot be decoded.
    """
    wanted = [(round(span.start_s * SAMPLE_RATE), round(span.end_s * SAMPLE_RATE)) for span in spans]
    return tuple(_level(stretch) for stretch in _stretches(samples(path), wanted))


def _stretches(pieces: Iterator[Samples], wanted: Sequence[tuple[int, int]]) -> Iterator[Samples]:
    held, first = np.zeros((0, 1), np.int16), 0
    for start, end in wanted:
        while first + len(held) < end and (piece := next(pieces, None)) is not None:
            kept = held[max(0, start - first) :]
            first += len(held) - len(kept)
            held = np.concatenate([kept, piece])
        yield held[max(0, start - first) : max(0, end - first)]


def _level(stretch: Samples) -> float:
    sound = (stretch[:, 0] / 32768).astype(np.float32)
    if not sound.any():
        return LOWEST_LUFS
    return round(speaking_level(sound), 2)
