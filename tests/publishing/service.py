"""The service with stand-in tools whose films, thumbnails and descriptions a channel takes, as a program.

`up QUEUE...` supervises, `QUEUE` is one of its workers; both are told their settings on standard input. A script whose
text names `big` has a film of some megabytes.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from pathlib import Path

from PIL import Image

from media_service import values
from media_service.describing.templates import TemplateDescriptions
from media_service.domain.look import Look
from media_service.domain.rights import Basis, Right, Rights
from media_service.domain.slide import SlideFacts, Thumbnail
from media_service.domain.stage import Queue
from media_service.ports import Progress, Tools
from media_service.settings import Settings, shipped_defaults
from media_service.worker import log, run
from media_service.worker.supervise import Company, up
from tests import fakes
from tests.worker import service as stand_in

BIG = 40 * 1024 * 1024
OWN = Right(Basis.OWN_WORK)
IN_ORDER = {"rights": Rights(OWN, OWN, OWN, OWN), "made_for_kids": True}


class Film(fakes.FakeFilm):
    """A film's file holds what it shows, and as many bytes as its script asks for."""

    def join(self, shots: Sequence[Path], sound: Path, language: str, path: Path) -> None:
        super().join(shots, sound, language, path)
        if "to-lon" in path.read_text(encoding="utf-8"):
            with path.open("ab") as file:
                file.write(bytes(range(256)) * (BIG // 256))


class Slides(fakes.FakeSlides):
    """A thumbnail is a picture, for the channel looks at it."""

    def thumbnail(self, thumbnail: Thumbnail, look: Look, picture: Path | None, path: Path) -> SlideFacts:
        Image.new("RGB", (1280, 720), "navy").save(path, "JPEG")
        return SlideFacts(1280, 720)

    def cover(self, thumbnail: Path, path: Path) -> None:
        path.write_text("cover of a picture", encoding="utf-8")


class Sound(fakes.FakeSound):
    """The listener's copy needs no readable cover."""

    def mp3(self, master: Path, tags: object, cover: Path, path: Path) -> None:
        path.write_text(f"mp3 {master.read_text(encoding='utf-8')}", encoding="utf-8")


@contextmanager
def tools(settings: Settings, progress: Progress) -> Iterator[Tools]:
    with stand_in.tools(settings, progress) as made:
        descriptions = TemplateDescriptions((shipped_defaults() / "templates",))
        yield replace(made, film=Film(), slides=Slides(), sound=Sound(), descriptions=descriptions)


def main(arguments: list[str]) -> None:
    if arguments[0] != "up":
        run.main(arguments, lambda _: nullcontext(tools))
        return
    settings = values.load(sys.stdin.buffer.read(), Settings)
    log.configure(settings)
    queues = tuple(map(Queue, arguments[1:]))
    up(settings, Company(queues, command=(sys.executable, "-m", "tests.publishing.service")))


if __name__ == "__main__":
    main(sys.argv[1:])
