"""What a viewer reads: sizes, places, lines and contrast of text on every kind of slide."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from media_service.domain.look import Look
from media_service.domain.slide import ChapterSlide, CreditsSlide, Thumbnail, TitleSlide
from media_service.errors import InputError
from media_service.slides import layers, measuring, styles, typesetting
from media_service.slides.layers import Drawing
from media_service.slides.typesetting import Box

LONG = "Truyện về những nghệ nhân gìn giữ nghề gốm cổ truyền của người Chăm ở làng Bình Đức"
ABSURD = (LONG + ", ") * 4
ROWS = tuple((f"Vai trò thứ {n}", "Nguyễn Thị Hoàng Yến") for n in range(10))
NOTICES = (
    "Giọng đọc tổng hợp eSpeak NG.",
    "Truyện do Thư viện tỉnh Bình Thuận tự sáng tác, lấy cảm hứng từ những đàn rùa biển nở trên đảo Hòn Cau.",
    "Tranh do Thư viện tỉnh Bình Thuận tự vẽ cho truyện này.",
    "Truyện và tranh được tặng vào phạm vi công cộng (CC0 1.0).",
)
SLIDES = {
    "short title": TitleSlide("Sự tích dưa hấu", byline="Thư viện tỉnh Bình Thuận kể lại"),
    "chapter": TitleSlide("Rùa con về biển", "Chương 2. Đêm trăng trên bãi cát", "Thư viện tỉnh Bình Thuận"),
    "capitals": TitleSlide("NHỮNG NGƯỜI KHUẤY ĐỘNG"),
    "long title": TitleSlide(LONG, "Chương 12. Lửa lò nung", "Thư viện tỉnh Bình Thuận"),
    "absurd title": TitleSlide(ABSURD[:300], ABSURD[:120], ABSURD[:120]),
    "one endless word": TitleSlide("Ứ" * 90),
    "section": ChapterSlide("Mười hai thế kỷ gạch nung"),
    "absurd section": ChapterSlide(ABSURD[:300]),
    "capital section": ChapterSlide("NHỮNG NGƯỜI KHUẤY ĐỘNG"),
    "few credits": CreditsSlide(ROWS[:3], NOTICES[:2]),
    "many credits": CreditsSlide(ROWS, NOTICES),
    "thumbnail": Thumbnail("Rùa con về biển", "12"),
    "absurd thumbnail": Thumbnail(ABSURD[:300], "12"),
}
STYLES = ("audiobook", "book-introduction", "fairy-tale", "heritage")
FLOORS = {"title": 60, "chapter": 58, "byline": 44, "section": 60, "credit_role": 44, "credit_name": 44, "notice": 44}


def pixels(drawing: Drawing, *, texts: bool = True) -> np.ndarray:
    seen = layers.pixels(drawing)[0] if texts else layers.bare(drawing)
    return np.asarray(seen).astype(int)


def safe_area(slide: object) -> tuple[float, float, float, float]:
    width, height = (1280, 720) if isinstance(slide, Thumbnail) else (1920, 1080)
    return width * 0.05, height * 0.05, width * 0.95, height * 0.95


def luminance(colors: np.ndarray) -> np.ndarray:
    """Relative luminance of WCAG 2."""
    share = np.asarray(colors, float) / 255
    linear = np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)
    return linear @ np.array([0.2126, 0.7152, 0.0722])


def rgb(color: str) -> np.ndarray:
    return np.array([int(color[i : i + 2], 16) for i in (1, 3, 5)])


def contrast(one: float, other: float) -> float:
    return (max(one, other) + 0.05) / (min(one, other) + 0.05)


@pytest.mark.parametrize("with_picture", [False, True])
@pytest.mark.parametrize("name", SLIDES)
def test_every_line_stands_inside_the_safe_area_and_reads_at_its_size(viewer, picture_file, name, with_picture):
    slide = SLIDES[name]
    drawing = viewer.compose(slide, picture=picture_file() if with_picture else None)
    left, top, right, bottom = safe_area(slide)
    blocks = [block for text in drawing.texts for block in text.blocks]
    assert blocks
    for block in blocks:
        assert block.size >= FLOORS.get(block.role, 44)
        assert block.top >= top
        assert block.bottom <= bottom
        assert all(line.x >= left and line.x + line.width <= right for line in block.lines)
        assert all(after.y - before.y >= 1.5 * block.size - 0.01 for before, after in pairwise(block.lines))


@pytest.mark.parametrize("name", SLIDES)
def test_the_ink_of_text_lies_where_the_layout_says(viewer_without_mark, name):
    slide = SLIDES[name]
    drawing = viewer_without_mark.compose(slide)
    shown, bare = pixels(drawing), pixels(drawing, texts=False)
    ink = np.abs(shown - bare).sum(axis=2) > 24
    left, top, right, bottom = safe_area(slide)
    rows, columns = np.nonzero(ink)
    assert rows.size > 500
    assert left <= columns.min()
    assert columns.max() <= right
    assert top <= rows.min()
    assert rows.max() <= bottom
    for block in (block for text in drawing.texts for block in text.blocks):
        for line in block.lines:
            slack = 0.09 * block.size
            low, high = int(line.y - 1.27 * block.size), int(line.y + 0.32 * block.size)
            ink[max(0, low) : high, int(line.x - slack) : int(line.x + line.width + slack)] = False
    assert not ink.any()


ON_EACH_GROUND = [("ink", "paper"), ("accent", "paper"), ("soft", "paper"), ("on_deep", "deep"), ("ink", "glow")]


@pytest.mark.parametrize("style", STYLES)
def test_the_colours_of_every_style_are_seven_to_one_apart(viewer, style):
    palette = styles.read(viewer.folders, Look(style)).palette
    for text, ground in ON_EACH_GROUND:
        apart = contrast(luminance(rgb(palette[text])), luminance(rgb(palette[ground])))
        assert apart >= 7, (text, ground, apart)


@pytest.mark.parametrize(
    ("name", "style"),
    [
        ("chapter", "audiobook"),
        ("long title", "fairy-tale"),
        ("section", "heritage"),
        ("few credits", "book-introduction"),
        ("many credits", "audiobook"),
        ("thumbnail", "fairy-tale"),
        ("absurd thumbnail", "heritage"),
        ("absurd title", "book-introduction"),
    ],
)
def test_text_keeps_a_contrast_of_seven_to_one_over_any_picture(viewer, picture_file, name, style):
    drawing = viewer.compose(SLIDES[name], style, picture_file())
    bare = pixels(drawing, texts=False)
    for block in (block for text in drawing.texts for block in text.blocks):
        color = luminance(rgb(block.color))
        for line in block.lines:
            low, high = int(line.y - 1.2 * block.size), int(line.y + 0.3 * block.size)
            behind = luminance(bare[low:high, int(line.x) : int(line.x + line.width)]).ravel()
            darkest, brightest = np.quantile(behind, [0.05, 0.95])
            assert min(contrast(color, darkest), contrast(color, brightest)) >= 7, (block.role, line.text)


def test_titles_of_usual_length_are_large(viewer, picture_file):
    for title in ("Sự tích dưa hấu", "Rùa con về biển", "Dế Mèn phiêu lưu ký", "Tháp Chăm Po Sah Inư", LONG):
        for picture in (None, picture_file()):
            block = (
                viewer.compose(TitleSlide(title, byline="Thư viện tỉnh Bình Thuận"), picture=picture).texts[0].blocks[0]
            )
            assert block.size >= 108, title


def test_only_absurdly_long_titles_lose_their_end(viewer):
    shown = [line.text for line in viewer.compose(TitleSlide(ABSURD[:300])).texts[0].blocks[0].lines]
    assert " ".join(shown) == ABSURD[:300].strip()
    lost = viewer.compose(TitleSlide(ABSURD * 5)).texts[0].blocks[0].lines
    assert lost[-1].text.endswith("…")


def test_lines_are_even_and_leave_no_syllable_alone(viewer, picture_file):
    blocks = viewer.compose(TitleSlide("Rùa con về biển"), picture=picture_file()).texts[0].blocks
    assert [line.text for line in blocks[0].lines] == ["Rùa con", "về biển"]


@pytest.mark.parametrize("words", ["Dưa hấu", "Rùa con", "Dế Mèn", "Po Sah Inư"])
def test_two_or_three_short_syllables_stand_on_one_line_of_a_thumbnail(viewer, picture_file, words):
    (block,) = viewer.compose(Thumbnail(words), picture=picture_file()).texts[0].blocks
    assert [line.text for line in block.lines] == [words]
    assert block.size >= 110


def test_a_badge_says_what_it_counts(viewer):
    badge = viewer.compose(Thumbnail("Rùa con", "12")).texts[1]
    assert [line.text for line in badge.blocks[0].lines] == ["Chương 12"]


def test_a_compound_a_name_and_a_number_stay_on_one_line(viewer):
    for text, kept in (
        (LONG, "Bình Đức"),
        ("Chuyện kể về một con chim và mười hai chú rùa nhỏ bên bờ biển", "mười hai chú"),
    ):
        lines = [line.text for line in viewer.compose(TitleSlide(text)).texts[0].blocks[0].lines]
        assert len(lines) > 1
        assert any(kept in line for line in lines)


def test_ten_credits_and_four_notices_fit_whole(viewer):
    drawing = viewer.compose(SLIDES["many credits"])
    shown = " ".join(line.text for block in drawing.texts[0].blocks for line in block.lines)
    assert shown.count("Yến") == 10
    assert all(notice.split()[-1] in shown for notice in NOTICES)
    assert "…" not in shown


def test_credits_without_notices_and_notices_without_credits_are_drawn(viewer):
    assert viewer.compose(CreditsSlide(ROWS[:1], ())).texts[0].blocks
    assert viewer.compose(CreditsSlide((), NOTICES[:1])).texts[0].blocks
    assert viewer.compose(CreditsSlide((), ())).texts[0].blocks == ()


def test_far_too_many_credits_still_stay_inside(viewer):
    text = viewer.compose(CreditsSlide(ROWS * 3, NOTICES[:2])).texts[0]
    assert text.top >= 54
    assert text.bottom <= 1026


def test_a_sign_the_typeface_lacks_is_named(viewer):
    with pytest.raises(InputError, match="ꨌ") as caught:
        viewer.compose(TitleSlide("Tháp ꨌꩌ"))
    assert [fault.file for fault in caught.value.faults] == ["title"]


def test_text_typed_in_pieces_is_shown_composed_on_one_line(viewer):
    block = viewer.compose(TitleSlide("Sự\u0301 ti\u0301ch\n\tdưa\u200b ha\u0302\u0301u")).texts[0].blocks[0]
    assert block.lines[0].text.endswith("dưa hấu")


LOOK = styles.read((Path(__file__).parents[2] / "templates",), Look("audiobook"))
WORDS = st.text(st.sampled_from("aăâbcdđeêghiklmnoôơpqrstuưvxyẤỄỘ.,!–0123456789 "), min_size=1, max_size=200)


@given(WORDS, st.integers(300, 1700), st.integers(160, 900))
def test_any_text_stays_in_any_box(text, width, height):
    box = Box(100, 50, width, height)
    role = LOOK.roles["title"]
    placed = typesetting.stack([("title", text)], LOOK, [box])
    for block in placed.blocks:
        assert block.top >= 50 - 0.01
        assert block.bottom <= 50 + height + 0.01
        assert role.smallest <= block.size <= role.largest
        shown = "".join(line.text for line in block.lines).replace(" ", "")
        assert shown == "".join(text.split()) or shown.endswith("…")
        for line in block.lines:
            assert line.width <= width + 0.01
            assert line.width == pytest.approx(measuring.width(line.text, block.family, block.weight) * block.size)
