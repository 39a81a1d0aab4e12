"""The service with stand-in tools, as a program: `up QUEUE...` supervises, `QUEUE` is one of its workers.

Both are told their settings on standard input. What the script says decides how its pieces go: a passage with the word
`sleeps-x` waits for a long-lived program until there is a file `awake-x` in the output folder; one with `mute` is
refused.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

from media_service import values
from media_service.box import program
from media_service.box.bounds import Bounds
from media_service.domain.casting import Voice
from media_service.domain.stage import Queue
from media_service.errors import SilentVoiceError, ToolKilledError
from media_service.files.display import FolderDisplay
from media_service.files.shelf import FolderShelf
from media_service.messages import message
from media_service.ports import Progress, Recording, Tools
from media_service.settings import Settings
from media_service.worker import log, run
from media_service.worker.supervise import Company, up
from tests import fakes, make

SLEEP = ["sleep", "1000"]


class Actor(fakes.FakeSpeech):
    """Speaks as its text says."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.folder = folder

    def speak(self, text: str, voice: Voice, syllables_per_s: float) -> Recording:
        if "mute" in text:
            raise SilentVoiceError(message("Nothing is heard."))
        sleeps = re.search(r"sleeps-(\w+)", text)
        if sleeps and not (self.folder / f"awake-{sleeps[1]}").exists():
            program.run(SLEEP, Bounds())
            raise ToolKilledError(message("killed"))
        return super().speak(text, voice, syllables_per_s)


@contextmanager
def tools(settings: Settings, progress: Progress) -> Iterator[Tools]:
    shelf = FolderShelf(settings.output / ".shelf", progress)
    shelf.sweep()
    yield fakes.tools(
        settings.output.parent,
        make.script(),
        speech=Actor(settings.output),
        shelf=shelf,
        display=FolderDisplay(settings.output),
        progress=progress,
    )
    shelf.close()


def main(arguments: list[str]) -> None:
    if arguments[0] != "up":
        run.main(arguments, lambda _: nullcontext(tools))
        return
    settings = values.load(sys.stdin.buffer.read(), Settings)
    log.configure(settings)
    queues = tuple(map(Queue, arguments[1:]))
    up(settings, Company(queues, command=(sys.executable, "-m", "tests.worker.service")))


if __name__ == "__main__":
    main(sys.argv[1:])
