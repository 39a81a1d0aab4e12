"""The whole service in one file and back: the database as it stood at one moment, then every product it speaks of.

Products never change, so those that are copied after that moment are the right ones.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import timedelta
from tempfile import TemporaryFile

from media_service import __version__
from media_service.domain.product import Key
from media_service.errors import ProductGoneError, SetupError
from media_service.holdings import Archive, Contents, Holdings, Origin, Part, Table
from media_service.messages import message
from media_service.stores import Stores, Upkeep

LIVES = timedelta(minutes=1)
"""A worker that was seen within that time counts as running."""


def backup(archive: Archive, stores: Stores, holdings: Holdings, told: Callable[[int], None]) -> Contents:
    """Write database and products into the archive, whole or not at all, while others go on working.

    `told` hears how many parts (stretches of tables, products) are written. Products that the shelf has lost are left
    out and counted: who needs them makes them again.
    """
    upkeep = stores.upkeep
    origin = Origin(__version__, upkeep.revision(), stores.turns.moment().isoformat(timespec="seconds"))
    return archive.write(_parts(upkeep, holdings), origin, told)


def restore(archive: Archive, stores: Stores, holdings: Holdings, told: Callable[[int], None]) -> Contents:
    """Lay a backup's products on the shelf, then fill the empty database, in one transaction.

    Everything is verified before anything is changed. What the shelf holds already stays as it is. After a failure the
    database is as it was; products that were laid on the shelf by then do no harm, and the next try finds them. Raises
    InputError for a damaged backup, SetupError where the database is not empty or workers run.
    """
    _refuse_unless_at_rest(stores)
    contents = archive.check()
    for number, part in enumerate(archive.parts(), 1):
        if not isinstance(part, Table):
            with suppress(ProductGoneError):  # it was damaged before it was copied, and counted then
                holdings.put(part)
        told(number)
    stores.upkeep.restore(_tables(archive), contents.origin.revision)
    return contents


def _tables(archive: Archive) -> Iterator[tuple[str, bytes]]:
    for part in archive.parts():
        if not isinstance(part, Table):
            return
        yield part.name, part.lines


def _parts(upkeep: Upkeep, holdings: Holdings) -> Iterator[Part]:
    for name, lines in upkeep.dump():
        yield Table(name, lines)
    with TemporaryFile(
        "w+", encoding="ascii"
    ) as noted:  # copying takes hours: the database is not kept reading so long
        noted.writelines(f"{key.product} {key.fingerprint} {key.suffix}\n" for key in upkeep.wanted())
        noted.seek(0)
        for line in noted:
            product, fingerprint, suffix = line.removesuffix("\n").split(" ")
            key = Key(product, fingerprint, suffix)
            yield holdings.open(key) or key


def _refuse_unless_at_rest(stores: Stores) -> None:
    working = sorted({worker.host for worker in stores.records.workers(LIVES)})
    if working:
        raise SetupError(
            message("Workers run on {hosts}; stop them, wait a minute, then restore.", hosts=", ".join(working))
        )
    if stores.works.status(limit=1):
        raise SetupError(message("This database holds works already; restore into a new one, or another state folder."))
