"""What a slide costs: processor seconds a slide of each kind, and memory, drawn as a worker draws them.

python -m benchmarks.slides
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from media_service.domain.look import Canvas, Look
from media_service.domain.script import Picture
from media_service.domain.slide import ChapterSlide, CreditsSlide, PictureSlide, QuoteSlide, Slide, TitleSlide
from media_service.slides.drawing import SvgSlides

ROOT = Path(__file__).parents[1]
TIMES = 2
MOST_S = {"picture": 0.3, "drawn": 1.0}
"""Limits of processor seconds: of a slide that is only its picture, and of one with drawing and text."""
MOST_MB = 400


def main() -> None:
    """Measure, print the table, and end with 1 where a limit does not hold."""
    slides = SvgSlides((ROOT / "templates",))
    with tempfile.TemporaryDirectory() as folder:
        painted = Path(folder, "painted.png")
        handed_in = ROOT / "jobs/thap-po-sah-inu/thap-chinh.svg"
        rows = [("paint an SVG", _cpu(lambda: slides.paint(handed_in, "a.svg", painted)), 3.0)]
        for canvas in Canvas:
            for slide, picture in _slides():
                under = painted if picture else None
                out = Path(folder, "out.png")
                look = Look("heritage", canvas=canvas)
                taken = _cpu(lambda s=slide, k=look, u=under, o=out: slides.draw(s, k, u, o))  # type: ignore[misc]
                plain = isinstance(slide, PictureSlide) and canvas is Canvas.WIDE
                name = f"{type(slide).__name__}{' over a picture' if picture else ''}, {canvas.value}"
                rows.append((name, taken, MOST_S["picture" if plain else "drawn"]))
    held = [_row(name, taken, limit, "CPU s") for name, taken, limit in rows]
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    held.append(_row("largest memory", memory, MOST_MB, "MB"))
    sys.exit(0 if all(held) else 1)


def _slides() -> list[tuple[Slide, bool]]:
    picture = Picture("a.svg", "", 1920, 1080)
    return [
        (PictureSlide(picture), True),
        (TitleSlide("Tháp Chăm Po Sah Inư", "", "Thư viện tỉnh Bình Thuận", picture), True),
        (TitleSlide("Tháp Chăm Po Sah Inư"), False),
        (ChapterSlide("Mùa Katê", picture), True),
        (QuoteSlide("Đi một ngày đàng, học một sàng khôn.", "Tục ngữ", picture), True),
        (CreditsSlide((("Biên soạn", "Thư viện tỉnh Bình Thuận"),), ("Tranh: CC0 1.0.",), picture), True),
    ]


def _cpu(work: Callable[[], object]) -> float:
    """Return processor seconds a time, the first one left out: it loads what is loaded once."""
    work()
    began = time.process_time()
    for _ in range(TIMES):
        work()
    return (time.process_time() - began) / TIMES


def _row(name: str, figure: float, limit: float, unit: str) -> bool:
    held = figure <= limit
    print(f"{name:<42}{figure:>9.2f} {unit:<6}≤ {limit:<7g}{'pass' if held else 'FAIL'}")
    return held


if __name__ == "__main__":
    main()
