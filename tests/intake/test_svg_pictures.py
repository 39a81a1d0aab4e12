"""What an SVG may hold: drawing. Everything that acts, loads or swells is refused with its line."""

from __future__ import annotations

import base64
import time

import pytest

from media_service.intake.refusals import RefusedPictureError
from media_service.intake.svg import svg_size
from tests.jobs import png, png_header

OPEN = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="160" height="90">'
OUT = "“{key}” leads out of the picture"
ACTS = "“{key}” makes pictures do things"
FORBIDDEN = "<{tag}> is not taken in pictures"
SWELLS = "the drawing repeats its parts too often"


def drawing(inside: str) -> bytes:
    return f"{OPEN}\n{inside}</svg>".encode()


def carried(data: bytes, kind: str = "png") -> str:
    return f"data:image/{kind};base64,{base64.b64encode(data).decode()}"


def uses(levels: int, each: int = 10) -> str:
    groups = ['<g id="g0"><path d="M0 0"/></g>']
    groups += [f'<g id="g{n}">' + f'<use href="#g{n - 1}"/>' * each + "</g>" for n in range(1, levels + 1)]
    return "<defs>" + "".join(groups) + f'</defs><use href="#g{levels}"/>'


REFUSED = {
    "a script": ("<script>x</script>", FORBIDDEN),
    "a script in capitals": ("<SCRIPT>x</SCRIPT>", FORBIDDEN),
    "a script of another name space": ('<h:script xmlns:h="http://www.w3.org/1999/xhtml"/>', FORBIDDEN),
    "a page": ("<foreignObject><p/></foreignObject>", FORBIDDEN),
    "an event": ('<rect onclick="x"/>', ACTS),
    "an event in capitals": ('<rect ONLOAD="x"/>', ACTS),
    "a link that is animated": ('<a><set attributeName="xlink:href" to="javascript:x"/></a>', ACTS),
    "a web picture": ('<image href="https://example.org/a.png"/>', OUT),
    "a file": ('<image xlink:href="file:///etc/passwd"/>', OUT),
    "a neighbour": ('<image href="b.png"/>', OUT),
    "another drawing": ('<use href="other.svg#x"/>', OUT),
    "a running link": ('<a href="javascript:x"/>', OUT),
    "a hidden running link": ('<a href=" &#106;avascript:x"/>', OUT),
    "a carried drawing": ('<image href="data:image/svg+xml;base64,PHN2Zy8+"/>', OUT),
    "a carried page": ('<a href="data:text/html,x"/>', OUT),
    "a base": ('<g xml:base="http://example.org/"/>', OUT),
    "a fill from the web": ('<rect fill="url(https://example.org/#g)"/>', OUT),
    "a fill in capitals": ("<rect fill=\"URL( 'x.svg#g' )\"/>", OUT),
    "a style from the web": ('<rect style="filter: url(x.svg#f)"/>', OUT),
    "a style that imports": ('<style>@import "x.css";</style>', OUT),
    "a style sheet in a section": ("<style><![CDATA[ a{fill:url(//x)} ]]></style>", OUT),
    "a style in a style": ("<style>@import 'x';<style/></style>", OUT),
    "a style in other letters": ("<style>a{fill:u\\72l(x)}</style>", OUT),
    "a fill in other letters": ('<rect fill="u\\72 l(//x)"/>', OUT),
    "a font from the web": ("<style>@font-face{src:local(x)}</style>", OUT),
    "a style's picture set": ("<rect style=\"mask:image-set('x' 1x)\"/>", OUT),
    "a bomb of uses": (uses(9), SWELLS),
    "a bomb of patterns": (
        uses(9).replace("<use href", "<rect fill").replace('"#', '"url(#').replace('"/>', ')"/>'),
        SWELLS,
    ),
    "a circle": ('<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>', SWELLS),
    "itself": ('<g id="a"><use href="#a"/></g>', SWELLS),
    "a long chain": (uses(5000, each=1), SWELLS),
    "a style sheet instruction": ("<?xml-stylesheet href='x.css'?>", "a style sheet or another instruction"),
}


@pytest.mark.parametrize(("inside", "why"), REFUSED.values(), ids=REFUSED.keys())
def test_what_is_no_drawing_is_refused_with_its_line(inside: str, why: str) -> None:
    with pytest.raises(RefusedPictureError) as refused:
        svg_size(drawing(inside), "a.svg")
    values = refused.value.said.values
    assert str(getattr(values["why"], "key", ""))[: len(why)] == why
    assert values["line"] == 2


