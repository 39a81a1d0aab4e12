"""Jobs to be made in bad weather: a book of very short chapters, tales of two sentences, and two that go wrong."""

from __future__ import annotations

import random
from pathlib import Path

from benchmarks.books import book, sentence
from tests import jobs

DEADLY, MUTE = "thuốc độc", "câm lặng"
"""What a script must say so that its voice kills whoever speaks it, or gives nothing to hear (`service.py`)."""
BOOK, KILLER, SILENT = "sach", "chuyen-ran-doc", "chuyen-ca-cam"

_FRONT = """---
title: {title}
kind: fairy-tale
age: 10+
motion: still
reteller: Thư viện tỉnh Bình Thuận
summary: Một chuyện rất ngắn.
rights:
  text: {{basis: own-work, licence: CC0-1.0}}
  pictures: {{basis: own-work, licence: CC0-1.0}}
  music: {{basis: none}}
  voice: {{basis: synthetic}}
made_for_kids: true
---

![Một bức tranh](tranh.png)
{text}
"""


def short_book(folder: Path, chapters: int) -> Path:
    """Write a book of so many chapters of two sentences."""
    return book(folder / BOOK, "Sách trong bão", chapters, 0.15)


def tale(folder: Path, number: int) -> Path:
    """Write a tale of two sentences that no other has, with a picture of its own."""
    chance = random.Random(number)  # noqa: S311  # the same tale each time
    text = " ".join(sentence(chance, 90 + number, line) for line in (1, 2))
    return _job(folder / f"chuyen-{number}", f"Chuyện {number}", text)


def killer(folder: Path) -> Path:
    """Write a tale that nobody survives to tell."""
    return _job(folder / KILLER, "Chuyện rắn độc", f"Con rắn phun {DEADLY}.")


def silent(folder: Path) -> Path:
    """Write a tale in which nothing is heard."""
    return _job(folder / SILENT, "Chuyện cá câm", f"Con cá {MUTE} bơi qua.")


def _job(job: Path, title: str, text: str) -> Path:
    job.mkdir(parents=True)
    (job / "script.md").write_text(_FRONT.format(title=title, text=text), encoding="utf-8")
    (job / "tranh.png").write_bytes(jobs.png(320, 180, (240, 200, len(text) % 256)))
    return job
