"""Pictures as people hand them in: the slide is filled, upright and in true colours, or the fault is said."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageCms

from media_service.domain.look import Canvas, Look
from media_service.domain.read_along import Block
from media_service.domain.script import Picture
from media_service.domain.slide import PageSlide, PictureSlide
from media_service.errors import InputError
from media_service.slides import lettering, pictures
from media_service.slides.drawing import SvgSlides
from media_service.slides.framing import Framing

RED = (200, 40, 40)
PAPER = "#fff8ea"


def drawn(viewer, path, tmp_path):
    SvgSlides(viewer.folders).draw(
        PictureSlide(Picture(path.name, "", 1, 1)), Look("audiobook"), path, tmp_path / "out.png"
    )
    return np.asarray(Image.open(tmp_path / "out.png").convert("RGB")).astype(int)


def loaded(path):
    return pictures.load(path, path.name, PAPER)


def near(pixel, color, by=12):
    return all(abs(int(one) - other) <= by for one, other in zip(pixel, color, strict=True))


def half_red(mode="RGB", size=(160, 90)):
    """Red above, white below."""
    image = Image.new("RGB", size, "white")
    image.paste(RED, (0, 0, size[0], size[1] // 2))
    return image.convert(mode)


@pytest.mark.parametrize("size", [(1920, 1080), (1600, 1000), (2100, 1080)])
def test_a_picture_of_nearly_the_slides_shape_fills_it(viewer, picture_file, size):
    assert Framing(loaded(picture_file(size=size))).fills(1920, 1080)


@pytest.mark.parametrize("size", [(900, 1600), (4000, 400), (1000, 1000), (60, 34)])
def test_other_pictures_are_shown_whole_without_bars(viewer, tmp_path, size):
    path = tmp_path / "red.png"
    Image.new("RGB", size, RED).save(path)
    frame = drawn(viewer, path, tmp_path)
    assert frame.shape == (1080, 1920, 3)
    assert near(frame[540, 960], RED)
    for y, x in ((3, 3), (3, 1916), (1076, 3), (1076, 1916)):
        red, green, blue = frame[y, x]
        assert red > 2 * green
        assert 60 < red < 170, "a darkened copy, neither black nor as bright as the picture"
        assert green == pytest.approx(blue, abs=20)


def test_one_pixel_is_enough_for_a_slide(viewer, tmp_path):
    path = tmp_path / "one.png"
    Image.new("RGB", (1, 1), RED).save(path)
    assert drawn(viewer, path, tmp_path).shape == (1080, 1920, 3)


def test_a_turned_photograph_stands_upright(tmp_path):
    path = tmp_path / "turned.jpg"
    exif = Image.Exif()
    exif[0x0112] = 6
    half_red().rotate(90, expand=True).save(path, exif=exif, quality=95)
    upright = loaded(path)
    assert upright.size == (160, 90)
    assert near(upright.getpixel((80, 10)), RED)
    assert near(upright.getpixel((80, 80)), (255, 255, 255))


def test_print_colours_look_as_on_paper(tmp_path):
    path = tmp_path / "print.jpg"
    half_red("CMYK").save(path, quality=95)
    assert near(loaded(path).getpixel((80, 10)), RED, by=30)


def test_grey_of_sixteen_bits_keeps_its_shades(tmp_path):
    path = tmp_path / "scan.png"
    Image.fromarray(np.linspace(0, 65535, 256).astype(np.uint16).reshape(1, 256).repeat(20, axis=0)).save(path)
    shades = np.asarray(loaded(path))[10, :, 0].astype(int)
    assert np.abs(shades - np.arange(256)).max() <= 1


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P"])
def test_what_is_transparent_shows_paper(tmp_path, mode):
    path = tmp_path / "clear.png"
    Image.new("RGBA", (40, 40), (0, 0, 0, 0)).convert(mode).save(path, **({"transparency": 0} if mode == "P" else {}))
    assert near(loaded(path).getpixel((20, 20)), (255, 248, 234), by=1)


def test_a_colour_profile_is_honoured_and_a_broken_one_ignored(tmp_path):
    good, broken = tmp_path / "good.jpg", tmp_path / "broken.jpg"
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    half_red().save(good, icc_profile=profile, quality=95)
    half_red().save(broken, icc_profile=b"no profile at all", quality=95)
    assert near(loaded(good).getpixel((80, 10)), RED)
    assert near(loaded(broken).getpixel((80, 10)), RED)


@pytest.mark.parametrize("name", ["cut.png", "cut.jpg", "cut.webp"])
def test_a_picture_cut_short_is_named_as_damaged(picture_file, name):
    path = picture_file(name)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    with pytest.raises(InputError, match=f"{name} is damaged or was not copied to its end"):
        loaded(path)


def test_other_kinds_missing_files_and_giants_are_refused_in_words(tmp_path, monkeypatch):
    text = tmp_path / "letter.png"
    text.write_text("Thư")
    with pytest.raises(InputError, match=r"letter\.png is not a PNG"):
        loaded(text)
    with pytest.raises(InputError, match=r"gone\.png cannot be opened"):
        loaded(tmp_path / "gone.png")
    giant = tmp_path / "giant.png"
    Image.new("1", (8000, 5100)).save(giant)
    with pytest.raises(InputError, match="more than 40 million pixels"):
        loaded(giant)
    bomb = tmp_path / "bomb.png"
    Image.new("1", (14000, 14000)).save(bomb)
    with pytest.raises(InputError, match="more than 40 million pixels"):
        loaded(bomb)


SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 160 90">{}</svg>'
OUTSIDE = {
    "a file": '<image href="/etc/hostname.png" width="9" height="9"/>',
    "a namesake": '<image xlink:href="red.png" width="9" height="9"/>',
    "the web": '<image href="https://example.org/a.png" width="9" height="9"/>',
    "a nested drawing": '<image href="data:image/svg+xml;base64,PHN2Zy8+" width="9" height="9"/>',
    "another's shape": '<use href="other.svg#a"/>',
    "a fill": '<rect width="9" height="9" fill="url(other.svg#a)"/>',
    "a style": '<rect width="9" height="9" style="fill: url( \'other.svg#a\')"/>',
    "a style sheet": "<style>@import 'other.css';</style>",
    "a filter": '<filter id="f"><feImage href="red.png"/></filter>',
    "a carried GIF": '<image href="data:image/gif;base64,R0lGODlhAQABAAAAADs=" width="9" height="9"/>',
    "a link": '<a href="https://example.org"><rect width="9" height="9"/></a>',
    "a base": '<g xml:base="https://example.org/"/>',
    "a typeface": "<style>@font-face{src:local(x)}</style>",
    "a picture set": "<rect style=\"mask:image-set('x' 1x)\"/>",
    "a fill in other letters": '<rect fill="u\\72 l(//x)"/>',
}


@pytest.mark.parametrize("what", OUTSIDE)
def test_a_drawing_that_asks_for_other_files_is_refused(tmp_path, what):
    path = tmp_path / "drawing.svg"
    Image.new("RGB", (9, 9), RED).save(tmp_path / "red.png")
    path.write_text(SVG.format(OUTSIDE[what]), "utf-8")
    with pytest.raises(InputError, match=r"drawing\.svg asks for another file"):
        loaded(path)


@pytest.mark.parametrize(
    "text", ["<svg", "<!DOCTYPE svg [<!ENTITY a 'b'>]>" + SVG.format("&a;"), SVG.replace("160 90", "0 9")]
)
def test_a_drawing_that_cannot_be_drawn_is_named(tmp_path, text):
    path = tmp_path / "drawing.svg"
    path.write_text(text, "utf-8")
    with pytest.raises(InputError, match=r"drawing\.svg cannot be drawn"):
        loaded(path)


def test_a_drawing_keeps_its_own_gradients_and_words(tmp_path):
    path = tmp_path / "drawing.svg"
    body = (
        '<linearGradient id="g"><stop stop-color="#c82828"/></linearGradient>'
        '<rect width="160" height="90" fill="url(#g)"/>'
        '<text x="10" y="60" font-family="Arial" font-size="40" fill="#fff">Ấm</text>'
    )
    path.write_text(SVG.format(body), "utf-8")
    picture = loaded(path)
    assert picture.size == (1920, 1080)
    assert near(picture.getpixel((1900, 20)), RED)
    assert (np.asarray(picture).min(axis=2) > 200).sum() > 5000, "the author's words are drawn, in a typeface of ours"


def test_the_part_beside_the_words_is_the_part_with_the_hero():
    scene = Image.new("RGB", (1920, 1080), "#9fd8e2")
    scene.paste(RED, (1300, 400, 1560, 900))
    framing = Framing(scene)
    shown = np.asarray(framing.made[framing.lively(900, 1080)]).astype(int)
    assert shown.shape == (1080, 900, 3)
    assert (shown[..., 0] > shown[..., 1] + 90).sum() > 0.95 * 260 * 500


@pytest.mark.parametrize("top", [260, 420, 520])
def test_the_band_above_a_dune_shows_the_hero_whole(top):
    scene = Image.new("RGB", (1920, 1080), "#9fd8e2")
    scene.paste((235, 245, 248), (300, 40, 900, 140))
    scene.paste(RED, (1000, top, 1260, top + 400))
    framing = Framing(scene)
    shown = np.asarray(framing.made[framing.band(1920, 780)]).astype(int)
    assert shown.shape == (780, 1920, 3)
    assert (shown[10:700, :, 0] > shown[10:700, :, 1] + 90).sum() > 0.95 * 260 * 400


@pytest.mark.parametrize("unit", ["mm", "cm", "in", "pt", "px"])
def test_a_drawing_measured_in_any_unit_is_drawn(tmp_path, unit):
    path = tmp_path / "a.svg"
    path.write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" width="16{unit}" height="9{unit}" viewBox="0 0 160 90">'
        f'<rect width="160" height="90" fill="#00f"/><rect width="1{unit}" height="1{unit}" fill="#f00"/></svg>'
    )
    picture = pictures.open_any(path, path.name).convert("RGB")
    assert picture.getpixel((1, 1)) == (255, 0, 0)


@pytest.mark.parametrize("size", [(1600, 900), (900, 900), (600, 1500)])
def test_a_page_shows_its_picture_whole_above_the_place_for_words(viewer, tmp_path, size):
    corners = ((0, 0), (size[0] - 60, 0), (0, size[1] - 60), (size[0] - 60, size[1] - 60))
    image = Image.new("RGB", size, "white")
    for corner in corners:
        image.paste((0, 0, 200), (*corner, corner[0] + 60, corner[1] + 60))
    path = tmp_path / "page.png"
    image.save(path)
    page = PageSlide(Picture(path.name, "", *size))
    SvgSlides(viewer.folders).draw(page, Look("fairy-tale"), path, tmp_path / "out.png")
    frame = np.asarray(Image.open(tmp_path / "out.png").convert("RGB")).astype(int)
    top = lettering.lettering(Block(), Canvas.WIDE)[1].place.top
    blue = (frame[..., 2] > 180) & (frame[..., 0] < 30)
    rows, columns = np.nonzero(blue)
    assert rows.max() < top
    scale = (columns.max() - columns.min() + 1) / size[0]
    assert rows.max() - rows.min() + 1 == pytest.approx(size[1] * scale, abs=3)
    assert blue.sum() == pytest.approx(4 * (60 * scale) ** 2, rel=0.1)
    assert min(rows.min(), columns.min()) > 30
