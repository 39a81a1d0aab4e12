"""The `Slides` door: draws slides and thumbnails, and names what shapes them without loading anything that draws."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from pathlib import Path

from media_service.domain.fingerprint import fingerprint
from media_service.domain.look import Look
from media_service.domain.read_along import Block, Lettering
from media_service.domain.slide import Slide, SlideFacts, Thumbnail
from media_service.filling import Folders
from media_service.slides import fonts, styles, templates

CODE_VERSION = 2
"""Raise it when drawing code of this room, or the wrapping it uses, changes what is seen."""
LIBRARIES = ("resvg_py", "pillow", "uharfbuzz", "jinja2", "segno")
"""What else shapes the picture."""
PACKED = 1
"""How hard PNG files are packed, of 9: they are read again at once."""


@dataclass(frozen=True, slots=True)
class SvgSlides:
    """Draws slides from SVG templates; `folders` hold `slides/` and `thumbnails/`, the first winning file by file."""

    folders: Folders

    def paint(self, picture: Path, name: str, path: Path) -> None:
        """Write a picture of any accepted kind as PNG."""
        from media_service.slides import pictures  # noqa: PLC0415  # as below

        pictures.open_any(picture, name).save(path, "PNG", compress_level=PACKED)

    def draw(self, slide: Slide, look: Look, picture: Path | None, path: Path) -> SlideFacts:
        """Write a slide as PNG; raises InputError where picture, template, style or theme is at fault."""
        from media_service.slides import composing  # noqa: PLC0415  # heavy libraries; start-up stays quick

        drawn, facts = composing.drawn(composing.compose(self.folders, slide, look, picture))
        drawn.save(path, "PNG", compress_level=PACKED)
        return facts

    def thumbnail(self, thumbnail: Thumbnail, look: Look, picture: Path | None, path: Path) -> SlideFacts:
        """Write a thumbnail as JPEG, 1280 x 720, at most 2 MB; raises InputError as `draw` does."""
        from media_service.slides import composing  # noqa: PLC0415  # as above

        drawn, facts = composing.drawn(composing.compose(self.folders, thumbnail, look, picture))
        path.write_bytes(composing.jpeg(drawn))
        return facts

    def cover(self, thumbnail: Path, path: Path) -> None:
        """Write a square cover from a thumbnail, as JPEG."""
        from media_service.slides import covers  # noqa: PLC0415  # as above

        covers.square(thumbnail, path)

    def sheet(self, slides: Sequence[Path], columns: int, path: Path) -> None:
        """Write drawn slides side by side, in rows of so many, as JPEG."""
        from media_service.slides import sheet  # noqa: PLC0415  # as above

        sheet.lay_out(slides, columns, path)

    def letter(self, block: Block, look: Look, path: Path) -> Lettering:
        """Write a block of text as PNG, as it stands and lit; raises InputError where template or theme is at fault."""
        from media_service.slides import lettering  # noqa: PLC0415  # as above

        picture, stands = lettering.draw(self.folders, block, look)
        path.write_bytes(picture)
        return stands

    def version(self, slide: Slide | Thumbnail | Block | None, look: Look) -> str:
        """Name all that shapes a slide besides its words and its own picture; for None, what shapes a painting.

        Raises InputError where template or style is at fault. No style and no template shapes a painting; our typefaces
        do, where an SVG brings words.
        """
        if slide is None:
            return fingerprint(CODE_VERSION, fonts.version(), _libraries())
        style = styles.read(self.folders, look)
        name = templates.LETTERS if isinstance(slide, Block) else templates.template_of(slide, look)
        text = templates.sources(self.folders, name)
        return fingerprint(CODE_VERSION, text, style, fonts.version(), _libraries())

    def themes(self, style: str) -> tuple[str, ...]:
        """Name the themes of a style, the usual one first; raises InputError where there is no such style."""
        return styles.themes(self.folders, style)


@cache
def _libraries() -> Mapping[str, str]:
    """Return the versions of what shapes the picture; reading them goes through files, which one time does for."""
    return {name: metadata.version(name) for name in LIBRARIES}
