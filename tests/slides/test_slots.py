"""Templates as designers draw and move them, and any text in every slot of every canvas."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from media_service.domain.look import Canvas, Look
from media_service.domain.slide import (
    ChapterSlide,
    CoverSlide,
    CreditsSlide,
    LabelledSlide,
    OutroSlide,
    QuoteSlide,
    Slide,
    TextSlide,
    Thumbnail,
    TitleSlide,
)
from media_service.errors import InputError
from media_service.slides import composing, contrast, styles
from media_service.slides.placing import shift_of
from media_service.slides.subject import focus
from tests import make
from tests.slides.conftest import SHIPPED

FOLDERS = (SHIPPED,)
INKSCAPE = """<?xml version="1.0" encoding="UTF-8" standalone="no"?>
<svg width="508mm" height="285.75mm" viewBox="0 0 1920 1080" version="1.1" id="svg1"
 sodipodi:docname="text.svg" inkscape:version="1.3.2"
 xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape"
 xmlns:sodipodi="http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd"
 xmlns="http://www.w3.org/2000/svg" xmlns:svg="http://www.w3.org/2000/svg">
<sodipodi:namedview id="namedview1" pagecolor="#ffffff" inkscape:zoom="0.5"/>
<defs id="defs1"/>
<g inkscape:label="Lớp 1" inkscape:groupmode="layer" id="layer1" transform="translate(100,40)">
<rect style="fill:#0b5662;stroke:none" class="fill-paper" id="rect7" width="1920" height="1080" x="-100" y="-40"/>
<rect style="opacity:0.2;fill:#ff00ff" id="text.text" width="1000" height="700" x="200" y="100"
 transform="matrix(1.2,0,0,1,10,20)" data-align="left" data-anchor="top"/>
