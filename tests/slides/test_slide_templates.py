"""Templates and styles as a designer meets them: escaped values, own copies that win, faults with their place."""

from __future__ import annotations

import io
import time

import numpy as np
import pytest
from PIL import Image

from media_service.domain.look import Look
from media_service.domain.script import Kind, Picture
from media_service.domain.slide import ChapterSlide, CreditsSlide, PictureSlide, Thumbnail, TitleSlide
from media_service.errors import InputError
from media_service.slides import composing
from media_service.slides.drawing import SvgSlides

TITLE = TitleSlide("Sự tích dưa hấu")


def opened(path):
    return Image.open(io.BytesIO(path.read_bytes()))


@pytest.fixture
def own(tmp_path):
    """A designer's own folder, and how to put a template there."""

    def put(name, text):
        path = tmp_path / "own" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        return tmp_path / "own"

    return put


@pytest.fixture
def door(viewer):
    return lambda *folders: SvgSlides((*folders, *viewer.folders))


@pytest.mark.parametrize(
    "words", ["<script>alert(1)</script>", "Tôm & Cua", "\"Dế\" 'Mèn'", "{{ 7*7 }} {% if %}", "]]>"]
)
def test_words_that_look_like_code_are_shown_as_they_are(viewer, words):
    drawing = viewer.compose(TitleSlide(words, words, words))
    assert [" ".join(line.text for line in block.lines) for block in drawing.texts[0].blocks] == [words] * 3
    assert not any("script" in element.tag for element in drawing.root.iter())
    assert composing.drawn(drawing)[0].size == (1920, 1080)


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_of_work_has_a_style_for_every_slide(viewer, kind):
    slides = (TITLE, ChapterSlide("Một"), CreditsSlide((("Đọc", "Ai"),), ("Lời.",)), Thumbnail("Dưa hấu", "1"))
    assert all(len(viewer.compose(slide, kind.value).root) for slide in slides)


def test_a_slide_without_a_picture_is_never_blank(door, tmp_path):
    door().draw(ChapterSlide("Một"), Look("heritage"), None, tmp_path / "a.png")
    picture = opened(tmp_path / "a.png")
    assert picture.size == (1920, 1080)
    assert len(picture.convert("RGB").crop((0, 0, 1920, 600)).getcolors(10**7)) > 100


def test_the_same_slide_is_drawn_in_the_same_bytes(door, tmp_path, picture_file):
    for name in ("one.png", "two.png"):
        door().draw(TITLE, Look("fairy-tale"), picture_file(), tmp_path / name)
    assert (tmp_path / "one.png").read_bytes() == (tmp_path / "two.png").read_bytes()


def test_an_own_template_wins_and_the_others_stay(door, own, tmp_path):
    folder = own("slides/title.svg", '<svg xmlns="http://www.w3.org/2000/svg" width="1920" height="1080"/>')
    door(folder).draw(TITLE, Look("heritage"), None, tmp_path / "title.png")
    door(folder).draw(ChapterSlide("Một"), Look("heritage"), None, tmp_path / "chapter.png")
    assert opened(tmp_path / "title.png").getcolors() is not None  # a sheet of one colour
    assert opened(tmp_path / "chapter.png").getcolors() is None


FAULTS = {
    "an unclosed tag": ("<svg>\n{% if %}</svg>", "title.svg has a fault in line 2"),
    "an unknown name": ("<svg>\n\n{{ slide.subtitle }}</svg>", "title.svg has a fault in line 3"),
    "an unknown colour": ("<svg>{{ palette.pink }}</svg>", "title.svg has a fault in line 1"),
    "a forbidden way": ("<svg>\n{{ slide.__class__.__mro__ }}</svg>", "title.svg has a fault in line 2"),
    "a wrong box": ('<svg>\n{{ stack([("title", "a")], {"x": 1}) }}</svg>', "title.svg has a fault in line 2"),
    "a role nobody knows": ('<svg>\n{{ stack([("hero", "a")]) }}</svg>', "title.svg has a fault in line 2"),
    "broken SVG": ("<svg><g></svg>", "title.svg has a fault"),
    "another file": (
        '<svg xmlns="http://www.w3.org/2000/svg"><image href="/etc/a.png"/></svg>',
        "title.svg has a fault",
    ),
    "a missing part": ('{% include "slides/parts/none.svg" %}', "none.svg is missing"),
}


@pytest.mark.parametrize("what", FAULTS)
def test_a_fault_in_a_template_is_said_with_its_place(door, own, tmp_path, what):
    text, said = FAULTS[what]
    with pytest.raises(InputError, match=said):
        door(own("slides/title.svg", text)).draw(TITLE, Look("heritage"), None, tmp_path / "a.png")
    assert not (tmp_path / "a.png").exists()