BROKEN = {
    "not closed": (OPEN.encode(), "this SVG is broken"),
    "not XML": (b"<svg <", "this SVG is broken"),
    "an unknown encoding": (b'<?xml version="1.0" encoding="klingon"?><svg/>', "this SVG is broken"),
    "an encoding that is none": (b'<?xml version="1.0" encoding="base64"?><svg/>', "this SVG is broken"),
    "entities": (b'<!DOCTYPE svg [<!ENTITY a "b">]><svg/>', "<!DOCTYPE> and entities"),
    "outer entities": (b'<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]><svg>&a;</svg>', "<!DOCTYPE>"),
    "entities in UTF-16": ('<!DOCTYPE svg [<!ENTITY a "b">]><svg/>'.encode("utf-16"), "<!DOCTYPE> and entities"),
    "a web page": (b"<!DOCTYPE html><html></html>", "<!DOCTYPE>"),
    "another XML": (b"<rss/>", "this is no SVG"),
    "no name space": (b'<svg width="1" height="1"/>', "this is no SVG"),
    "no size": (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "does not say its size"),
    "a size of nothing": (b'<svg xmlns="http://www.w3.org/2000/svg" width="0" height="9"/>', "does not say its size"),
    "a size in percent": (b'<svg xmlns="http://www.w3.org/2000/svg" width="9%" height="9%"/>', "does not say its size"),
    "a size without end": (b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1e999 9"/>', "does not say its size"),
    "a size for giants": (b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 50000 50000"/>', "40 million pixels"),
    "nesting": (drawing("<g>" * 300 + "</g>" * 300), "nested too deeply"),
    "deep nesting": (drawing("<g>" * 300_000), "nested too deeply"),
    "a crowd": (drawing("<g/>" * 200_001), "more than 200000 elements"),
    "weight": (drawing(" " * 10_000_000), "larger than 10 MB"),
    "a carried bomb": (drawing(f'<image href="{carried(png_header(50_000, 50_000))}"/>'), "40 million pixels"),
    "a carried ruin": (drawing(f'<image href="{carried(png(9, 9)[:40])}"/>'), "is damaged"),
}


@pytest.mark.parametrize(("data", "why"), BROKEN.values(), ids=BROKEN.keys())
def test_what_cannot_be_drawn_is_refused(data: bytes, why: str) -> None:
    with pytest.raises(RefusedPictureError, match=r"a\.svg") as refused:
        svg_size(data, "a.svg")
    assert why in str(refused.value)


GOOD = {
    "gradients": '<defs><linearGradient id="g"/><linearGradient id="h" href="#g"/></defs><rect fill="url(#h)"/>',
    "a quoted part": "<rect style=\"fill:url('#g')\"/>",
    "a style": "<style>.a{fill:#fff;clip-path:url(#c)}</style>",
    "uses": uses(3),
    "a carried picture": f'<image href="{carried(png(9, 9))}" xlink:href="{carried(png(9, 9))}"/>',
    "an editor's notes": '<g xmlns:i="urn:inkscape" i:export="C:\\tranh (1)\\a.png" data-name="image (1) \\"/>',
    "a label": '<g aria-label="bức tranh (1)" id="image (2)"><title>src(x) @import</title></g>',
    "words": "<text>Cây khế &amp; chim</text>",
}


@pytest.mark.parametrize("inside", GOOD.values(), ids=GOOD.keys())
def test_a_drawing_is_taken(inside: str) -> None:
    assert svg_size(drawing(inside), "a.svg") == (160, 90)


@pytest.mark.parametrize(
    ("size", "pixels"),
    [
        ('width="1920" height="1080"', (1920, 1080)),
        ('width="1920px" height="1080px" viewBox="0 0 16 9"', (1920, 1080)),
        ('viewBox="0 0 1920 1080"', (1920, 1080)),
        ('viewBox="-5,-5,1920.4,1080.6"', (1920, 1081)),
        ('width="100%" height="100%" viewBox="0 0 16 9"', (16, 9)),
        ('width="160" viewBox="0 0 16 9"', (160, 90)),
        ('height="90" viewBox="0 0 16 9"', (160, 90)),
        ('width="25.4mm" height="2.54cm"', (96, 96)),
        ('width="1in" height="72pt"', (96, 96)),
        ('width=".2" height="1e1"', (1, 10)),
    ],
)
def test_the_size_is_what_a_browser_would_show(size: str, pixels: tuple[int, int]) -> None:
    assert svg_size(f'<svg xmlns="http://www.w3.org/2000/svg" {size}/>'.encode(), "a.svg") == pixels


def test_references_that_take_long_to_count_are_given_up() -> None:
    nested = "".join(f'<g id="n{n}">' for n in range(150)) + '<rect fill="url(#x)"/>' * 50_000 + "</g>" * 150
    users = "".join(f'<use href="#n{n}"/>' for n in range(150))
    begun = time.perf_counter()
    with pytest.raises(RefusedPictureError, match="repeats its parts"):
        svg_size(drawing(nested + users), "a.svg")
    assert time.perf_counter() - begun < 10
