"""Odd pictures on their whole way: handed in with a script, painted, drawn as a slide that shows them upright.

What is refused, and in which words, is told in tests/intake.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from media_service.domain.look import Look
from media_service.domain.slide import PictureSlide, TitleSlide
from media_service.intake.folder import JobFolders
from media_service.slides.drawing import SvgSlides
from tests.intake.conftest import VOICES, tale
from tests.slides.conftest import SHIPPED

DARK, LIGHT = (30, 60, 140), (240, 240, 235)
SLIDES = SvgSlides((SHIPPED,))


def scene(size: tuple[int, int] = (800, 450)) -> Image.Image:
    """Dark above, light below."""
    image = Image.new("RGB", size, LIGHT)
    image.paste(DARK, (0, 0, size[0], size[1] // 2))
    return image


def turned(path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    scene().rotate(90, expand=True).save(path, exif=exif, quality=95)


def animated(path: Path) -> None:
    others = [Image.new("RGB", (800, 450), "red")] * 2
    scene().save(path, save_all=True, append_images=others, duration=100, lossless=True)


def deep(path: Path) -> None:
    Image.fromarray(np.asarray(scene().convert("L")).astype(np.uint16) * 257).save(path)


def half_clear(path: Path) -> None:
    clear = scene().convert("RGBA")
    clear.paste((0, 0, 0, 0), (0, 225, 800, 450))
    clear.save(path)


ODD: dict[str, Callable[[Path], None]] = {
    "in.jpg": lambda path: scene().convert("CMYK").save(path, quality=95),
    "quét 16 bit.png": deep,
    "xoay.jpg": turned,
    "trong.png": half_clear,
    "động.webp": animated,
    "lớn.jpg": lambda path: scene((7680, 5200)).save(path, quality=80),  # 39.9 million pixels
    "Bà \"Tư\" & 'Út' (1).png": lambda path: scene().save(path),
}


@pytest.mark.parametrize("name", ODD)
def test_an_odd_picture_stands_upright_on_its_slide(name: str, tmp_path: Path) -> None:
    job = tmp_path / "tranh lạ"
    job.mkdir()
    ODD[name](job / name)
    (job / "script.md").write_text(tale(f"![Tranh]({name})\nLời.\n"), encoding="utf-8")
    (picture,) = JobFolders().read(job, VOICES).pictures
    assert picture.name == name
    JobFolders().copy_picture(job, picture, tmp_path / "copy")
    SLIDES.paint(tmp_path / "copy", name, tmp_path / "painted.png")
    SLIDES.draw(PictureSlide(picture), Look("fairy-tale"), tmp_path / "painted.png", tmp_path / "slide.png")
    with Image.open(tmp_path / "slide.png") as slide:
        above, below = (np.array(slide.convert("RGB").getpixel((960, y))) for y in (300, 780))
    if "16" in name:
        assert (above == above[0]).all()
    else:
        assert np.abs(above - DARK).max() < 40
    assert below.min() > 200
    assert above.max() < 160


def test_a_title_of_three_hundred_characters_is_told_whole(tmp_path: Path) -> None:
    title = ("Chuyện những bức tranh lạ gửi về từ khắp mọi nơi, " * 7)[:300].strip()
    facts = SLIDES.draw(TitleSlide(title), Look("fairy-tale"), None, tmp_path / "title.png")
    assert len(title) >= 299
    assert all(text.whole for text in facts.texts)
    assert min(text.contrast for text in facts.texts) >= 7
