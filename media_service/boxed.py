"""The doors whose work touches what people hand in, each call of it done in a boxed child.

What only names or looks up something stays in this process.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from media_service.books.drafting import BookFiles
from media_service.box.call import Box, Knowledge
from media_service.box.child import ChildBounds
from media_service.describing.templates import TemplateDescriptions
from media_service.domain.casting import Voice
from media_service.domain.draft import Draft, Wishes
from media_service.domain.listing import Listing, PlaylistText, Subject
from media_service.domain.look import Look
from media_service.domain.read_along import Block, Lettering
from media_service.domain.script import Facts, Picture, Script
from media_service.domain.slide import Slide, SlideFacts, Thumbnail
from media_service.domain.tape import Cut, Cuts, Tape
from media_service.errors import InputError, VoiceFailedError
from media_service.intake.folder import JobFolders
from media_service.messages import message
from media_service.ports import Recording
from media_service.slides.drawing import SvgSlides
from media_service.slides.templates import LETTERS, template_of
from media_service.speech.tapes import TapeFiles
from media_service.speech.taping import decode

_INTAKE, _SLIDES, _LISTINGS = JobFolders.__module__, SvgSlides.__module__, TemplateDescriptions.__module__
_ESPEAK = "media_service.speech.espeak"
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
        (_SLIDES, "SvgSlides.cover"),
        (_SLIDES, "SvgSlides.sheet"),
        (_SLIDES, "SvgSlides.letter"),
        (_LISTINGS, "TemplateDescriptions.describe"),
        (_LISTINGS, "TemplateDescriptions.playlist"),
        (decode.__module__, "decode"),
    ),
)
"""What a nursery loads for these doors: what reading a job needs comes first, because it is asked for first."""
VOICES = Knowledge(modules=(_ESPEAK, "espeakng_loader"), works=((_ESPEAK, "speak_into"),))
"""The same for voices, which get a nursery of their own: a child is born for every sentence, and half as dear of it."""


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

    def copy_tape(self, job: Path, tape: Tape, path: Path) -> None:
        """Write the bytes of a recording, in the same way."""
        self.job_files.copy_tape(job, tape, path)


@dataclass(frozen=True, slots=True)
class BoxedTapes:
    """The Tapes door; what nobody trusts is decoded in a child, and only what that wrote is worked with here."""

    tapes: TapeFiles
    box: Box

    def decode(self, tape: Path, name: str, path: Path) -> int:
        """Write a recording as 48 kHz mono FLAC; raises InputError where it is damaged or silent."""
        return self.box.call(name, decode, tape, name, path)

    def cuts(self, sound: Path, texts: Sequence[str], voice: Voice) -> Cuts:
        """Return where decoded sound says each of the texts."""
        return self.tapes.cuts(sound, texts, voice)

    def take(self, sound: Path, cut: Cut, text: str, voice: Voice) -> Recording:
        """Return what is said between two moments of decoded sound."""
        return self.tapes.take(sound, cut, text, voice)

    def version(self) -> str:
        """Name the way of listening."""
        return self.tapes.version()


@dataclass(frozen=True, slots=True)
class BoxedSlides:
    """The Slides door, each picture painted and drawn in a child: several at once, where this process would wait."""

    slides: SvgSlides
    box: Box

    def paint(self, picture: Path, name: str, path: Path) -> None:
        """Write a picture of any accepted kind as PNG; raises InputError where it is damaged or refused."""
        self.box.call(name, self.slides.paint, picture, name, path)

    def draw(self, slide: Slide, look: Look, picture: Path | None, path: Path) -> SlideFacts:
        """Write a slide as PNG; raises InputError where picture, template or style is at fault."""
        return self.box.call(template_of(slide, look), self.slides.draw, slide, look, picture, path)

    def thumbnail(self, thumbnail: Thumbnail, look: Look, picture: Path | None, path: Path) -> SlideFacts:
        """Write a thumbnail as JPEG; raises InputError as `draw` does."""
        return self.box.call(template_of(thumbnail, look), self.slides.thumbnail, thumbnail, look, picture, path)

    def cover(self, thumbnail: Path, path: Path) -> None:
        """Write a square cover as JPEG from a thumbnail: nine million points, which take 70 MB for a moment."""
        self.box.call(path.name, self.slides.cover, thumbnail, path)

    def sheet(self, slides: Sequence[Path], columns: int, path: Path) -> None:
        """Write drawn slides side by side, in rows of so many, as JPEG."""
        self.box.call(path.name, self.slides.sheet, tuple(slides), columns, path)

    def letter(self, block: Block, look: Look, path: Path) -> Lettering:
        """Write a block of text as PNG, as it stands and lit; raises InputError as `draw` does."""
        return self.box.call(LETTERS, self.slides.letter, block, look, path)

    def version(self, slide: Slide | Thumbnail | Block | None, look: Look) -> str:
        """Name all that shapes a slide: templates are read for it as bytes, not filled."""
        return self.slides.version(slide, look)


@dataclass(frozen=True, slots=True)
class BoxedDescriptions:
    """The Descriptions door, each listing written in a child."""

    descriptions: TemplateDescriptions
    box: Box

    def describe(self, subject: Subject) -> Listing:
        """Fill the templates of the work's kind; raises InputError where one is at fault."""
        return self.box.call(f"listing/{subject.facts.kind.value}", self.descriptions.describe, subject)

    def playlist(self, facts: Facts) -> PlaylistText:
        """Fill the templates of a playlist; raises InputError where one is at fault."""
        return self.box.call(f"listing/{facts.kind.value}", self.descriptions.playlist, facts)

    def version(self) -> str:
        """Name all that shapes a listing: templates are read for it as bytes, not filled."""
        return self.descriptions.version()


