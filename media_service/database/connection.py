"""How the database is reached: one pool a process, reading and writing transactions, its errors in our words."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, Table, create_engine, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, InterfaceError, NoSuchModuleError, OperationalError
from sqlalchemy.pool import Pool

from media_service.errors import DatabaseAwayError, MediaServiceError, NoSpaceError, SetupError
from media_service.messages import message

BUSY_S = 30
"""How long a transaction waits for another that writes what it wants to write."""
_POSTGRESQL = {
    "connect_timeout": 10,
    "application_name": "media-service",
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,
    # accepted means durable; and whoever is cut off in mid-transaction must not lock others out until they are back
    "options": f"-c synchronous_commit=on -c lock_timeout={BUSY_S}s -c idle_in_transaction_session_timeout={BUSY_S}s"
    " -c tcp_keepalives_idle=5 -c tcp_keepalives_interval=2 -c tcp_keepalives_count=3",
}


class Database:
    """One database, reached by a pool of connections that a forked child replaces by its own."""

    def __init__(self, url: str) -> None:
        self.url = _parsed(url)
        self._engine = _engine(self.url)
        self._process = os.getpid()
        self._inherited: list[Pool] = []
        self.sqlite = self.url.get_backend_name() == "sqlite"

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """Run a transaction that may change things: all of it or, after an error, nothing.

        Raises DatabaseAwayError and NoSpaceError.
        """
        with self._transaction({"writing": True}) as run:
            yield run

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Run a transaction that sees everything as it stood at one moment; raises DatabaseAwayError."""
        snapshot = {} if self.sqlite else {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        with self._transaction(snapshot) as run:
            yield run

    def insert(self, table: Table) -> sqlite.Insert | postgresql.Insert:
        """Return an insertion that can say what happens on a conflict, in this database's words."""
        return insertion(table, sqlite_=self.sqlite)

    def close(self) -> None:
        """Give every connection back."""
        self._own().dispose()

    @contextmanager
    def _transaction(self, options: dict[str, Any]) -> Iterator[Connection]:
        try:
            with self._own().connect() as run:
                run.execution_options(**options)
                with run.begin():
                    yield run
        except DBAPIError as exc:
            raise self._said(exc) from exc

    def _own(self) -> Engine:
        """Return the engine with connections of this process only."""
        if self._process != os.getpid():
            # kept, never closed: closing would say goodbye to the server, or free locks, in the parent's name
            self._inherited.append(self._engine.pool)
            self._engine.dispose(close=False)
            self._process = os.getpid()
        return self._engine

    def _said(self, exc: DBAPIError) -> Exception:
        why, where = str(exc.orig).strip().partition("\n")[0], shown(self.url)
        if "disk is full" in why or "No space left" in why:
            return NoSpaceError(message("The database's disk is full ({where}); make room there.", where=where))
        if type(exc.orig) is sqlite3.DatabaseError:
            return SetupError(
                message("{where} is damaged ({why}); restore it from a backup.", where=self.url.database, why=why)
            )
        if exc.connection_invalidated or isinstance(exc, OperationalError | InterfaceError):
            return DatabaseAwayError(
                message(
                    "The database does not answer ({where}: {why}); start it, or correct MEDIA_SERVICE_DATABASE.",
                    where=where,
                    why=why,
                )
            )
        return exc


def insertion(table: Table, *, sqlite_: bool) -> sqlite.Insert | postgresql.Insert:
    """Return an insertion that can say what happens on a conflict, in the words of SQLite or of PostgreSQL."""
    return sqlite.insert(table) if sqlite_ else postgresql.insert(table)


def shown(url: URL) -> str:
    """Return a database's address for people: without password, user or options."""
    plain = URL.create(url.get_backend_name(), host=url.host, port=url.port, database=url.database)
    return plain.render_as_string(hide_password=True)


def _parsed(url: str) -> URL:
    try:
        parsed = make_url(url.replace("postgres://", "postgresql://", 1) if url.startswith("postgres://") else url)
    except (ArgumentError, ValueError) as exc:
        raise _strange("?") from exc
    if parsed.get_backend_name() not in {"sqlite", "postgresql"}:
        raise _strange(parsed.get_backend_name())
    return parsed if parsed.get_backend_name() == "sqlite" else parsed.set(drivername="postgresql+psycopg")


def _strange(kind: str) -> MediaServiceError:
    said = message(
        "MEDIA_SERVICE_DATABASE names no database that is known here ({kind}); write postgresql://… or remove it.",
        kind=kind,
    )
    return SetupError(said)


def _engine(url: URL) -> Engine:
    try:
        if url.get_backend_name() == "sqlite":
            engine = create_engine(url, connect_args={"timeout": BUSY_S})
            event.listen(engine, "connect", _as_we_want_it)
            event.listen(engine, "begin", _begin)
            return engine
        return create_engine(url, pool_pre_ping=True, pool_size=4, connect_args=_POSTGRESQL)
    except (ModuleNotFoundError, NoSuchModuleError) as exc:
        said = message("PostgreSQL needs an addition to this program; install media-service[postgres].")
        raise SetupError(said) from exc


def _as_we_want_it(connection: Any, _record: object) -> None:
    """Set up a SQLite connection: what is committed is on the disk, and transactions begin when we say so."""
    connection.isolation_level = None
    for setting in ("synchronous = FULL", "foreign_keys = ON"):
        connection.execute(f"PRAGMA {setting}")
    _write_ahead(connection)


def _write_ahead(connection: Any) -> None:
    """Have a file keep a write-ahead log; while others do the same to a new one, SQLite refuses without waiting."""
    patience = time.monotonic() + BUSY_S
    while connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError:
            if time.monotonic() > patience:
                raise
            time.sleep(0.02)


def _begin(run: Connection) -> None:
    """Begin in SQLite; a writer takes its turn at once, since one that first reads cannot always go on to write."""
    run.exec_driver_sql("BEGIN IMMEDIATE" if run.get_execution_options().get("writing") else "BEGIN")
