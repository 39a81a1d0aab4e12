"""What must hold when all is over: nothing lost, nothing done twice, nothing half made, nobody left."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import av
from av.error import FFmpegError

from media_service.files.seal import opened
from media_service.stores import Stores
from tests.chaos.theatre import Theatre


@dataclass(frozen=True)
class Row:
    """A finished stage, or one that was put aside."""

    id: int
    slug: str
    step: str
    state: str
    attempt: int
    tries: int
    seconds: float
    finished_at: float


def rows(theatre: Theatre) -> list[Row]:
    """Return every stage as the database has it."""
    asked = (
        "SELECT s.id, p.slug, s.step, s.state, s.attempt, s.tries, s.seconds, coalesce(s.finished_at, 0)"
        " FROM stages s JOIN productions p ON p.id = s.production"
    )
    with closing(sqlite3.connect(theatre.settings.state / "service.db")) as run:
        return [Row(*row) for row in run.execute(asked)]


def nothing_was_done_twice(theatre: Theatre) -> None:
    """Every finish that was accepted added to the sums of its step in the same transaction."""
    made = [row for row in rows(theatre) if row.state == "done"]
    with closing(sqlite3.connect(theatre.settings.state / "service.db")) as run:
        finished = Counter(dict(run.execute("SELECT step, sum(stages) FROM speeds GROUP BY step")))
    assert finished == Counter(row.step for row in made)
    told = Counter(line["stage"] for line in log(theatre) if line.get("event") == "done")
    assert set(told) <= {row.id for row in made}
    assert max(told.values()) == 1


def log(theatre: Theatre) -> Iterator[dict[str, Any]]:
    """Yield what the service wrote down; whoever was killed may have ended in the middle of a line."""
    for line in (theatre.folder / "log").read_text(encoding="utf-8", errors="replace").splitlines():
        try:
            yield json.loads(line)
        except ValueError:
            continue


def everything_is_whole(output: Path, stores: Stores) -> int:
    """Check what lies on the shelf and what people are shown; returns how many episodes that are."""
    sealed = {path for seal in (output / ".shelf").glob("*/??/*.json") for path in _as_sealed(seal)}
    there = {path for path in (output / ".shelf").rglob("*") if path.is_file() and path.suffix != ".json"}
    assert there == sealed
    for key in stores.upkeep.wanted():
        assert (output / f".shelf/{key.product}/{key.fingerprint[:2]}/{key.fingerprint}{key.suffix}.json").exists()
    hidden = [path for path in output.glob("*/**/.*") if not path.is_relative_to(output / ".shelf")]
    assert [path for path in hidden if not path.is_relative_to(output / ".service")] == []
    return sum(map(_shown, output.glob("*/production.json")))


def _as_sealed(seal: Path) -> Iterator[Path]:
    """Yield the file that a seal speaks of, if it speaks of one."""
    said = opened(seal.read_bytes(), object)
    assert said, seal
    if said.size is not None:
        path = seal.with_suffix("")
        assert path.stat().st_size == said.size, path
        assert hashlib.sha256(path.read_bytes()).hexdigest() == said.sha256, path
        yield path


def _shown(manifest: Path) -> int:
    """Play every episode of a production to its end."""
    told = json.loads(manifest.read_text(encoding="utf-8"))
    for episode in told["episodes"]:
        files = {name: manifest.parent / path for name, path in episode["files"].items()}
        assert all(path.stat().st_size for path in files.values())
        assert abs(_played(files["video"], "video") - episode["duration_s"]) < 0.2
        assert abs(_played(files["audio_mp3"], "audio") - episode["duration_s"]) < 0.2
    return len(told["episodes"])


def _played(path: Path, kind: str) -> float:
    """Decode a file to its end; returns how long that is in seconds."""
    end = 0.0
    try:
        with av.open(str(path)) as file:
            for frame in file.decode(**{kind: 0}):
                end = max(end, float(frame.pts * frame.time_base))
    except FFmpegError as fault:
        raise AssertionError(f"{path} cannot be played") from fault
    return end