def test_a_fault_in_a_shared_part_names_the_part(door, own, tmp_path):
    folder = own("slides/parts/mark.svg", "<g>\n{{ nothing }}</g>")
    with pytest.raises(InputError) as caught:
        door(folder).draw(TITLE, Look("heritage"), None, tmp_path / "a.png")
    assert (caught.value.faults[0].file, caught.value.faults[0].line) == ("slides/parts/mark.svg", 2)


def test_an_unknown_style_lists_those_there_are(door):
    with pytest.raises(InputError, match="audiobook, book-introduction, fairy-tale, heritage"):
        door().version(TITLE, Look("opera"))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (('ink = "#10304a"', 'ink = "navy"'), "colour ink of style audiobook"),
        (('color = "ink"', 'color = "pink"'), "asks for the colour pink"),
        (("weight = 700", "weight = 7"), "asks for Be Vietnam Pro 7, which"),
        (("largest = 150", 'largest = "big"'), "cannot be read"),
        (("[roles.title]", "[roles.title"), "cannot be read"),
    ],
)
def test_a_fault_in_the_styles_is_said(door, own, viewer, change, said):
    text = (viewer.folders[-1] / "slides/styles.toml").read_text("utf-8")
    folder = own("slides/styles.toml", text.replace(*change, 1))
    with pytest.raises(InputError, match=said):
        door(folder).version(TITLE, Look("audiobook"))


def test_the_version_changes_with_what_shapes_the_slide_and_nothing_else(door, own, viewer):
    before = door().version(TITLE, Look("heritage"))
    assert before == door().version(TitleSlide("Khác"), Look("heritage"))
    assert before != door().version(TITLE, Look("audiobook"))
    shipped = (viewer.folders[-1] / "slides/chapter.svg").read_text("utf-8")
    assert before == door(own("slides/chapter.svg", shipped + " ")).version(TITLE, Look("heritage"))
    assert before != door(own("slides/parts/emblem.svg", "<g/>")).version(TITLE, Look("heritage"))


def test_what_shapes_a_painting_is_neither_style_nor_template(door, own):
    assert door().version(None, Look("heritage")) == door(own("slides/styles.toml", "")).version(None, Look("opera"))
    assert door().version(None, Look("heritage")) != door().version(TITLE, Look("heritage"))


def test_naming_a_version_is_quick(door):
    slides = door()
    slides.version(TITLE, Look("heritage"))
    spent = []
    for _ in range(10):
        began = time.process_time()
        slides.version(PictureSlide(Picture("a", "", 1, 1)), Look("heritage"))
        spent.append(time.process_time() - began)
    assert min(spent) < 0.02


def test_a_thumbnail_is_a_jpeg_within_the_platforms_limits(door, picture_file, tmp_path):
    door().thumbnail(Thumbnail("Rùa con về biển", "2"), Look("audiobook"), picture_file(), tmp_path / "a.jpg")
    picture = opened(tmp_path / "a.jpg")
    assert (picture.format, picture.mode, picture.size) == ("JPEG", "RGB", (1280, 720))
    assert (tmp_path / "a.jpg").stat().st_size <= 2_000_000


def test_a_thumbnail_too_heavy_gives_up_quality_not_the_limit():
    noise = Image.fromarray(np.random.default_rng(3).integers(0, 256, (720, 1280, 3), np.uint8))
    assert len(composing.jpeg(noise, most=900_000)) <= 900_000
    assert len(composing.jpeg(noise, most=9_000_000)) > 900_000


def test_words_and_badge_of_a_thumbnail_leave_the_corner_of_the_players_clock(viewer, picture_file):
    drawing = viewer.compose(Thumbnail("Những người khuấy động ngọn lửa", "12"), picture=picture_file())
    for block in (block for text in drawing.texts for block in text.blocks):
        assert block.bottom < 610 or all(line.x + line.width < 1000 for line in block.lines)


@pytest.mark.parametrize("words", ["Dế Mèn", "Rùa con về biển", "Sự tích dưa hấu", "Những người khuấy động"])
def test_four_words_on_a_thumbnail_are_large_in_three_lines_at_most(viewer, words):
    block = viewer.compose(Thumbnail(words)).texts[0].blocks[0]
    assert block.size >= 110
    assert len(block.lines) <= 3


def test_words_can_still_be_told_from_their_ground_at_160_pixels(viewer, picture_file):
    drawing = viewer.compose(Thumbnail("Dế Mèn"), picture=picture_file())
    picture = composing.drawn(drawing)[0].convert("L").resize((160, 90))
    line = drawing.texts[0].blocks[0].lines[0]
    size = drawing.texts[0].blocks[0].size
    words = picture.crop(
        (int(line.x / 8), int((line.y - 0.7 * size) / 8), int((line.x + line.width) / 8), int(line.y / 8))
    )
    darkest, brightest = words.getextrema()
    assert brightest - darkest > 150
