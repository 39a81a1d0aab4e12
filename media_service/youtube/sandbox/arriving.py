"""Files while they arrive: only whole quanta of 256 KiB are held until the end is there, as YouTube does it.

Their bytes go to the disk as they come; the hash is made on the way, and made anew from the disk after a restart.
"""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from anyio import to_thread

if TYPE_CHECKING:
    from hashlib import _Hash

QUANTUM = 256 * 1024


class TooLargeError(Exception):
    """More bytes came than may."""


class TakenOverError(Exception):
    """Somebody else asked of the same session meanwhile: these bytes count no more."""


@dataclass(slots=True)
class Arrival:
    """One file that arrives; `held` bytes of it are on the disk."""

    path: Path
    held: int = 0
    turn: int = 0
    _hash: _Hash | None = None

    def cut_to(self, size: int) -> None:
        """Keep the whole quanta of the first `size` bytes."""
        self.held = min(size, self.held) // QUANTUM * QUANTUM
        self._hash = hashlib.sha256() if self.held == 0 else None
        with self.path.open("ab") as file:
            file.truncate(self.held)

    def take_turn(self) -> int:
        """Begin to ask of this arrival; whoever did before may add nothing more."""
        self.turn += 1
        return self.turn

    async def add(self, pieces: AsyncIterator[bytes], turn: int, size: int | None, most: int | None = None) -> None:
        """Add bytes as they come; those of an unfinished quantum are lost unless they are the last of all.

        `size` is the whole file's, None for whatever comes; raises TooLargeError past `most`, TakenOverError where
        the turn is another's.
        """
        digest = await self._digest()
        rest = bytearray()
        with self.path.open("r+b" if self.path.exists() else "w+b") as file:
            file.seek(self.held)
            async for piece in pieces:
                if turn != self.turn:
                    raise TakenOverError
                rest += piece
                if most is not None and self.held + len(rest) > most:
                    raise TooLargeError
                whole = len(rest) // QUANTUM * QUANTUM
                if whole:
                    self._write(file, digest, memoryview(rest)[:whole])
                    del rest[:whole]
            if turn == self.turn and rest and (size is None or self.held + len(rest) == size):
                self._write(file, digest, memoryview(rest))

    def _write(self, file: object, digest: _Hash, view: memoryview) -> None:
        with view:
            file.write(view)  # type: ignore[attr-defined]
            digest.update(view)
            self.held += len(view)

    async def sha256(self) -> str:
        """Return the hash of all that is held."""
        return (await self._digest()).hexdigest()

    async def _digest(self) -> _Hash:
        if self._hash is None:
            self._hash = await to_thread.run_sync(_read, self.path, self.held)
        return self._hash


def _read(path: Path, size: int) -> _Hash:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while size > 0 and (piece := file.read(min(1 << 20, size))):
            digest.update(piece)
            size -= len(piece)
    return digest


@dataclass(slots=True)
class Arrivals:
    """All that arrives now."""

    folder: Path
    log: deque[dict[str, int]] = field(default_factory=lambda: deque(maxlen=20_000))
    """Which bytes came, for whoever asks: the place of the first that was taken, and what was held after."""
    _now: dict[str, Arrival] = field(default_factory=dict)

    def of(self, name: str, size: int | None = None) -> Arrival:
        """Return the arrival of that name, as far as it has come on the disk; `size` where it is known."""
        if name not in self._now:
            path = self.folder / name
            there = self.held(name)
            arrival = Arrival(path, there)
            if there != size:
                arrival.cut_to(there)
            self._now[name] = arrival
        return self._now[name]

    def held(self, name: str) -> int:
        """Return how many bytes of an arrival are on the disk."""
        path = self.folder / name
        return path.stat().st_size if path.exists() else 0

    def end(self, name: str) -> None:
        """Forget an arrival and what is left of it."""
        arrival = self._now.pop(name, None)
        if arrival is not None:
            arrival.turn += 1
        (self.folder / name).unlink(missing_ok=True)
