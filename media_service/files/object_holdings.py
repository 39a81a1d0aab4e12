"""The shelf in an object store as its keeper sees it: what lies there, since when, and how it is taken or carried."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from media_service.domain.product import Key
from media_service.files.bucket import Bucket, Entry
from media_service.files.cache import Cache
from media_service.files.carrying import gone, unpack
from media_service.files.seal import Seal, content_place, key_of, key_of_content, opened, seal_place, written
from media_service.files.whole import unfinished
from media_service.holdings import Held, Packed


@dataclass(slots=True)
class _Found:
    """What a listing shows of one product."""

    seal: Entry | None = None
    contents: list[Entry] = field(default_factory=list)


class ObjectHoldings:
    """The Holdings door over the bucket of an ObjectShelf; `cache` lends the room for what is on its way."""

    def __init__(self, bucket: Bucket, cache: Cache) -> None:
        self._bucket = bucket
        self._cache = cache

    def walk(self) -> Iterator[Held]:
        """Yield everything that is sealed."""
        for key, found in self._found():
            if found.seal:
                size = found.seal.size + sum(content.size for content in found.contents)
                yield Held(key, size, found.seal.modified)

    def open(self, key: Key) -> Packed | None:
        """Return a product to be read once; None where it is not there, or not whole.

        Reading it raises ProductGoneError where it has gone since, and ShelfAwayError.
        """
        found = self._bucket.get(seal_place(key))
        sealed = opened(found[0], object) if found else None
        if found is None or sealed is None:
            return None
        if sealed.size is None:
            return Packed(key, found[0], None, None, iter(()))
        name = content_place(key, sealed.sha256 or "")
        if self._bucket.size(name) != sealed.size:
            return None
        return Packed(key, found[0], sealed.size, sealed.sha256, self._pieces(name))

    def put(self, packed: Packed) -> bool:
        """Lay a product into the store whole, seal last; False where one of that key is there already.

        Raises ProductGoneError where its bytes are not those that its seal speaks of.
        """
        if self.open(packed.key):
            return False
        seal = packed.seal
        if packed.size is not None:
            with unfinished(self._cache.scratch / f"product{packed.key.suffix}") as aside:
                sha256 = unpack(packed, aside)
                self._bucket.put(content_place(packed.key, sha256), aside)
            if packed.sha256 is None:
                seal = _with_checksum(packed, sha256)
        self._bucket.put(seal_place(packed.key), seal)
        return True

    def remove(self, key: Key, unused_since: datetime) -> bool:
        """Take a product away, seal first; False where it was used after that moment, or is gone."""
        found = self._bucket.get(seal_place(key))
        if found is None or found[1] > unused_since:
            return False
        self._bucket.remove(seal_place(key))
        sealed = opened(found[0], object)
        if sealed and sealed.sha256:
            self._bucket.remove(content_place(key, sealed.sha256))
        return True

    def clear(self, older: timedelta) -> int:
        """Throw away contents that no seal speaks of, older than that; returns their bytes."""
        self._cache.sweep()
        freed, before = 0, datetime.now(UTC) - older
        for key, found in self._found():
            for content in found.contents:
                if content.modified < before and not self._is_sealed(key, content, found):
                    self._bucket.remove(content.name)
                    freed += content.size
        return freed

    def close(self) -> None:
        """Leave nothing unfinished behind."""
        self._cache.close()

    def _found(self) -> Iterator[tuple[Key, _Found]]:
        """Yield what lies in the store, product by product; of one kind at a time there is a list in memory."""
        for kind in self._bucket.folders():
            products: defaultdict[Key, _Found] = defaultdict(_Found)
            for entry in self._bucket.entries(kind):
                if key := key_of(entry.name):
                    products[key].seal = entry
                elif key := key_of_content(entry.name):
                    products[key].contents.append(entry)
            yield from products.items()

    def _is_sealed(self, key: Key, content: Entry, found: _Found) -> bool:
        """Tell whether a seal speaks of that content; it may have been written since the listing."""
        if found.seal and len(found.contents) == 1:
            return True
        now = self._bucket.get(seal_place(key))
        sealed = opened(now[0], object) if now else None
        return bool(sealed and sealed.sha256 and content_place(key, sealed.sha256) == content.name)

    def _pieces(self, name: str) -> Iterator[bytes]:
        try:
            yield from self._bucket.pieces(name)
        except FileNotFoundError as fault:
            raise gone(name) from fault


def _with_checksum(packed: Packed, sha256: str) -> bytes:
    """Return a seal of the first versions as an object store needs it: its content is found by the checksum."""
    sealed = opened(packed.seal, object)
    if sealed is None:
        raise gone(packed.key.fingerprint)
    return written(Seal(sealed.size, sealed.seconds, sealed.facts, sha256))
