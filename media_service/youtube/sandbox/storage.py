"""What the channel keeps: things of each kind in one SQLite file, contents by their hash in a folder beside it.

The file is whole whenever the process is killed: every change is one transaction, and a content lies in its place
before any row names it.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Body = dict[str, Any]
"""A thing as the API writes it: JSON."""

_TABLES = """
CREATE TABLE IF NOT EXISTS notes (name TEXT PRIMARY KEY, said TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS things (
  number INTEGER PRIMARY KEY, kind TEXT NOT NULL, id TEXT NOT NULL UNIQUE,
  owner TEXT NOT NULL, place INTEGER NOT NULL, body TEXT NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS things_of ON things (kind, owner, place, number);
CREATE TABLE IF NOT EXISTS calls (
  number INTEGER PRIMARY KEY, at TEXT NOT NULL, day TEXT NOT NULL, method TEXT NOT NULL, bucket TEXT NOT NULL,
  cost INTEGER NOT NULL, status INTEGER NOT NULL DEFAULT 0, reason TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX IF NOT EXISTS calls_of ON calls (day, bucket, cost);
"""


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing that is kept; `owner` is the id of what it belongs to, `place` its place there."""

    kind: str
    id: str
    body: Body
    owner: str = ""
    place: int = 0


class Storage:
    """One channel's folder. Reading needs no transaction; every change is made inside `change`."""

    def __init__(self, folder: Path) -> None:
        for each in (folder, folder / "contents", folder / "arriving"):
            each.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.run = sqlite3.connect(folder / "channel.db", isolation_level=None, timeout=30)
        self.run.execute("PRAGMA journal_mode = WAL")
        self.run.execute("PRAGMA synchronous = NORMAL")
        self.run.executescript(_TABLES)

    def close(self) -> None:
        """Let the file go."""
        self.run.close()

    @contextmanager
    def change(self) -> Iterator[sqlite3.Connection]:
        """Make one change, whole or not at all; a change within a change is part of it."""
        if self.run.in_transaction:
            yield self.run
            return
        self.run.execute("BEGIN IMMEDIATE")
        try:
            yield self.run
        except BaseException:
            self.run.execute("ROLLBACK")
            raise
        self.run.execute("COMMIT")

    def note(self, name: str) -> str:
        """Return what was noted under a name; empty where nothing was."""
        row = self.run.execute("SELECT said FROM notes WHERE name = ?", (name,)).fetchone()
        return str(row[0]) if row else ""

    def keep_note(self, name: str, said: str) -> None:
        """Note something under a name."""
        self.run.execute("INSERT OR REPLACE INTO notes VALUES (?, ?)", (name, said))

    def find(self, kind: str, id_: str) -> Thing | None:
        """Return a thing, if it is there."""
        row = self.run.execute(
            "SELECT kind, id, body, owner, place FROM things WHERE id = ? AND kind = ?", (id_, kind)
        ).fetchone()
        return _thing(row) if row else None

    def all_of(self, kind: str, owner: str | None = None) -> list[Thing]:
        """Return all things of a kind, or those of one owner, by their places, the older first where those are one."""
        where, values = ("", ()) if owner is None else (" AND owner = ?", (owner,))
        rows = self.run.execute(
            f"SELECT kind, id, body, owner, place FROM things WHERE kind = ?{where} ORDER BY place, number",  # noqa: S608  # both forms are ours
            (kind, *values),
        )
        return [_thing(row) for row in rows]

    def put(self, thing: Thing) -> None:
        """Keep a thing, in place of the one of that id."""
        self.run.execute(
            "INSERT INTO things (kind, id, body, owner, place) VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT (id) DO UPDATE SET body = excluded.body, owner = excluded.owner, place = excluded.place",
            (thing.kind, thing.id, json.dumps(thing.body, ensure_ascii=False), thing.owner, thing.place),
        )

    def drop(self, thing: Thing) -> None:
        """Forget a thing."""
        self.run.execute("DELETE FROM things WHERE id = ? AND kind = ?", (thing.id, thing.kind))

    def content(self, sha256: str) -> Path:
        """Return where the content of that hash lies."""
        return self.folder / "contents" / sha256

    def arriving(self, name: str) -> Path:
        """Return where something lies while it arrives."""
        return self.folder / "arriving" / name

    def settle(self, arrived: Path, sha256: str) -> None:
        """Put what has arrived whole where contents lie; the same content is kept once."""
        with suppress(FileExistsError):
            os.link(arrived, self.content(sha256))


def _thing(row: tuple[str, str, str, str, int]) -> Thing:
    kind, id_, body, owner, place = row
    return Thing(kind, id_, json.loads(body), owner, place)
