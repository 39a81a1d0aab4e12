"""The doors in the box do what they do outside it, and what would eat a machine ends as a sentence."""

from __future__ import annotations

import struct
import time
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from media_service.box.call import Box
from media_service.boxed import KNOWLEDGE, BoxedDescriptions, BoxedJobFiles, BoxedSlides
from media_service.describing.templates import TemplateDescriptions
from media_service.domain.listing import Subject
from media_service.domain.look import Look
from media_service.domain.slide import Slide, Thumbnail, TitleSlide
from media_service.errors import InputError
from media_service.intake.folder import JobFolders
from media_service.slides.drawing import SvgSlides
from media_service.speech.profiles import load
from tests import make
from tests.box import works
from tests.box.conftest import BOUNDS, ROOT
from tests.jobs import SHORT, png, png_header, short_job

TEMPLATES = (ROOT / "templates",)
LOOK = Look("fairy-tale")
VOICES = load((ROOT / "voices",))
SUBJECT = Subject(make.facts(), "", 1, 1, (), ())


def test_a_job_is_read_in_the_box_as_outside(doors: Box, tmp_path: Path) -> None:
    job = short_job(tmp_path)
    assert repr(BoxedJobFiles(JobFolders(), doors).read(job, iter(VOICES))) == repr(JobFolders().read(job, VOICES))


def test_every_fault_of_a_job_comes_out_of_the_box(doors: Box, tmp_path: Path) -> None:
    job = short_job(tmp_path, SHORT.replace("(chieu.png)", "(none.png)").replace("nu-mien-trung", "nobody"))
    raised = []
    for job_files in (BoxedJobFiles(JobFolders(), doors), JobFolders()):
        with pytest.raises(InputError) as caught:
            job_files.read(job, VOICES)
        raised.append(caught.value.faults)
    assert raised[0] == raised[1]
    assert len(raised[0]) == 2


@pytest.mark.parametrize("slide", [TitleSlide("Cây khế", "Chương 1", background=make.picture()), Thumbnail("Cây khế")])
def test_a_slide_is_drawn_in_the_box_as_outside(slide: Slide | Thumbnail, doors: Box, tmp_path: Path) -> None:
    plain = SvgSlides(TEMPLATES)
    boxed = BoxedSlides(plain, doors)
    (tmp_path / "in.png").write_bytes(png(640, 360))
    for one, name in ((plain, "plain"), (boxed, "boxed")):
        one.paint(tmp_path / "in.png", "in.png", tmp_path / "painted.png")
        if isinstance(slide, Thumbnail):
            one.thumbnail(slide, LOOK, None, tmp_path / f"{name}.jpg")
            one.cover(tmp_path / f"{name}.jpg", tmp_path / name)
        else:
            one.draw(slide, LOOK, tmp_path / "painted.png", tmp_path / name)
    assert (tmp_path / "boxed").read_bytes() == (tmp_path / "plain").read_bytes()
    assert boxed.version(slide, LOOK) == plain.version(slide, LOOK)


def test_a_listing_is_written_in_the_box_as_outside(doors: Box) -> None:
    plain = TemplateDescriptions(TEMPLATES)
    assert BoxedDescriptions(plain, doors).describe(SUBJECT) == plain.describe(SUBJECT)


@pytest.fixture(scope="module")
def tight() -> Iterator[Box]:
    """A box with little room; its nursery has loaded what it knows, so that no room goes into that."""
    with (
        Box(KNOWLEDGE, replace(BOUNDS, memory=100 << 20, wall_s=20, cpu_s=2)) as box,
        pytest.MonkeyPatch.context() as patch,
    ):
        patch.setenv("PYTHONPATH", str(ROOT))
        end = time.monotonic() + 30
        while not box.call("", works.loaded, "encodings.unicode_escape") and time.monotonic() < end:
            time.sleep(0.05)
        yield box


def swollen(width: int, height: int) -> bytes:
    """A PNG of one colour: megabytes of pixels in kilobytes."""
    pack = zlib.compressobj(1)
    row = b"\0" + bytes(3 * width)
    return _png(width, height, b"".join(pack.compress(row) for _ in range(height)) + pack.flush())


def _png(width: int, height: int, data: bytes) -> bytes:
    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def vast_drawing() -> bytes:
    """A drawing whose filters ask for one buffer after another."""
    filters = "".join(f'<feGaussianBlur stdDeviation="500" result="r{n}"/>' for n in range(2000))
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="2000" height="2000"><filter id="f" x="-5" y="-5" width="11" '
        f'height="11">{filters}</filter><rect width="2000" height="2000" filter="url(#f)"/></svg>'
    ).encode()


@pytest.mark.parametrize(
    ("bomb", "said"),
    [
        (lambda: swollen(7_000, 6_000), "more than 40 million pixels"),
        (lambda: png_header(60_000, 60_000), "more than 40 million pixels"),
        (lambda: swollen(6_300, 6_300), "memory"),
        (vast_drawing, "memory|busy|break off"),
    ],
    ids=["many pixels", "claims many pixels", "just as many as are allowed, in a tight box", "a drawing without end"],
)
def test_a_picture_that_would_eat_the_machine_is_refused(
    bomb: Callable[[], bytes], said: str, tight: Box, tmp_path: Path
) -> None:
    (tmp_path / "bomb").write_bytes(bomb())
    slides = BoxedSlides(SvgSlides(TEMPLATES), tight)
    with pytest.raises(InputError, match=said) as caught:
        slides.paint(tmp_path / "bomb", "tháp.png", tmp_path / "out.png")
    assert "tháp.png" in str(caught.value)
    assert not (tmp_path / "out.png").exists()


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("{% for a in 'a' * 99999 %}{% for b in 'a' * 99999 %}{% endfor %}{% endfor %}", "longer than 2 seconds"),
        ("{{ 'a' * 1000000000 }}", "MemoryError|memory"),
        ("{% for a in 'a' * 99999 %}{{ 'a' * 1000000 }}{% endfor %}", "MemoryError|memory"),
        ("{% for a in range(1000000000) %}{% endfor %}", "'range' is undefined"),
    ],
    ids=["loops in loops", "a text of 1e9", "much text", "a range of 1e9"],
)
def test_a_template_that_would_eat_the_machine_is_refused(template: str, said: str, tight: Box, tmp_path: Path) -> None:
    folder = tmp_path / "listing" / LOOK.style
    folder.mkdir(parents=True)
    (folder / "title.txt.j2").write_text(template, encoding="utf-8")
    listings = BoxedDescriptions(TemplateDescriptions((tmp_path, *TEMPLATES)), tight)
    began = time.monotonic()
    with pytest.raises(InputError, match=said) as caught:
        listings.describe(SUBJECT)
    assert "listing/fairy-tale" in str(caught.value)
    assert time.monotonic() - began < 15
