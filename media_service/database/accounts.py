"""The Accounts and Visits doors of the studio's people."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from media_service.database.audit import tell
from media_service.database.clock import Now, moment
from media_service.database.connection import Database
from media_service.database.people_tables import accounts, tokens, visits
from media_service.domain.account import Account, Visit
from media_service.domain.permissions import Role
from media_service.errors import refused
from media_service.messages import message

_TOUCH_S = 60
"""A visit's last sign of life is written down at most this often: looking must not wait for the disk."""


def digest(secret: str) -> str:
    """Return what is kept of a secret of ours: such are long and random, so that a plain digest is enough."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


class StoredAccounts:
    """Who may sign in, in the database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> tuple[Account, ...]:
        """Return everybody, by name."""
        with self._database.read() as run:
            return tuple(map(account_of, run.execute(select(accounts).order_by(accounts.c.name))))

    def find(self, name: str) -> Account | None:
        """Return an account."""
        with self._database.read() as run:
            row = run.execute(select(accounts).where(accounts.c.name == name)).first()
        return account_of(row) if row else None

    def add(self, name: str, display: str, role: Role, who: str) -> None:
        """Add an account without a password; raises InputError where the name is taken."""
        with self._database.write() as run:
            add(run, name, display, role)
            tell(run, "account-added", who, account=name, role=role.value)

    def alter(self, name: str, who: str, *, role: Role | None = None, disabled: bool | None = None) -> None:
        """Change a role, or shut an account and end its visits and tokens."""
        changes = {"role": role.value if role else None, "disabled": disabled}
        meant = {column: value for column, value in changes.items() if value is not None}
        with self._database.write() as run:
            run.execute(select(accounts.c.name).with_for_update()).all()  # two must not shut each other at once
            if not run.execute(update(accounts).where(accounts.c.name == name).values(**meant)).rowcount:
                raise refused("", message("There is no account “{name}”; choose one of the list.", name=name))
            _refuse_headless(run)
            if disabled:
                run.execute(delete(visits).where(visits.c.account == name))
                run.execute(delete(tokens).where(tokens.c.account == name))
            tell(run, "account-changed", who, "", 0, account=name, **meant)

    def hashed(self, name: str) -> str:
        """Return the hash of an account's password; empty where there is none, or no such account, or it is shut."""
        with self._database.read() as run:
            row = run.execute(select(accounts.c.password).where(accounts.c.name == name, ~accounts.c.disabled)).first()
        return str(row.password) if row else ""

    def set_password(self, name: str, hashed: str, who: str, keep: str = "") -> None:
        """Replace a password and end all visits but the one whose cookie is `keep`."""
        with self._database.write() as run:
            set_password(run, name, hashed, keep)
            tell(run, "password-changed", who, account=name)


class StoredVisits:
    """Browsers that are signed in, in the database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def begin(self, name: str, lifetime: timedelta) -> str:
        """Begin a visit and return its cookie, which is new each time."""
        cookie, csrf = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
        with self._database.write() as run:
            run.execute(delete(visits).where(visits.c.ends_at <= Now()))
            times = {"begun_at": Now(), "seen_at": Now(), "ends_at": Now() + lifetime.total_seconds()}
            run.execute(insert(visits).values(digest=digest(cookie), account=name, csrf=csrf, **times))
            run.execute(update(accounts).where(accounts.c.name == name).values(seen_at=Now()))
            tell(run, "signed-in", name)
        return cookie

    def find(self, cookie: str) -> Visit | None:
        """Return a visit that is good still, and lengthen it; None for any other."""
        mine = (visits.c.digest == digest(cookie), visits.c.ends_at > Now(), ~accounts.c.disabled)
        columns = select(accounts, visits.c.csrf, (Now() - visits.c.seen_at).label("idle_s"))
        with self._database.read() as run:
            row = run.execute(columns.join_from(visits, accounts).where(*mine)).first()
        if row is None:
            return None
        if row.idle_s > _TOUCH_S:
            self._touch(cookie)
        return Visit(account_of(row), row.csrf)

    def _touch(self, cookie: str) -> None:
        length = visits.c.ends_at - visits.c.seen_at
        with self._database.write() as run:
            lengthened = update(visits).where(visits.c.digest == digest(cookie))
            run.execute(lengthened.values(seen_at=Now(), ends_at=Now() + length))

    def end(self, cookie: str) -> None:
        """End a visit."""
        with self._database.write() as run:
            row = run.execute(
                delete(visits).where(visits.c.digest == digest(cookie)).returning(visits.c.account)
            ).first()
            if row:
                tell(run, "signed-out", row.account)

    def end_all(self, name: str, who: str) -> int:
        """End all visits of somebody; returns how many."""
        with self._database.write() as run:
            count = run.execute(delete(visits).where(visits.c.account == name)).rowcount
            tell(run, "visits-ended", who, account=name, count=count)
        return count


def add(run: Connection, name: str, display: str, role: Role, hashed: str = "") -> None:
    """Add an account; raises InputError where the name is taken."""
    if run.execute(select(accounts.c.name).where(accounts.c.name == name)).first():
        raise refused("", message("There is an account “{name}” already; choose another name.", name=name))
    row = {"name": name, "display": display, "role": role.value, "password": hashed, "disabled": False}
    run.execute(insert(accounts).values(created_at=Now(), **row))


def set_password(run: Connection, name: str, hashed: str, keep: str = "") -> None:
    """Replace a password and end all visits but one; tokens stay, for programs know no password."""
    run.execute(update(accounts).where(accounts.c.name == name).values(password=hashed))
    run.execute(delete(visits).where(visits.c.account == name, visits.c.digest != digest(keep)))


def account_of(row: Row[Any]) -> Account:
    """Return an account from its columns."""
    return Account(
        name=row.name,
        display=row.display,
        role=Role(row.role),
        disabled=row.disabled,
        created_at=moment(row.created_at),
        seen_at=None if row.seen_at is None else moment(row.seen_at),
        has_password=bool(row.password),
    )


def _refuse_headless(run: Connection) -> None:
    """Raise InputError where no administrator is left who can sign in."""
    heads = (accounts.c.role == Role.ADMINISTRATOR.value, ~accounts.c.disabled, accounts.c.password != "")
    if not run.execute(select(func.count()).select_from(accounts).where(*heads)).scalar_one():
        raise refused("", message("No administrator would be left; make somebody else administrator first."))