@dataclass(frozen=True, slots=True)
class BoxedEspeak:
    """eSpeak NG, each text spoken in a child: where its C library crashes, a sentence fails and not the program."""

    box: Box

    def speak(self, text: str, voice: Voice, syllables_per_s: float) -> Recording:
        """Speak `text`; raises VoiceFailedError where the library breaks off at it."""
        from media_service.speech.espeak import speak_into  # noqa: PLC0415  # numpy and a C library

        whole = text.encode(errors="replace").decode()  # halves of characters are not said, and cannot be sent
        with tempfile.TemporaryDirectory(prefix="media-service-") as folder:
            pcm = Path(folder) / "sound"
            try:
                told = self.box.call(text[:40], speak_into, pcm, whole, voice, syllables_per_s)
            except InputError as exc:
                raise VoiceFailedError(
                    message(
                        "The voice engine eSpeak NG breaks off at “{text}”; reword it, or choose another voice.",
                        text=" ".join(text.split())[:40],
                    )
                ) from exc
            return Recording(pcm.read_bytes(), told.sample_rate, told.words)

    def version(self, voice: Voice) -> str:
        """Name the library, which is loaded here for it once."""
        from media_service.speech.espeak import Espeak  # noqa: PLC0415  # as above

        return Espeak().version(voice)


BOOKS = Knowledge(
    modules=(BookFiles.__module__, "lxml.etree"),
    works=((BookFiles.__module__, "BookFiles.draft"),),
)
"""What a nursery loads for book files; the formats' libraries come with the first book that needs them."""
BOOK_BOUNDS = ChildBounds(wall_s=900, cpu_s=240, memory=700 << 20)
"""The most that reading one book may take; a PDF of 3,000 pages takes about a quarter of it."""
SCAN_BOUNDS = replace(BOOK_BOUNDS, wall_s=6 * 3600, cpu_s=12 * 3600)
"""The same where letters are recognised in pictures, which takes seconds a page."""


@dataclass(frozen=True, slots=True)
class BoxedBooks:
    """The Books door, each book read in a child."""

    books: BookFiles
    box: Box

    def draft(self, path: Path, pictures: Path, wishes: Wishes) -> Draft:
        """Return the draft of a job; raises InputError with every reason why the book cannot be read."""
        return self.box.call(path.as_posix(), self.books.draft, path, pictures, wishes)