</g>
</svg>
"""
WORDS = st.text(
    st.sampled_from("aăâbcdđeêghiklmnoôơpqrstuưvxyẤỄỘ.,!–0123456789     ")
    | st.sampled_from("😀🐢שלוםم中文字\u202e\u200d\u0301"),
    min_size=1,
    max_size=300,
)


def slides(words: str) -> tuple[Slide, ...]:
    return (
        TitleSlide(words, words[:60], words[:60]),
        ChapterSlide(words),
        LabelledSlide(make.picture(), words[:60]),
        TextSlide(words[:160]),
        QuoteSlide(words[:160], words[:40]),
        CoverSlide(words, words[:60], (("Ký hiệu", words[:30]),), "https://thuvien.example/1", words[:60]),
        CreditsSlide(((words[:40], words[:40]),), (words,)),
        OutroSlide(words[:60], words[:40], words[:40]),
    )


@given(WORDS, st.sampled_from(Canvas))
@settings(max_examples=12, deadline=None)
def test_any_text_stays_inside_the_safe_area_of_every_canvas_or_is_refused(words: str, canvas: Canvas) -> None:
    width, height = canvas.size
    left, top, right, bottom = (54, 285, 900, 1635) if canvas is Canvas.TALL else (96, 54, 1824, 1026)
    for slide in slides(words):
        try:
            drawing = composing.compose(FOLDERS, slide, Look("fairy-tale", canvas=canvas), None)
        except InputError as refusal:
            assert "no sign" in str(refusal)  # noqa: PT017  # either is right; which, the typeface decides
            continue
        assert drawing.size == (width, height)
        for block in drawing.blocks:
            assert left <= min(line.x for line in block.lines)
            assert max(line.x + line.width for line in block.lines) <= right + 1
            assert top - 1 <= block.top
            assert block.bottom <= bottom + 1


def own(folder: Path, text: str) -> Path:
    path = folder / "slides" / "text.svg"
    path.parent.mkdir()
    path.write_text(text, "utf-8")
    return folder


def test_a_template_as_inkscape_saves_it_is_drawn_with_its_moved_box_and_the_themes_colours(tmp_path: Path) -> None:
    folders = (own(tmp_path, INKSCAPE), SHIPPED)
    drawing = composing.compose(folders, TextSlide("Đi một ngày đàng, học một sàng khôn."), Look("fairy-tale"), None)
    seen, facts = composing.drawn(drawing)
    (text,) = facts.texts
    assert seen.size == (1920, 1080)
    assert text.left == pytest.approx(100 + 10 + 1.2 * 200, abs=1)
    assert text.top == pytest.approx(40 + 20 + 100, abs=1)
    assert text.right <= 100 + 10 + 1.2 * 1200 + 1
    assert seen.getpixel((5, 5)) == (255, 246, 236), "the theme's paper, whatever colour the editor showed"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("matrix(1.2,0,0,1,10,20)", "rotate(12)"), "turned, slanted or mirrored"),
        (('id="text.text"', 'id="text.title"'), "has “title”"),
        (("fill-paper", "fill-pink"), "no colour is called “pink”"),
        (('viewBox="0 0 1920 1080"', 'viewBox="0 0 508 286"'), "viewBox must be 0 0 1920 1080"),
    ],
)
def test_what_no_slot_can_follow_is_said_with_the_template(change: tuple[str, str], said: str, tmp_path: Path) -> None:
    folders = (own(tmp_path, INKSCAPE.replace(*change)), SHIPPED)
    with pytest.raises(InputError, match=said):
        composing.compose(folders, TextSlide("Một."), Look("fairy-tale"), None)


def test_groups_within_groups_add_up() -> None:
    shift = shift_of("translate(10 20) scale(2) matrix(1 0 0 3 5 5)")
    assert shift.box(1, 1, 10, 10) == (10 + 2 * 6, 20 + 2 * 8, 20, 60)


@pytest.mark.parametrize("kind", ["audiobook", "book-introduction", "fairy-tale", "heritage"])
def test_every_kind_has_three_themes_and_all_are_seven_to_one(kind: str) -> None:
    themes = styles.themes(FOLDERS, kind)
    assert len(themes) == 3
    for theme in themes:
        palette = styles.read(FOLDERS, Look(kind, theme)).palette
        assert all(contrast.between(palette[text], palette[ground]) >= 7 for text, ground in styles.GROUNDS)


def test_a_theme_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    text = (SHIPPED / "slides/styles.toml").read_text("utf-8").replace('ink = "#231f4d"', 'ink = "#8f8bb0"')
    (tmp_path / "slides").mkdir()
    (tmp_path / "slides/styles.toml").write_text(text, "utf-8")
    with pytest.raises(InputError, match="ink on paper has a contrast of"):
        styles.read((tmp_path, SHIPPED), Look("fairy-tale", "dem-trang"))


def test_text_that_its_ground_would_swallow_gets_a_sheet_behind_it(tmp_path: Path) -> None:
    text = INKSCAPE.replace("fill-paper", "fill-ink")
    drawing = composing.compose((own(tmp_path, text), SHIPPED), TextSlide("Một."), Look("fairy-tale"), None)
    assert composing.drawn(drawing)[1].texts[0].contrast >= 7


@pytest.mark.parametrize(("x", "y"), [(0.2, 0.5), (0.5, 0.7), (0.8, 0.4)])
def test_what_stands_out_is_found(x: float, y: float) -> None:
    from PIL import Image  # only here

    scene = Image.new("RGB", (1600, 900), "#9fd8e2")
    scene.paste((230, 200, 150), (0, 700, 1600, 900))
    scene.paste((200, 40, 40), (int(1600 * x) - 90, int(900 * y) - 110, int(1600 * x) + 90, int(900 * y) + 110))
    found = focus(scene)
    assert (found.x, found.y) == (pytest.approx(x, abs=0.06), pytest.approx(y, abs=0.1))


@pytest.mark.parametrize("layout", range(3))
def test_every_thumbnail_can_be_read_and_leaves_the_corner_free(layout: int) -> None:
    drawing = composing.compose(FOLDERS, Thumbnail("Rùa con về biển", "12", layout=layout), Look("audiobook"), None)
    seen, facts = composing.drawn(drawing)
    assert seen.size == (1280, 720)
    assert len(composing.jpeg(seen)) <= composing.LARGEST_JPEG
    for text in facts.texts:
        assert text.contrast >= 7
        assert text.whole
        assert text.size >= 60
        assert text.bottom < 610 or text.right < 1000
