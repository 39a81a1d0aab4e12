"""Characters a second of reading aloud, for plain prose and for text full of figures, beside the least that work costs.

`make bench` runs it. The floor is a loop that only cuts the same sentences into words and joins them again; a ratio to
it tells more than a figure of one machine. Options: `--seconds N` for each measurement.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks.books import sentence
from media_service.domain.lexicon import Lexicon
from media_service.domain.spoken import spoken
from media_service.intake.lexicon import load

ROOT = Path(__file__).parents[1]
WANTED = 50_000
"""Characters a second on the text of a book."""
FIGURES = (
    "Quyết định số 1520/QĐ-UBND ngày 05/6/2021 của UBND tỉnh Bình Thuận có hiệu lực từ 01/7/2021.",
    "Thư viện mở cửa từ 7h30 đến 11h30, thứ 2 - thứ 6; điện thoại: 0252 3821 456.",
    "PGS.TS. Nguyễn Văn An viết tại TP. Phan Thiết, NXB Kim Đồng in 2.500 bản, giá 85.000đ.",
    "Thế kỷ XVIII - XIX, dân số tăng 12,5% trên 7.943,9 km², nhiệt độ 25-30°C[1].",
    "CHƯƠNG IV: ANDERSEN VÀ ĐỨC VUA (1805-1875), tr. 15-20, v.v.",
)


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=3.0)
    asked = parser.parse_args()
    house = Lexicon(load([ROOT / "voices"]))
    chance = random.Random(1)  # noqa: S311  # the same book each time
    prose = [sentence(chance, 1, number) for number in range(2_000)]
    book = [FIGURES[number // 20 % len(FIGURES)] if number % 20 == 0 else one for number, one in enumerate(prose)]
    for name, text in (
        ("plain prose", prose),
        ("a book, every twentieth sentence figures", book),
        ("figures", FIGURES),
    ):
        floor = rate(text, lambda one: " ".join(one.split()), asked.seconds / 3)
        ours = rate(text, lambda one: spoken(one, house).text, asked.seconds)
        verdict = "" if ours >= WANTED else f"  below {WANTED:,}"
        print(f"{name}: {ours:,.0f} characters/s, 1 : {floor / ours:,.0f} of splitting into words{verdict}", flush=True)


def rate(text: Sequence[str], work: Callable[[str], str], seconds: float) -> float:
    """Return the characters a second of processor time that `work` does, over and over for so long."""
    begun, done = time.process_time(), 0
    while time.process_time() - begun < seconds:
        for one in text:
            work(one)
        done += sum(map(len, text))
    return done / (time.process_time() - begun)


if __name__ == "__main__":
    main()
