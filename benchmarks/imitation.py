"""The service with steps that only imitate: each takes about as long as the real one but sleeps, and writes tiny files.

For measuring more machines than there are cores. `up QUEUE...` and `worker QUEUE...` supervise, `QUEUE` is a worker;
all are told their settings on standard input.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path

from media_service import bootstrap, values
from media_service.domain.casting import Voice
from media_service.domain.measured import FilmFacts, SoundFacts
from media_service.domain.motion import Move
from media_service.domain.read_along import Lit
from media_service.domain.stage import Queue
from media_service.files.display import FolderDisplay
from media_service.ports import Progress, Recording, Silence, Tags, Tools
from media_service.screens import Shown
from media_service.settings import Settings
from media_service.worker import log, run
from media_service.worker.supervise import Company, supervise, up
from tests import fakes, make

SPEAKING_S, MASTER_S, SHOT_S, JOINING_S, COPY_S, MEASURING_S = 0.25, 1.5, 1.0, 0.75, 1.0, 1.0
"""What one call takes: about half of what the real doors took for a chapter of a minute."""


class Speech(fakes.FakeSpeech):
    """Takes its time to speak."""

    def speak(self, text: str, voice: Voice, syllables_per_s: float) -> Recording:
        """Speak."""
        time.sleep(SPEAKING_S)
        return super().speak(text, voice, syllables_per_s)


class Sound(fakes.FakeSound):
    """Takes its time to join and to copy."""

    def master(self, parts: Iterable[Path | Silence], path: Path) -> int:
        """Join."""
        time.sleep(MASTER_S)
        return super().master(parts, path)

    def mp3(self, master: Path, tags: Tags, cover: Path, path: Path) -> None:
        """Copy."""
        time.sleep(COPY_S)
        super().mp3(master, tags, cover, path)


class Film(fakes.FakeFilm):
    """Takes its time for every shot."""

    def still(self, shown: Shown, frames: int, path: Path) -> None:
        """Make a shot."""
        time.sleep(SHOT_S)
        super().still(shown, frames, path)

    def fade(self, before: Shown, after: Shown, frames: int, path: Path) -> None:
        """Make a shot."""
        time.sleep(SHOT_S)
        super().fade(before, after, frames, path)

    def moving(self, slide: Path, move: Move, frames: range, path: Path) -> None:
        """Make a shot."""
        time.sleep(SHOT_S)
        super().moving(slide, move, frames, path)

    def read(self, shown: Shown, lit: Sequence[Lit], path: Path) -> None:
        """Make a shot."""
        time.sleep(SHOT_S)
        super().read(shown, lit, path)

    def join(self, shots: Sequence[Path], sound: Path, language: str, path: Path) -> None:
        """Join."""
        time.sleep(JOINING_S)
        super().join(shots, sound, language, path)


class Inspector(fakes.FakeInspector):
    """Takes its time to measure."""

    def sound(self, path: Path) -> SoundFacts:
        """Measure."""
        time.sleep(MEASURING_S)
        return super().sound(path)

    def film(self, path: Path) -> FilmFacts:
        """Measure."""
        time.sleep(MEASURING_S)
        return super().film(path)


@contextmanager
def tools(settings: Settings, progress: Progress) -> Iterator[Tools]:
    """Yield doors that sleep, before the shelf that the settings name."""
    shelf = bootstrap._shelf(settings, progress)  # noqa: SLF001  # the one door that is real here
    try:
        yield fakes.tools(
            settings.output.parent, make.script(), speech=Speech(), sound=Sound(), film=Film(), inspector=Inspector(),
            shelf=shelf, display=FolderDisplay(settings.output), progress=progress,
        )  # fmt: skip
    finally:
        shelf.close()


def main(arguments: list[str]) -> int:
    """Do what the arguments say."""
    if arguments[0] not in {"up", "worker"}:
        return run.main(arguments, lambda _: nullcontext(tools))
    settings = values.load(sys.stdin.buffer.read(), Settings)
    log.configure(settings)
    who = Company(tuple(map(Queue, arguments[1:])), command=(sys.executable, "-m", "benchmarks.imitation"))
    {"up": up, "worker": supervise}[arguments[0]](settings, who)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
