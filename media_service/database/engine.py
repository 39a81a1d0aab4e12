"""Opens the database, brought up to this program's schema, as the doors of `stores`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from media_service.database.access import people
from media_service.database.connection import Database
from media_service.database.consents import StoredConsents
from media_service.database.migrating import bring_up_to_date
from media_service.database.outlet import NOWHERE, Outlet
from media_service.database.overviews import overviews
from media_service.database.playlists import StoredPlaylists
from media_service.database.publications import StoredPublications
from media_service.database.quota import StoredQuota
from media_service.database.records import StoredRecords
from media_service.database.reviews import StoredReviews
from media_service.database.schedule import StoredSchedule
from media_service.database.stages import StoredStages
from media_service.database.turns import StoredTurns
from media_service.database.upkeep import StoredUpkeep
from media_service.database.works import StoredWorks
from media_service.ledgers import Ledgers
from media_service.stores import Stores


@contextmanager
def open_stores(url: str, outlet: Outlet = NOWHERE) -> Iterator[Stores]:
    """Yield the doors to the database of that URL (sqlite:///…, postgresql://…), made or migrated where needed.

    `outlet` says where approved episodes are published.

    Threads may share them; a forked child may go on using them, over connections of its own. Raises DatabaseAwayError,
    and SetupError for a URL or a schema that this program does not know.
    """
    database = Database(url)
    try:
        bring_up_to_date(database)
        yield stores(database, outlet)
    finally:
        database.close()


def stores(database: Database, outlet: Outlet = NOWHERE) -> Stores:
    """Return the doors to a database whose schema is up to date."""
    return Stores(
        works=StoredWorks(database),
        stages=StoredStages(database),
        schedule=StoredSchedule(database, outlet.channel),
        reviews=StoredReviews(database, outlet.channel),
        records=StoredRecords(database, outlet),
        upkeep=StoredUpkeep(database),
        turns=StoredTurns(database),
        ledgers=Ledgers(
            publications=StoredPublications(database, outlet),
            quota=StoredQuota(database, outlet),
            consents=StoredConsents(database, outlet),
            playlists=StoredPlaylists(database),
        ),
        people=people(database),
        overviews=overviews(database, outlet),
    )
