"""The `Slides` door: draws slides and thumbnails, and names what shapes them without loading anything that draws."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from media_service.domain.fingerprint import fingerprint
from media_service.domain.slide import ChapterSlide, CreditsSlide, PictureSlide, Slide, Thumbnail, TitleSlide
from media_service.filling import Folders
from media_service.slides import fonts, styles, templates

CODE_VERSION = 1
"""Raise it when drawing code of this room, or the wrapping it uses, changes what is seen."""
TEMPLATES: dict[type, str] = {
    TitleSlide: "slides/title.svg",
    ChapterSlide: "slides/chapter.svg",
    PictureSlide: "slides/picture.svg",
    CreditsSlide: "slides/credits.svg",
    Thumbnail: "thumbnails/thumbnail.svg",
}
LIBRARIES = ("resvg_py", "pillow", "uharfbuzz", "jinja2")
"""What else shapes the picture."""


@dataclass(frozen=True, slots=True)
class SvgSlides:
    """Draws slides from SVG templates; `folders` hold `slides/` and `thumbnails/`, the first winning file by file."""

    folders: Folders

    def paint(self, picture: Path, name: str, path: Path) -> None:
        """Write a picture of any accepted kind as PNG, packed lightly since it is read again at once."""
        from media_service.slides import pictures  # noqa: PLC0415  # as below

        pictures.open_any(picture, name).save(path, "PNG", compress_level=1)

    def draw(self, slide: Slide, style: str, picture: Path | None, path: Path) -> None:
        """Write a slide as PNG, 1920 x 1080; raises InputError where picture, template or style is at fault."""
        from media_service.slides import composing  # noqa: PLC0415  # heavy libraries; start-up stays quick

        look = styles.read(self.folders, style)
        path.write_bytes(composing.png(composing.compose(self.folders, TEMPLATES[type(slide)], slide, look, picture)))

    def thumbnail(self, thumbnail: Thumbnail, style: str, picture: Path | None, path: Path) -> None:
        """Write a thumbnail as JPEG, 1280 x 720, at most 2 MB; raises InputError as `draw` does."""
        from media_service.slides import composing  # noqa: PLC0415  # as above

        look = styles.read(self.folders, style)
        drawing = composing.compose(self.folders, TEMPLATES[Thumbnail], thumbnail, look, picture)
        path.write_bytes(composing.jpeg(composing.png(drawing)))

    def version(self, slide: Slide | Thumbnail | None, style: str) -> str:
        """Name all that shapes a slide besides its words and its own picture; for None, what shapes a painting.

        Raises InputError where template or style is at fault. No style and no template shapes a painting; our typefaces
        do, where an SVG brings words.
        """
        libraries = {name: metadata.version(name) for name in LIBRARIES}
        if slide is None:
            return fingerprint(CODE_VERSION, fonts.version(), libraries)
        look = styles.read(self.folders, style)
        text = templates.sources(self.folders, TEMPLATES[type(slide)])
        return fingerprint(CODE_VERSION, text, look, fonts.version(), libraries)
