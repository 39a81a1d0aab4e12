"""What the workers of these tests do instead of real work; the stage's number says what."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path
from types import FrameType

from media_service.queue.strict_job import StrictJob

QUICK, LONG, POLITE, STUBBORN, FAILING = 100, 200, 300, 400, 500


class StandInJob(StrictJob):
    function = "tests.queue.stand_in.work"


def work(stage: int, attempt: int) -> None:
    kind = stage // 100 * 100
    note(f"begun {stage}-{attempt} {os.getpid()}")
    if kind == LONG:
        time.sleep(1.5)
    if kind == POLITE:
        signal.signal(signal.SIGTERM, hand_back)
        note(f"ready {stage}-{attempt}")
        time.sleep(60)
    if kind == STUBBORN:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        note(f"ready {stage}-{attempt}")
        time.sleep(60)
    if kind == FAILING:
        raise RuntimeError("planted-secret")
    note(f"done {stage}-{attempt}")


def hand_back(signum: int, frame: FrameType | None) -> None:
    note("handed back")
    os._exit(0)


def canary(*told: object) -> None:
    """What a hostile job would have called."""
    Path(os.environ["STAND_IN_CANARY"]).touch()


def note(line: str) -> None:
    with Path(os.environ["STAND_IN_NOTES"]).open("a", encoding="utf-8") as notes:
        notes.write(line + "\n")
