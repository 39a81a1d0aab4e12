"""The doors through which the shelf itself is looked after: what lies on it, and how it is copied away and back.

`ports.Shelf` is what the steps see of the same shelf; these doors are for `upkeep` and `backup` alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from media_service.domain.product import Key


@dataclass(frozen=True, slots=True)
class Held:
    """One product on the shelf, or one that is facts alone (0 bytes)."""

    key: Key
    size: int
    """In bytes."""
    used: datetime
    """When it was made or last asked for, to the day."""
    shown: bool = False
    """Whether people are shown this very file under output/."""


@dataclass(frozen=True, slots=True)
class Packed:
    """A product as it is carried: its seal as it lies there, and its bytes."""

    key: Key
    seal: bytes
    size: int | None
    """None where the seal is all there is."""
    sha256: str | None
    """What the bytes must add up to; None where its maker did not say."""
    content: Iterator[bytes]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of one table of the database, a line of JSON each."""

    name: str
    lines: bytes


Part = Table | Packed | Key
"""What a backup is made of, tables first; a bare key is a product that is wanted but not on the shelf."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a backup comes from."""

    version: str
    """Of the program."""
    revision: str
    """Of the database's schema."""
    made_at: str
    """The database's moment, ISO 8601."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What is in a backup."""

    origin: Origin
    tables: int
    products: int
    bytes: int
    """Of the products."""
    missing: int
    """Products that were wanted and not on the shelf."""
    damaged: int
    """Products whose bytes were not what their seal says; they are left out when it is restored."""


class Holdings(Protocol):
    """The shelf as its keeper sees it; may raise what `ports.Shelf` raises."""

    def walk(self) -> Iterator[Held]:
        """Yield everything that is sealed, while others put and take."""

    def open(self, key: Key) -> Packed | None:
        """Return a product to be read once; None where it is not there, or not whole.

        Reading raises ShelfAwayError or OSError where the bytes cannot be had.
        """

    def put(self, packed: Packed) -> bool:
        """Lay a product on the shelf whole, seal last; False where one of that key is there already."""

    def remove(self, key: Key, unused_since: datetime) -> bool:
        """Take a product away, seal first; False where it was used after that moment, or is gone."""

    def clear(self, older: timedelta) -> int:
        """Throw away what was left unsealed or unfinished longer ago than that; returns the bytes."""


class Archive(Protocol):
    """A backup in one file."""

    def write(self, parts: Iterator[Part], origin: Origin, told: Callable[[int], None]) -> Contents:
        """Write a backup, whole or not at all; `told` hears how many parts there are so far.

        Raises NoSpaceError, NotWritableError, and what drawing the parts raises.
        """

    def check(self) -> Contents:
        """Read the backup to its end; raises InputError where any byte of it is not as it was written."""

    def parts(self) -> Iterator[Table | Packed]:
        """Yield what is in the backup, in its order, without the damaged; each is to be used before the next.

        Raises InputError as `check` does, but only when it comes to the damage.
        """
