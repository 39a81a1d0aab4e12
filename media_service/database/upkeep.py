"""The Upkeep door: what is wanted on the shelf, and the state as lines of JSON that any database can take back."""

from __future__ import annotations

import base64
import json
from collections.abc import Collection, Iterator
from typing import Any

from sqlalchemy import (
    Connection,
    LargeBinary,
    MetaData,
    Row,
    Table,
    delete,
    func,
    or_,
    select,
    text,
    update,
)
from sqlalchemy.exc import DataError, IntegrityError, SQLAlchemyError

from media_service.database import migrating
from media_service.database.connection import Database
from media_service.database.laying import FENCED
from media_service.database.people_tables import attempts, links, visits
from media_service.database.products import name
from media_service.database.publishing_tables import publications
from media_service.database.showing_again import show_again
from media_service.database.tables import audit, metadata, productions, products, stages, uses, workers
from media_service.domain.product import Key
from media_service.domain.publication import UploadState
from media_service.domain.stage import StageState
from media_service.errors import SetupError
from media_service.messages import message

ROWS = 500
"""So many rows are kept in memory at once."""
_FLEETING = (workers, visits, links, attempts)
"""What is in no backup: it is about the moment, and whoever restores an old one must not let anybody in by it."""


class StoredUpkeep:
    """What keeps the database itself whole."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def wanted(self) -> Iterator[Key]:
        """Yield every product that a production refers to."""
        known = select(products.c.product, products.c.fingerprint, products.c.suffix)
        used = known.where(products.c.name.in_(select(uses.c.product)))
        with self._database.read() as run:
            for row in run.execution_options(yield_per=ROWS).execute(used):
                yield Key(row.product, row.fingerprint, row.suffix)

    def forget(self, keys: Collection[Key]) -> None:
        """Forget products that nobody uses; one that somebody has come to use meanwhile is on the shelf again."""
        names = sorted(map(name, keys))
        with self._database.write() as run:
            for start in range(0, len(names), ROWS):
                meant = products.c.name.in_(names[start : start + ROWS])
                run.execute(select(products.c.name).where(meant).order_by(products.c.name).with_for_update())
                run.execute(delete(products).where(meant, products.c.name.not_in(select(uses.c.product))))

    def dump(self) -> Iterator[tuple[str, bytes]]:
        """Yield every table as (name, lines of JSON), all as they stood at one moment, while others go on working.

        A long table comes in several parts, one after another.
        """
        with self._database.read() as run:
            if not self._database.sqlite:  # whoever writes the backup down may take their time
                run.execute(text("SET LOCAL idle_in_transaction_session_timeout = 0"))
            for table in metadata.sorted_tables:
                if table not in _FLEETING:
                    yield from _parts(run, table)

    def restore(self, tables: Iterator[tuple[str, bytes]], revision: str) -> None:
        """Fill an empty database from a dump of that revision or an older one."""
        migrating.refuse_newer(revision or "0", "backup")
        with self._database.write() as run:
            _refuse_full(run)
            migrating.clear(run)
            migrating.upgrade(run, revision)
            _fill(run, tables)
            migrating.upgrade(run, migrating.HEAD)
            _fence(run)
            show_again(run)

    def revision(self) -> str:
        """Return the schema's revision."""
        with self._database.read() as run:
            return migrating.revision(run)


def _parts(run: Connection, table: Table) -> Iterator[tuple[str, bytes]]:
    rows = run.execution_options(yield_per=ROWS).execute(select(table).order_by(*table.primary_key.columns))
    for part in rows.partitions(ROWS):
        yield table.name, b"".join(map(_line, part))


def _line(row: Row[Any]) -> bytes:
    plain = {
        column: base64.b64encode(value).decode() if isinstance(value, bytes) else value
        for column, value in row._asdict().items()
    }
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _refuse_full(run: Connection) -> None:
    for table in (productions, audit):
        if run.execute(select(table.c.id).limit(1)).first():
            said = message("This database holds works already; restore into a new one, or another state folder.")
            raise SetupError(said)


def _fill(run: Connection, tables: Iterator[tuple[str, bytes]]) -> None:
    """Insert the lines of a dump into the tables as they were then."""
    there = MetaData()
    there.reflect(run)
    try:
        for table_name, lines in tables:
            table = there.tables[table_name]
            rows = [_row(table, line) for line in lines.splitlines()]
            if rows:
                run.execute(table.insert(), rows)
    except (KeyError, ValueError, TypeError, IntegrityError, DataError) as exc:
        raise _damaged(exc) from exc
    except SQLAlchemyError as exc:
        if "Unconsumed column names" in str(exc):
            raise _damaged(exc) from exc
        raise
    if run.dialect.name == "postgresql":
        _count_on(run, there)


def _damaged(exc: Exception) -> SetupError:
    why = str(exc).partition("\n")[0]
    return SetupError(message("The backup does not fit its own schema ({why}); take another backup.", why=why))


def _row(table: Table, line: bytes) -> dict[str, Any]:
    row: dict[str, Any] = json.loads(line)
    for column in table.columns:
        if isinstance(column.type, LargeBinary) and column.name in row:
            row[column.name] = base64.b64decode(row[column.name], validate=True)
    return row


def _count_on(run: Connection, there: MetaData) -> None:
    """Let PostgreSQL number new rows after those that came with their numbers."""
    for table in there.tables.values():
        if "id" in table.columns:
            highest = run.execute(select(func.max(table.c.id))).scalar()
            if highest:
                run.execute(select(func.setval(func.pg_get_serial_sequence(table.name, "id"), highest)))


def _fence(run: Connection) -> None:
    """Whoever worked on anything when the backup was made works on it no more."""
    run.execute(update(stages).values(FENCED))
    # what was not sent then may have been sent since: it is sought on the channel before anything is sent
    unsent = publications.c.state == UploadState.PLANNED.value
    sought = {"state": UploadState.UNKNOWN.value, "since": 1.0, "begun_at": publications.c.approved_at}
    run.execute(update(publications).where(unsent).values(sought))
    begun = or_(stages.c.state == StageState.RUNG.value, stages.c.state == StageState.RUNNING.value)
    run.execute(update(stages).where(begun).values(state=StageState.DUE.value))
