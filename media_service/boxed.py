"""The doors whose work touches what people hand in, each call of it done in a boxed child.

What only names or looks up something stays in this process.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from media_service.box.call import Box, Knowledge
from media_service.describing.templates import TemplateDescriptions
from media_service.domain.casting import Voice
from media_service.domain.listing import Listing, Subject
from media_service.domain.script import Picture, Script
from media_service.domain.slide import Slide, Thumbnail
from media_service.intake.folder import JobFolders
from media_service.slides.drawing import TEMPLATES, SvgSlides

_INTAKE, _SLIDES, _LISTINGS = JobFolders.__module__, SvgSlides.__module__, TemplateDescriptions.__module__
KNOWLEDGE = Knowledge(
    modules=(
        _INTAKE,
        "media_service.intake.yaml_tree",
        "jsonschema",
        "PIL.BmpImagePlugin",
        "PIL.GifImagePlugin",
        "PIL.JpegImagePlugin",
        "PIL.PngImagePlugin",
        "PIL.PpmImagePlugin",
        "PIL.WebPImagePlugin",
        "media_service.slides.composing",
        "jinja2.sandbox",
        "encodings.unicode_escape",
    ),
    works=(
        (_INTAKE, "JobFolders.read"),
        (_INTAKE, "JobFolders.copy_picture"),
        (_SLIDES, "SvgSlides.paint"),
        (_SLIDES, "SvgSlides.draw"),
        (_SLIDES, "SvgSlides.thumbnail"),
        (_LISTINGS, "TemplateDescriptions.describe"),
    ),
)
"""What a nursery loads for these doors: what reading a job needs comes first, because it is asked for first."""


@dataclass(frozen=True, slots=True)
class BoxedJobFiles:
    """The JobFiles door, each job read in a child."""

    job_files: JobFolders
    box: Box

    def read(self, job: Path, voices: Iterable[Voice]) -> Script:
        """Read a job folder; raises InputError with every fault found."""
        return self.box.call(job.as_posix(), self.job_files.read, job, tuple(voices))

    def copy_picture(self, job: Path, picture: Picture, path: Path) -> None:
        """Write the bytes of a script's picture; they are copied, not understood, so that no box is needed."""
        self.job_files.copy_picture(job, picture, path)


@dataclass(frozen=True, slots=True)
class BoxedSlides:
    """The Slides door, each picture painted and drawn in a child: several at once, where this process would wait."""

    slides: SvgSlides
    box: Box

    def paint(self, picture: Path, name: str, path: Path) -> None:
        """Write a picture of any accepted kind as PNG; raises InputError where it is damaged or refused."""
        self.box.call(name, self.slides.paint, picture, name, path)

    def draw(self, slide: Slide, style: str, picture: Path | None, path: Path) -> None:
        """Write a slide as PNG; raises InputError where picture, template or style is at fault."""
        self.box.call(TEMPLATES[type(slide)], self.slides.draw, slide, style, picture, path)

    def thumbnail(self, thumbnail: Thumbnail, style: str, picture: Path | None, path: Path) -> None:
        """Write a thumbnail as JPEG; raises InputError as `draw` does."""
        self.box.call(TEMPLATES[Thumbnail], self.slides.thumbnail, thumbnail, style, picture, path)

    def version(self, slide: Slide | Thumbnail | None, style: str) -> str:
        """Name all that shapes a slide: templates are read for it as bytes, not filled."""
        return self.slides.version(slide, style)


@dataclass(frozen=True, slots=True)
class BoxedDescriptions:
    """The Descriptions door, each listing written in a child."""

    descriptions: TemplateDescriptions
    box: Box

    def describe(self, subject: Subject) -> Listing:
        """Fill the templates of the work's kind; raises InputError where one is at fault."""
        return self.box.call(f"listing/{subject.facts.kind.value}", self.descriptions.describe, subject)
