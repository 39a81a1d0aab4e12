"""What people look through, read a page at a time: each question is answered from an index, however much there is."""

from __future__ import annotations

from media_service.database.connection import Database
from media_service.database.outlet import NOWHERE, Outlet
from media_service.database.overviews.figures import StoredFigures
from media_service.database.overviews.reviews import StoredReviewDesk
from media_service.database.overviews.trail import StoredTrail
from media_service.database.overviews.uploads import StoredUploadDesk
from media_service.overviews import Overviews


def overviews(database: Database, outlet: Outlet = NOWHERE) -> Overviews:
    """Return the doors over a database."""
    return Overviews(
        reviews=StoredReviewDesk(database),
        uploads=StoredUploadDesk(database, outlet),
        figures=StoredFigures(database, outlet),
        trail=StoredTrail(database),
    )
