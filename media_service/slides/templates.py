"""Which template draws which slide, and what a template's picture may depend on; `filling` finds and fills them."""

from __future__ import annotations

from media_service.domain.look import Canvas, Look
from media_service.domain.slide import (
    ChapterSlide,
    CoverSlide,
    CreditsSlide,
    LabelledSlide,
    OutroSlide,
    PageSlide,
    PictureSlide,
    QuoteSlide,
    Slide,
    TextSlide,
    Thumbnail,
    TitleSlide,
)
from media_service.filling import Folders, find

PARTS = "slides/parts"
"""Drawings that templates share; a change there may change every slide."""
NAMES: dict[type, str] = {
    TitleSlide: "title",
    ChapterSlide: "chapter",
    PictureSlide: "picture",
    PageSlide: "page",
    LabelledSlide: "labelled",
    TextSlide: "text",
    QuoteSlide: "quote",
    CoverSlide: "cover",
    CreditsSlide: "credits",
    OutroSlide: "outro",
}
FOLDERS = {Canvas.WIDE: "slides", Canvas.TALL: "slides/tall"}
LETTERS = "slides/letters.svg"
"""Draws the blocks of text that stand over pictures, on every canvas."""
THUMBNAILS = ("thumbnail", "thumbnail-band", "thumbnail-frame")
"""The ways to lay out a thumbnail, by their numbers."""


def template_of(slide: Slide | Thumbnail, look: Look) -> str:
    """Name the template that a slide is drawn by."""
    if isinstance(slide, Thumbnail):
        return f"thumbnails/{THUMBNAILS[slide.layout % len(THUMBNAILS)]}.svg"
    return f"{FOLDERS[look.canvas]}/{NAMES[type(slide)]}.svg"


def sources(folders: Folders, name: str) -> dict[str, str]:
    """Return the text of a template and of all shared parts, by name: what its picture may depend on."""
    names = {name}
    for folder in folders:
        names.update(path.relative_to(folder).as_posix() for path in (folder / PARTS).rglob("*.svg"))
    return {each: find(folders, each).read_text("utf-8") for each in sorted(names)}
