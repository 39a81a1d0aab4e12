"""Uploads in a storm: a process that sends films by the real step is killed again and again while everything breaks.

`python -m tests.youtube.storm PLAN` is the nursery: it has loaded everything once, and forks each life of the uploader
from itself, so that a life costs nothing but itself. What must not be forgotten is kept in a SQLite file.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import sys
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, cast

from media_service.channels import Channel
from media_service.domain import uploading
from media_service.domain.episode import Presented
from media_service.domain.product import Key, Product
from media_service.domain.publication import Airing, Publication, Upload, UploadState, VideoFile
from media_service.errors import TransientError
from media_service.steps.means import Means
from media_service.steps.publish import publish
from media_service.youtube import sending
from media_service.youtube.connecting import connect, prepare
from media_service.youtube.places import sandbox
from media_service.youtube.transport import Access
from tests.steps.publishing import presented
from tests.youtube.scene import APP

SLUG = "trong-bao"
SETTLING = timedelta(seconds=0.3)
"""So long the sandbox may still work on what a killed uploader had sent."""
GAVE_UP = 3


@dataclass(frozen=True)
class Plan:
    """What is sent in which storm."""

    folder: str
    url: str
    refresh_token: str
    films: int
    chunk: int
    seed: int
    life_s: tuple[float, float]
    """Between which bounds a life of the uploader lasts."""

    @property
    def ledger(self) -> Path:
        return Path(self.folder) / "ledger.db"

    def film(self, number: int) -> Path:
        return Path(self.folder) / f"{number}.mp4"


class Ledger:
    """What is kept of each upload: written through before anything else is done, as the service's database does."""

    def __init__(self, plan: Plan) -> None:
        self._run = sqlite3.connect(plan.ledger, isolation_level=None)
        self._run.execute("PRAGMA journal_mode = WAL")
        self._run.execute("PRAGMA synchronous = NORMAL")  # processes are killed here, not the machine
        self._run.execute(
            "CREATE TABLE IF NOT EXISTS uploads (number INTEGER PRIMARY KEY, value TEXT, state TEXT,"
            " unknown INTEGER DEFAULT 0, adopted INTEGER DEFAULT 0)"
        )

    def of(self, number: int) -> Upload:
        row = self._run.execute("SELECT value FROM uploads WHERE number = ?", (number,)).fetchone()
        return read(row[0]) if row else Upload()

    def keep(self, number: Any, upload: Upload) -> None:
        self._run.execute(
            "INSERT INTO uploads (number, value, state) VALUES (?, ?, ?) ON CONFLICT (number) DO UPDATE"
            " SET value = excluded.value, state = excluded.state,"
            " unknown = unknown + (excluded.state = 'unknown'),"
            " adopted = adopted + (uploads.state = 'unknown' AND excluded.state = 'arrived')",
            (number, json.dumps(asdict(upload), default=str), upload.state.value),
        )

    def lost_and_found(self) -> tuple[int, int]:
        """Return how often nobody knew how an upload had ended, and how many films were then found on the channel."""
        unknown, adopted = self._run.execute("SELECT sum(unknown), sum(adopted) FROM uploads").fetchone()
        return int(unknown), int(adopted)

    def close(self) -> None:
        self._run.close()


def read(text: str) -> Upload:
    value = json.loads(text)
    times = {name: datetime.fromisoformat(value[name]) if value[name] else None for name in ("begun_at", "since")}
    file = VideoFile(**value["file"]) if value["file"] else None
    return Upload(**{**value, **times, "file": file, "state": UploadState(value["state"])})


@dataclass(frozen=True)
class Films:
    """The shelf, as far as sending needs it."""

    plan: Plan

    def reach(self, key: Key) -> Path:
        return self.plan.film(int(key.fingerprint))


@dataclass(frozen=True)
class Kept:
    """The ledgers, as far as sending needs them."""

    publications: Ledger


def publication(number: int, upload: Upload) -> Publication:
    content = f"content {number}"
    return Publication(
        id=number,
        slug=SLUG,
        number=number,
        content=content,
        channel="UC",
        marker=uploading.marker(SLUG, number, content, "UC"),
        airing=Airing(),
        upload=upload,
        done=frozenset(),
        approved_by="lan",
        waiver="",
    )


def live(plan: Plan, episode: Presented) -> None:
    """Send all films that have not arrived, in a random order; ends with the last of them."""
    ledger = Ledger(plan)
    channel = connect(Access(sandbox(plan.url), APP, plan.refresh_token), lambda _: None)
    left = [n for n in range(plan.films) if ledger.of(n).state is not UploadState.ARRIVED]
    while left:
        random.shuffle(left)
        left = [number for number in left if not sent(number, episode, ledger, channel, plan)]
    os._exit(0)


def sent(number: int, episode: Presented, ledger: Ledger, channel: Channel, plan: Plan) -> bool:
    """Do the step as a worker does: what passes by itself is tried again later."""
    means = Means(
        cast("Any", number),
        channel,
        cast("Any", Kept(ledger)),
        cast("Any", Films(plan)),
        cast("Any", None),
        lambda: datetime.now(UTC),
        SETTLING,
    )
    film: Product[int] = Product(Key("film", str(number), "mp4"), 0)
    try:
        publish(publication(number, ledger.of(number)), replace(episode, video=film), means)
    except TransientError:
        return False
    return True


def rage(plan: Plan, episode: Presented) -> int:
    """Let the uploader live and die until everything has arrived; returns how often it was killed."""
    chance = random.Random(plan.seed)  # noqa: S311  # the same storm each time
    kills = 0
    while True:
        child = os.fork()
        if not child:
            try:
                live(plan, episode)
            except BaseException:  # noqa: BLE001  # a child ends here, whatever it is
                traceback.print_exc()
            os._exit(GAVE_UP)
        ended = wait(child, chance.uniform(*plan.life_s))
        if ended is None:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            kills += 1
        elif ended == 0:
            return kills
        else:
            raise SystemExit(f"the uploader gave up: {ended}")


def wait(child: int, seconds: float) -> int | None:
    """Return how a child ended within some seconds; None where it still lives."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.01)
    return None


@contextmanager
def nursery(plan: Plan) -> Iterator[Presented]:
    sending.CHUNK = plan.chunk
    prepare()
    episode, _ = presented(Path(plan.folder) / "episode")
    yield episode


def main(written: str) -> None:
    plan = Plan(**json.loads(written))
    with nursery(plan) as episode:
        print(rage(plan, episode))


if __name__ == "__main__":
    main(sys.argv[1])
