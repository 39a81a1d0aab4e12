"""The door `Film`: drawn slides in, shots and finished films out.

What stands still costs one encoded picture however long it stands: the frames behind it say “as before”, and are the
same for every picture, so that they are copied.
"""
# ruff: noqa: PLC0415  # the imports inside are the point: OpenCV and PyAV wait until a film is made

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from media_service.domain.look import Canvas
from media_service.domain.motion import WHOLE, Move
from media_service.domain.read_along import Lit
from media_service.ffmpeg.process import TIMEOUT_S, Ffmpeg, describe_version
from media_service.ffmpeg.streams import broken
from media_service.screens import Shown

if TYPE_CHECKING:
    from media_service.ffmpeg.frames import Frame, Plane

CODE_VERSION = 3
"""Raise it when shots are encoded in another way: old ones would not join new ones."""
Size = tuple[int, int]
SIZES = frozenset(canvas.size for canvas in Canvas)


@dataclass(frozen=True, slots=True)
class FfmpegFilm:
    """Films made by the ffmpeg program at `ffmpeg` and, where nothing is encoded, by its libraries in this process."""

    ffmpeg: Path
    timeout_s: float = TIMEOUT_S

    def still(self, shown: Shown, frames: int, path: Path) -> None:
        """Write a shot in which nothing moves; raises ToolFailedError where the slide is not a PNG."""
        with _aside(path) as folder:
            self._stand([self._picture(shown, folder)], size(shown.slide), [(0, frames)], path)

    def fade(self, before: Shown, after: Shown, frames: int, path: Path) -> None:
        """Write a shot in which one picture melts into the next."""
        from media_service.ffmpeg import frames as drawing

        with _aside(path) as folder:
            first, last = (self._picture(shown, folder) for shown in (before, after))
            self._encode(drawing.melted(first, last, frames), size(before.slide), frames, path)

    def moving(self, slide: Path, move: Move, frames: range, path: Path) -> None:
        """Write these frames of a slide's move."""
        from media_service.ffmpeg import frames as drawing

        with _aside(path) as folder:
            sheet = self._sheet(slide, drawing.FINER, folder)
            self._encode(drawing.moved(sheet, move, frames, size(slide)), size(slide), len(frames), path)

    def read(self, shown: Shown, lit: Sequence[Lit], path: Path) -> None:
        """Write a shot whose block has words lit in turn."""
        from media_service.ffmpeg import frames as drawing

        if shown.letters is None:
            raise ValueError("nothing is to be read")
        words = shown.letters.lettering.words
        states = list(dict.fromkeys((one.first, one.last) for one in lit))
        with _aside(path) as folder:
            plain, bright = self._lettered(shown, folder)
            pictures = [
                drawing.lit(plain, bright, words[first:last], drawing.blank(size(shown.slide)))
                for first, last in states
            ]
            order = [(states.index((one.first, one.last)), one.frames) for one in lit]
            self._stand(pictures, size(shown.slide), order, path)

    def version(self) -> str:
        """Name the ffmpeg that encodes, and the way it is asked to."""
        return f"{describe_version(self.ffmpeg)} {CODE_VERSION}"

    def join(self, shots: Sequence[Path], sound: Path, language: str, path: Path) -> None:
        """Write the film; raises SetupError where the shots come from different encoders."""
        from media_service.ffmpeg import mp4

        mp4.join(shots, sound, language, path)

    def _encode(self, frames: Iterator[Plane], shape: Size, count: int, path: Path) -> None:
        from media_service.ffmpeg import drawn

        arguments = drawn.encoded(shape, drawn.groups(count), drawn.MOVING_CRF, path)
        Ffmpeg(self.ffmpeg, self.timeout_s).run(arguments, (frame.data for frame in frames))

    def _stand(self, pictures: Sequence[Frame], shape: Size, order: Sequence[tuple[int, int]], path: Path) -> None:
        """Write a shot that shows pictures one after another, each (its number, for so many frames)."""
        from media_service.ffmpeg import drawn, mp4
        from media_service.ffmpeg.frames import blank

        keys = path.with_name(f"{path.name}.keys")
        nothing = blank(shape)
        feed = [*(picture.bytes.data for picture in pictures), *[nothing.bytes.data] * drawn.GOP]
        lengths = [*[1] * len(pictures), drawn.GOP]
        try:
            Ffmpeg(self.ffmpeg, self.timeout_s).run(drawn.encoded(shape, lengths, drawn.STANDING_CRF, keys), feed)
            mp4.stand(keys, [(number, length) for number, frames in order for length in drawn.groups(frames)], path)
        finally:
            keys.unlink(missing_ok=True)

    def _picture(self, shown: Shown, folder: Path) -> Frame:
        """Return what is shown as one frame."""
        from media_service.ffmpeg import frames as drawing

        if shown.letters is not None:
            return self._lettered(shown, folder)[0]
        if shown.view == WHOLE:
            return self._sheet(shown.slide, 1, folder)
        return drawing.seen(
            self._sheet(shown.slide, drawing.FINER, folder), shown.view, drawing.blank(size(shown.slide))
        )

    def _sheet(self, slide: Path, finer: int, folder: Path) -> Frame:
        from media_service.ffmpeg import drawn
        from media_service.ffmpeg.frames import read

        width, height = size(slide)
        larger = width * finer, height * finer
        Ffmpeg(self.ffmpeg, self.timeout_s).run(drawn.plain(slide, larger, folder / "sheet"))
        return read(folder / "sheet", larger)[0]

    def _lettered(self, shown: Shown, folder: Path) -> tuple[Frame, Frame]:
        """Return a slide under its block: as it stands, and with all words lit."""
        from media_service.ffmpeg import drawn
        from media_service.ffmpeg.frames import read

        if shown.letters is None:
            raise ValueError("no block stands there")
        shape, place = size(shown.slide), shown.letters.lettering.place
        Ffmpeg(self.ffmpeg, self.timeout_s).run(
            drawn.lettered(shown.slide, shown.letters.block, place, shape, folder / "sheet")
        )
        plain, bright = read(folder / "sheet", shape)
        return plain, bright


def size(slide: Path) -> Size:
    """Return width and height of a drawn slide, which fills a canvas; raises ToolFailedError for anything else."""
    with slide.open("rb") as file:
        head = file.read(24)
    if head[:8] != b"\x89PNG\r\n\x1a\n" or head[12:16] != b"IHDR":
        raise broken(slide, "not a PNG")
    shape = int.from_bytes(head[16:20]), int.from_bytes(head[20:24])
    if shape not in SIZES:
        raise broken(slide, "not as large as a canvas")
    return shape


@contextmanager
def _aside(path: Path) -> Iterator[Path]:
    """Give a folder beside a file for what is needed on the way to it."""
    with TemporaryDirectory(prefix=f"{path.name}.", dir=path.parent) as folder:
        yield Path(folder)
