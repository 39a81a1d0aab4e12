"""The database's own time as an SQL expression, and its whole seconds since 1970 as Python's dates.

Workers' clocks differ; leases, waits and dates come from the one clock that all of them share.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Double
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.expression import FunctionElement


class Now(FunctionElement[float]):
    """Seconds since 1970 in UTC, with fractions, at the moment at which the statement runs."""

    name = "now"
    type = Double()
    inherit_cache = True


@compiles(Now, "sqlite")
def _sqlite(_element: Now, _compiler: SQLCompiler, **_given: Any) -> str:
    # unixepoch() tells fractions only from SQLite 3.42 on; a Julian day is good to the millisecond in all
    return "((julianday('now') - 2440587.5) * 86400.0)"


@compiles(Now, "postgresql")
def _postgresql(_element: Now, _compiler: SQLCompiler, **_given: Any) -> str:
    # the select is evaluated once for a statement: an index can serve what is compared with it
    return "(SELECT EXTRACT(EPOCH FROM clock_timestamp())::float8)"


def moment(seconds: float) -> datetime:
    """Return a stored time as a date in UTC."""
    return datetime.fromtimestamp(seconds, UTC)
