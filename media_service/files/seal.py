"""The seal: what lies beside a product, written last, saying that it is whole, how large, and what was learned of it.

A product's place on a shelf is told by its key alone: kind, two digits of the fingerprint, fingerprint and ending.
"""

from __future__ import annotations

import hashlib
import re
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Generic, TypeVar
from weakref import WeakValueDictionary

import msgspec

from media_service.domain.product import Key

Value = TypeVar("Value")

_KIND_AND_FINGERPRINT = r"([a-z0-9-]{1,40})/([0-9a-f]{2})/(\2[0-9a-f]{14,62})"
_SEAL = re.compile(_KIND_AND_FINGERPRINT + r"(\.[a-z0-9]{1,8})?\.json")
_MAKING = Lock()
_CONTENT = re.compile(_KIND_AND_FINGERPRINT + r"-[0-9a-f]{16}(\.[a-z0-9]{1,8})?")


class Seal(msgspec.Struct, Generic[Value], frozen=True):
    """A product's size in bytes (None: facts only), the seconds it took, its facts, and its checksum.

    Seals of the first versions have no checksum; they stay good.
    """

    size: int | None
    seconds: float
    facts: Value
    sha256: str | None = None


def place(key: Key) -> str:
    """Return where a product lies, from the shelf's root."""
    return f"{key.product}/{key.fingerprint[:2]}/{key.fingerprint}{key.suffix}"


def seal_place(key: Key) -> str:
    """Return where its seal lies."""
    return place(key) + ".json"


def content_place(key: Key, sha256: str) -> str:
    """Return where a product's bytes lie in an object store: contents that differ never share a name."""
    return f"{key.product}/{key.fingerprint[:2]}/{key.fingerprint}-{sha256[:16]}{key.suffix}"


def key_of(seal: str) -> Key | None:
    """Return the key whose seal lies there; None where nothing of ours is called that."""
    return _key(_SEAL.fullmatch(seal))


def key_of_content(content: str) -> Key | None:
    """Return the key whose bytes lie there in an object store; None where nothing of ours is called that."""
    return _key(_CONTENT.fullmatch(content))


def _key(found: re.Match[str] | None) -> Key | None:
    return Key(found[1], found[3], found[4] or "") if found else None


def written(seal: Seal[Value]) -> bytes:
    """Return a seal as it is kept."""
    return msgspec.json.encode(seal)


def opened(data: bytes, facts: type[Value]) -> Seal[Value] | None:
    """Read a seal; None for one that is damaged or holds other facts: its product is made again."""
    try:
        return _reader(facts).decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None


def _reader(facts: type[Value]) -> msgspec.json.Decoder[Seal[Value]]:
    """Return what reads seals with such facts.

    One thread at a time makes it: msgspec 0.22 shows a half-made one to the others, and reading with that kills the
    process.
    """
    with _MAKING:
        return _made(facts)  # type: ignore[arg-type]  # classes are hashable, which mypy does not see of type[Value]


@cache
def _made(facts: type[Value]) -> msgspec.json.Decoder[Seal[Value]]:
    return msgspec.json.Decoder(Seal[facts])  # type: ignore[valid-type]  # the facts' type is known at run time only


def checksum(path: Path) -> str:
    """Return a file's SHA-256: about a second a gigabyte, beside the minutes that making one takes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


class Locks:
    """One lock a key, so that two threads that want the same product make it once."""

    def __init__(self) -> None:
        self._locks: WeakValueDictionary[Key, Lock] = WeakValueDictionary()  # each as long as somebody has it
        self._guard = Lock()

    def __len__(self) -> int:
        return len(self._locks)

    def of(self, key: Key) -> Lock:
        """Return the lock of a key, the same for everyone in this process."""
        with self._guard:
            return self._locks.setdefault(key, Lock())
