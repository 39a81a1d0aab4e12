"""Brings a database's schema up to date, whole or not at all, however many programs start at once."""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Collection
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, text

from media_service.database.connection import Database, shown
from media_service.database.tables import metadata
from media_service.errors import SetupError
from media_service.messages import message

if TYPE_CHECKING:
    from alembic.config import Config

HEAD = "0005"
"""The newest revision: a database that is there needs nothing more of this module."""
_LOCK = 7_302_145
"""Names the lock that whoever migrates a PostgreSQL database holds."""


def bring_up_to_date(database: Database) -> None:
    """Make or migrate the schema; a SQLite file that is migrated is copied first, beside it.

    Raises SetupError where a newer program has made it.
    """
    _make_room(database)
    with database.read() as run:
        if revision(run) == HEAD:
            return
    with database.write() as run:
        if not database.sqlite:
            run.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        found = revision(run)
        refuse_newer(found, shown(database.url))
        if found and found != HEAD and database.sqlite:
            _copy_aside(Path(database.url.database or ""))
        upgrade(run, HEAD)


def revision(run: Connection) -> str:
    """Return the schema's revision; empty for an empty database."""
    if not inspect(run).has_table("alembic_version"):
        return ""
    return str(run.execute(text("SELECT version_num FROM alembic_version")).scalar() or "")


def refuse_newer(found: str, where: str) -> None:
    """Raise SetupError for a revision that this program does not know."""
    if found and found not in _known():
        said = message(
            "{where} was made by a newer version of this program; install that version or restore a backup.",
            where=where,
        )
        raise SetupError(said)


def upgrade(run: Connection, to: str) -> None:
    """Bring the schema to a revision, in the transaction that the caller has begun."""
    from alembic import command  # noqa: PLC0415  # every work horse would wait for what hardly one needs

    config = _config()
    config.attributes["connection"] = run
    command.upgrade(config, to)


def clear(run: Connection) -> None:
    """Take every table of ours away; only for a database that holds nothing."""
    metadata.drop_all(run)
    run.execute(text("DROP TABLE alembic_version"))
    if run.dialect.name == "postgresql":
        run.execute(text("DROP FUNCTION IF EXISTS audit_stays()"))


def _known() -> Collection[str]:
    from alembic.script import ScriptDirectory  # noqa: PLC0415  # as above

    return {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}


def _config() -> Config:
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    return config


def _make_room(database: Database) -> None:
    """Make the folder of a SQLite file, and the file so that nobody else may read it: it will hold upload addresses."""
    file = database.url.database
    if not database.sqlite or not file or file == ":memory:":
        return
    try:
        Path(file).parent.mkdir(parents=True, exist_ok=True)
        if not Path(file).exists():  # one that is there must not be closed: that would free this process's locks on it
            _make_private(Path(file))
        elif not os.access(file, os.R_OK | os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    except OSError as exc:
        said = message("{file} cannot be written ({why}); correct its rights or name another.", file=file, why=exc)
        raise SetupError(said) from exc


def _make_private(file: Path) -> None:
    os.close(os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))


def _copy_aside(file: Path) -> None:
    """Copy a database as it is before it is migrated; the copy is there whole or not at all."""
    copy = file.with_name(f"{file.name}.before-{HEAD}")
    part = copy.with_name(f"{copy.name}.part")
    part.unlink(missing_ok=True)
    _make_private(part)
    with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(part)) as target:
        source.backup(target)
    with part.open("rb+") as whole:
        os.fsync(whole.fileno())
    part.replace(copy)
