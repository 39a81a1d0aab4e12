"""A scan: pages that are pictures of print, a little crooked and stained, become text with their chapters.

Needs Tesseract's Vietnamese data and a typeface of books (`apt-get install tesseract-ocr-vie fonts-dejavu-core`); CI
fails without them.
"""

from __future__ import annotations

import os
import random
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from media_service.books import ocr
from tests.books.importing import run
from tests.books.likeness import compare, words

PRINT = Path("/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf")
THERE = PRINT.is_file() and any((Path(folder) / "vie.traineddata").is_file() for folder in ocr.FOLDERS)
pytestmark = pytest.mark.skipif(
    not (THERE or os.environ.get("CI")),
    reason="recognising letters needs: apt-get install tesseract-ocr-vie fonts-dejavu-core",
)
TITLES = ("Chương 1", "Chương 2")
PAGES = (
    (
        TITLES[0],
        """Sáng sớm, gió từ ngoài khơi thổi vào làm rặng dừa nghiêng ngả. Ông Sáu kéo chiếc thúng chai lên bãi cát, gỡ
        từng con cá bạc má còn giãy đành đạch trong mắt lưới. Thằng Tí ngồi xổm bên cạnh, mắt tròn xoe. Nó chưa từng
        thấy mẻ cá nào đầy như thế, dù đã bao lần theo ông ra bến từ lúc gà mới gáy canh tư.""",
        """Khi mặt trời lên khỏi ngọn hải đăng, hai ông cháu khiêng cá về. Cát dưới chân còn lạnh và in rõ dấu những
        con còng gió chạy ngang. Xa xa, tiếng máy ghe đánh nhịp đều đều như tiếng tim của biển.""",
    ),
    (
        """Chiều hôm ấy, bếp nhà nào cũng thơm mùi cá nướng. Người lớn ngồi vá lưới trước hiên, còn lũ trẻ thì tụ lại
        quanh gốc bàng, tranh nhau kể xem nhà mình được mấy con cá thu, mấy con mực lá.""",
        TITLES[1],
        """Buổi trưa, cả xóm nghỉ ngơi dưới mái lá. Bà Bảy kể chuyện ngày xưa, lúc làng chưa có đường cái, muốn ra chợ
        Phan Thiết phải đi bộ từ tinh mơ, gánh theo muối và nước mắm. Đường đi qua đồi cát, gió thổi mù mịt, ai cũng
        phải lấy khăn che kín mặt mà lần từng bước một.""",
    ),
)
PAGE, DPI = (1_654, 2_339), 200


def scanned(parts: tuple[str, ...], dust: random.Random) -> Image.Image:
    """Print a page and lay it on a scanner: turned by half a degree, grey, with specks of dust."""
    page = Image.new("L", PAGE, 236)
    pen, y = ImageDraw.Draw(page), 260
    large, plain = (ImageFont.truetype(PRINT, size) for size in (60, 36))
    for part in parts:
        if part in TITLES:
            pen.text((PAGE[0] / 2, y + 60), part, font=large, fill=40, anchor="mm")
            y += 180
            continue
        for number, line in enumerate(lines(part, plain)):
            pen.text((200 if number else 260, y), line, font=plain, fill=40)
            y += 64
    for _ in range(60):
        x, y = dust.randrange(PAGE[0]), dust.randrange(PAGE[1])
        pen.ellipse((x, y, x + 2, y + 2), fill=120)
    return page.rotate(0.5, resample=Image.Resampling.BICUBIC, fillcolor=236)


def lines(text: str, font: ImageFont.FreeTypeFont) -> Iterator[str]:
    """Break a text into lines that fit the page."""
    line = ""
    for word in text.split():
        if font.getlength(f"{line} {word}") > PAGE[0] - 460:
            yield line
            line = word
        else:
            line = f"{line} {word}".strip()
    yield line


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    dust = random.Random(7)  # noqa: S311  # no secret
    first, *others = [scanned(parts, dust) for parts in PAGES]
    first.save(tmp_path / "ban-quet.pdf", "PDF", resolution=DPI, save_all=True, append_images=others)
    return tmp_path / "ban-quet.pdf"


def test_letters_of_a_scan_are_recognised_and_its_chapters_found(scan: Path, tmp_path: Path) -> None:
    made = run(tmp_path, [scan], "--ocr")
    assert made.code == 0, made.said
    script = (tmp_path / "jobs" / "ban-quet" / "script.md").read_text(encoding="utf-8").split("---\n", 2)[2]
    assert re.findall(r"^# (.*)$", script, re.MULTILINE) == [*TITLES]
    wanted = words(" ".join(part for parts in PAGES for part in parts))
    likeness = compare(wanted, words(script))
    assert likeness.kept >= 0.97, likeness
    assert len(likeness.invented) <= 0.03 * len(wanted), likeness
    paragraphs = [one for one in script.split("\n\n") if words(one) and not one.lstrip().startswith("#")]
    assert len(paragraphs) == sum(len(parts) for parts in PAGES) - len(TITLES)


def test_without_being_asked_a_scan_is_refused_with_the_way_out(scan: Path, tmp_path: Path) -> None:
    made = run(tmp_path, [scan])
    assert made.code == 2
    assert "--ocr" in made.said
    assert not (tmp_path / "jobs" / "ban-quet").exists()
