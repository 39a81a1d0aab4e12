"""The shelf in an object store, for workers on many machines: content, verified, then its seal; a local cache of both.

A content object's name ends in its own checksum, so two machines that make one product at once never mix: whichever
seal is written last speaks of a whole object, and the other one is cleared away later. A product that was made while
the store was away waits in the cache, so that only the sending is done again.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from media_service.domain.product import Key, Product
from media_service.errors import ShelfAwayError
from media_service.files.bucket import Bucket
from media_service.files.cache import Cache
from media_service.files.carrying import gone, write
from media_service.files.seal import Locks, Seal, checksum, content_place, opened, seal_place, written
from media_service.files.shelf import USE_IS_NOTED
from media_service.files.whole import appearing, unfinished
from media_service.messages import message
from media_service.ports import Progress

Value = TypeVar("Value")


class ObjectShelf:
    """The Shelf door over a bucket; tells `progress` of everything made and found."""

    def __init__(self, bucket: Bucket, cache: Cache, progress: Progress) -> None:
        self._bucket = bucket
        self._cache = cache
        self._progress = progress
        self._locks = Locks()

    def obtain(self, key: Key, facts: type[Value], make: Callable[[Path], Value]) -> Product[Value]:
        """Return the product of that key, making it where there is no seal of it in the store.

        Raises ShelfAwayError where the store does not answer; what was made by then is only sent next time.
        """
        with self._locks.of(key):
            sealed = self._sealed(key, facts)
            if sealed and sealed.size is not None:
                self._progress.product(key, None)
                return Product(key, sealed.facts)
            sealed = self._waiting(key, facts) or self._made(key, make)
            self._send(key, sealed)
            self._progress.product(key, sealed.seconds)
            return Product(key, sealed.facts)

    def reach(self, key: Key) -> Path:
        """Return where this machine can read a product's file, fetched where it has no copy; good until `close`.

        Raises ProductGoneError where the store has lost it, or twice gave other bytes than were sealed: what it has of
        it is taken away then, so that the product is made again. Raises ShelfAwayError where the store does not answer.
        """
        with self._locks.of(key):
            sealed = self._sealed(key, object)
            if sealed is None or sealed.size is None or sealed.sha256 is None:
                raise gone(key.fingerprint)
            name = content_place(key, sealed.sha256)
            path = self._cache.use(name, sealed.size) or self._fetched(name, sealed) or self._fetched(name, sealed)
            if path is None:
                self._bucket.remove(seal_place(key))
                self._bucket.remove(name)
                raise gone(name)
            return path

    def learn(self, key: Key, facts: type[Value], find: Callable[[], Value]) -> Value:
        """Return the facts kept under that key, finding them where there are none."""
        with self._locks.of(key):
            sealed = self._sealed(key, facts)
            if sealed:
                self._progress.product(key, None)
                return sealed.facts
            begun = time.monotonic()
            found = find()
            seconds = time.monotonic() - begun
            self._bucket.put(seal_place(key), written(Seal(None, seconds, found)))
            self._progress.product(key, seconds)
            return found

    def sweep(self) -> None:
        """Throw away what runs left unfinished on this machine that are not running any more."""
        self._cache.sweep()

    def close(self) -> None:
        """Leave nothing unfinished behind; paths that were reached are good no longer."""
        self._cache.close()

    def _sealed(self, key: Key, facts: type[Value]) -> Seal[Value] | None:
        found = self._bucket.get(seal_place(key))
        if found is None:
            return None
        data, modified = found
        sealed = opened(data, facts)
        if sealed and datetime.now(UTC) - modified > USE_IS_NOTED:
            self._bucket.put(seal_place(key), data)  # its new date says that the product is in use
        return sealed

    def _waiting(self, key: Key, facts: type[Value]) -> Seal[Value] | None:
        """Return the seal of what was made here and could not be sent, where its copy is still there."""
        try:
            sealed = opened(self._cache.waiting(key).read_bytes(), facts)
        except FileNotFoundError:
            return None
        return sealed if sealed and self._copy(key, sealed) else None

    def _made(self, key: Key, make: Callable[[Path], Value]) -> Seal[Value]:
        begun = time.monotonic()
        with unfinished(self._cache.scratch / f"product{key.suffix}") as aside:
            facts = make(aside)
            seconds = time.monotonic() - begun
            sealed = Seal(aside.stat().st_size, seconds, facts, checksum(aside))
            self._cache.add(aside, _name(key, sealed))
        with appearing(self._cache.waiting(key), self._cache.scratch) as aside:
            aside.write_bytes(written(sealed))
        return sealed

    def _send(self, key: Key, sealed: Seal[Value]) -> None:
        """Bring content and then seal into the store; an earlier try may have got the content through."""
        name, path = _name(key, sealed), self._copy(key, sealed)
        if path is None:
            raise gone(name)
        if self._bucket.size(name) != sealed.size:
            self._bucket.put(name, path)
            if self._bucket.size(name) != sealed.size:
                raise ShelfAwayError(
                    message("The object store has not kept what it was given ({name}); it is sent again.", name=name)
                )
        self._bucket.put(seal_place(key), written(sealed))
        self._cache.waiting(key).unlink(missing_ok=True)

    def _copy(self, key: Key, sealed: Seal[Value]) -> Path | None:
        return None if sealed.size is None else self._cache.use(_name(key, sealed), sealed.size)

    def _fetched(self, name: str, sealed: Seal[Value]) -> Path | None:
        """Fetch a product's file; None where it is not there or not as it was sealed."""
        with unfinished(self._cache.scratch / Path(name).name) as aside:
            try:
                as_sealed = write(self._bucket.pieces(name), aside) == (sealed.size, sealed.sha256)
            except FileNotFoundError:
                return None
            return self._cache.add(aside, name) if as_sealed else None


def _name(key: Key, sealed: Seal[Value]) -> str:
    return content_place(key, sealed.sha256 or "")
