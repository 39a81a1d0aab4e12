"""The real service with its real tools, but for a voice that certain words kill or silence, as a program.

`up QUEUE...` supervises, `QUEUE` is one of its workers; both are told their settings on standard input.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from media_service import values
from media_service.domain.casting import Voice
from media_service.domain.stage import Queue
from media_service.errors import SilentVoiceError
from media_service.messages import message
from media_service.ports import Progress, Recording, Speech, Tools
from media_service.settings import Settings
from media_service.worker import log, run
from media_service.worker.post import OpenTools
from media_service.worker.supervise import Company, up
from tests.chaos.works import DEADLY, MUTE


class Poisoned:
    """Speaks as another does, unless its text is poison."""

    def __init__(self, speech: Speech) -> None:
        self._speech = speech

    def speak(self, text: str, voice: Voice, syllables_per_s: float) -> Recording:
        if DEADLY in text:
            os.kill(os.getpid(), signal.SIGKILL)
        if MUTE in text:
            raise SilentVoiceError(message("Nothing is heard."))
        return self._speech.speak(text, voice, syllables_per_s)

    def version(self, voice: Voice) -> str:
        return self._speech.version(voice)


@contextmanager
def equipped(queue: Queue) -> Iterator[OpenTools]:
    with run._equipped(queue) as open_tools:

        @contextmanager
        def poisoned(settings: Settings, progress: Progress) -> Iterator[Tools]:
            with open_tools(settings, progress) as tools:
                yield replace(tools, speech=Poisoned(tools.speech))

        yield poisoned


def main(arguments: list[str]) -> None:
    if arguments[0] != "up":
        sys.exit(run.main(arguments, equipped))
    settings = values.load(sys.stdin.buffer.read(), Settings)
    log.configure(settings)
    queues = tuple(map(Queue, arguments[1:]))
    up(settings, Company(queues, command=(sys.executable, "-m", "tests.chaos.service")))


if __name__ == "__main__":
    main(sys.argv[1:])
