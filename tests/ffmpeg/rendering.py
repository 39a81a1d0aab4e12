"""What the tests of this room share: a rendered episode, and how its sound is looked at."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from media_service.domain.tags import Tags
from media_service.ffmpeg.streams import samples
from media_service.ports import Silence

TAGS = Tags("Tấm Cám", "Truyện cổ", "Dân gian", "Giọng nữ", 2, 5, "vi", "2026", "Giọng đọc do máy tạo.")


@dataclass(frozen=True)
class Episode:
    """A spoken episode of some twenty seconds in every form this room makes."""

    master: Path
    mp3: Path
    film_sound: Path
    parts: tuple[Path | Silence, ...]
    length: int


def channel(path: Path) -> np.ndarray:
    """Return the left side of a sound."""
    return np.concatenate(list(samples(path)))[:, 0].astype(float)


def lag(wanted: np.ndarray, found: np.ndarray) -> int:
    """Return by how many samples `found` comes later than `wanted`."""
    size = 1 << (len(wanted) + len(found)).bit_length()
    likeness = np.fft.irfft(np.fft.rfft(found, size) * np.conj(np.fft.rfft(wanted, size)))
    at = int(likeness.argmax())
    return at if at < size // 2 else at - size
