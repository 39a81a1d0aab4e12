"""Books of any length for measuring: the same few sentences in ever new order, so that no sentence is made only once.

Every sentence ends with its own number in words, since equal sentences would be one clip.
"""

from __future__ import annotations

import random
from pathlib import Path

SENTENCES = (
    "Con thuyền nhỏ rời bến khi mặt trời chưa lên",
    "Bà cụ ngồi bên bếp lửa kể chuyện ngày xưa",
    "Ngoài khơi, từng đàn cá bạc lấp lánh dưới trăng",
    "Gió từ biển thổi vào làm hàng dừa nghiêng mình",
    "Cậu bé nhặt một vỏ ốc rồi áp lên tai lắng nghe",
    "Trên đồi cát, dấu chân ai còn in rõ đến sáng",
    "Người thợ rèn đặt búa xuống và lau mồ hôi trên trán",
    "Mùa thanh long chín, cả vườn đỏ rực như thắp đèn",
    "Tiếng trống trường vang lên, lũ trẻ ùa ra sân",
    "Chiếc cầu tre lắc lẻo bắc qua con suối trong",
)
DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
SECONDS_A_SENTENCE = 4.5
"""Of speech and the pause behind it, as the house voice reads it to readers over ten."""

FRONT = """---
title: {title}
kind: audiobook
age: 10+
author: Thư viện tỉnh Bình Thuận
summary: Một cuốn sách để đo.
rights:
  text: {{basis: own-work, licence: CC0-1.0}}
  pictures: {{basis: none}}
  music: {{basis: none}}
  voice: {{basis: synthetic}}
made_for_kids: false
---
"""


def book(folder: Path, title: str, chapters: int, minutes: float, seed: int = 1) -> Path:
    """Write a job of so many chapters of so many minutes each; return its folder."""
    chance = random.Random(f"{title}{seed}")  # noqa: S311  # the same book each time
    folder.mkdir(parents=True)
    lines = [FRONT.format(title=title)]
    for chapter in range(1, chapters + 1):
        lines.append(f"# Chương {chapter}\n")
        sentences = [sentence(chance, chapter, n) for n in range(max(1, round(minutes * 60 / SECONDS_A_SENTENCE)))]
        lines += [" ".join(sentences[n : n + 5]) + "\n" for n in range(0, len(sentences), 5)]
    (folder / "script.md").write_text("\n".join(lines), encoding="utf-8")
    return folder


def sentence(chance: random.Random, chapter: int, number: int) -> str:
    """Return a sentence that no other of the book is like."""
    spelled = " ".join(DIGITS[int(digit)] for digit in f"{chapter}{number:03d}")
    return f"{chance.choice(SENTENCES)}, {spelled}."
