"""The Links, Tokens and Attempts doors of the studio's people."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from media_service.database.accounts import StoredAccounts, StoredVisits, account_of, add, digest, set_password
from media_service.database.audit import tell
from media_service.database.clock import Now, moment
from media_service.database.connection import Database
from media_service.database.people_tables import accounts, attempts, links, tokens
from media_service.domain.account import Bearer, Link, Purpose, TokenSeen
from media_service.domain.permissions import Role, Scope
from media_service.errors import refused
from media_service.messages import message
from media_service.people import People

WINDOW_S = 15 * 60
"""Tries count this long."""
MOST_FOR_ACCOUNT = 5
"""Tries in a window for one account from one address, before each next one waits."""
MOST_FROM_ADDRESS = 30
"""The same for all accounts from one address: a guesser goes from name to name."""
MOST_FOR_NAME = 60
"""The same for one account from everywhere: a guesser may have many addresses."""
_USED_S = 60
"""A token's last use is written down at most this often."""


class StoredLinks:
    """One-time links, in the database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def make(self, purpose: Purpose, name: str, lifetime: timedelta, who: str) -> str:
        """Make a link's secret; older ones for the same purpose and person are void from now on."""
        secret = secrets.token_urlsafe(32)
        kept = {"digest": digest(secret), "purpose": purpose.value, "account": name}
        with self._database.write() as run:
            run.execute(delete(links).where(links.c.purpose == purpose.value, links.c.account == name))
            run.execute(insert(links).values(ends_at=Now() + lifetime.total_seconds(), **kept))
            tell(run, "link-made", who, account=name, purpose=purpose.value)
        return secret

    def look(self, secret: str) -> Link | None:
        """Return what a link is good for; None where it is used, void or unknown."""
        with self._database.read() as run:
            row = run.execute(select(links).where(links.c.digest == digest(secret), links.c.ends_at > Now())).first()
        return Link(Purpose(row.purpose), row.account) if row else None

    def first(self, secret: str, name: str, display: str, hashed: str) -> None:
        """Use the first administrator's link up and make the account; raises InputError where it is good no more."""
        with self._database.write() as run:
            _use(run, secret, Purpose.FIRST)
            add(run, name, display, Role.ADMINISTRATOR, hashed)
            tell(run, "account-added", name, account=name, role=Role.ADMINISTRATOR.value)

    def choose_password(self, secret: str, hashed: str) -> str:
        """Use a link up and set the password of its account; returns the name, raises InputError as `first` does."""
        with self._database.write() as run:
            name = _use(run, secret, Purpose.PASSWORD)
            set_password(run, name, hashed)
            tell(run, "password-changed", name, account=name)
        return name


class StoredTokens:
    """What programs are known by, in the database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def make(self, name: str, title: str, scopes: frozenset[Scope]) -> str:
        """Make a token and return it, this once."""
        token = f"ms_{secrets.token_urlsafe(32)}"
        kept = {"account": name, "title": title, "scopes": " ".join(sorted(scopes))}
        with self._database.write() as run:
            run.execute(insert(tokens).values(digest=digest(token), created_at=Now(), **kept))
            tell(run, "token-made", name, title=title, scopes=kept["scopes"])
        return token

    def all(self, name: str) -> tuple[TokenSeen, ...]:
        """Return the tokens of somebody that are good."""
        with self._database.read() as run:
            rows = run.execute(select(tokens).where(tokens.c.account == name).order_by(tokens.c.id)).all()
        return tuple(_seen(row) for row in rows)

    def revoke(self, name: str, number: int) -> None:
        """End one of somebody's tokens; raises InputError where they have no such."""
        with self._database.write() as run:
            gone = delete(tokens).where(tokens.c.account == name, tokens.c.id == number).returning(tokens.c.title)
            row = run.execute(gone).first()
            if row is None:
                raise refused("", message("There is no such token; look at the list again."))
            tell(run, "token-revoked", name, title=row.title)

    def find(self, token: str) -> Bearer | None:
        """Return who carries a token."""
        idle = (Now() - func.coalesce(tokens.c.used_at, 0.0)).label("idle_s")
        columns = select(accounts, tokens.c.scopes, idle).join_from(tokens, accounts)
        with self._database.read() as run:
            row = run.execute(columns.where(tokens.c.digest == digest(token), ~accounts.c.disabled)).first()
        if row is None:
            return None
        if row.idle_s > _USED_S:
            with self._database.write() as run:
                run.execute(update(tokens).where(tokens.c.digest == digest(token)).values(used_at=Now()))
        return Bearer(account_of(row), frozenset(map(Scope, row.scopes.split())))


class StoredAttempts:
    """How often somebody has tried to sign in in vain of late, in the database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def wait(self, name: str, address: str) -> timedelta:
        """Return how long the next try must wait; zero where it need not. The try itself is counted by this call."""
        of_account, from_address = attempts.c.account == name[:80], attempts.c.address == address[:80]
        limits = (
            (MOST_FOR_ACCOUNT, of_account & from_address),
            (MOST_FROM_ADDRESS, from_address),
            (MOST_FOR_NAME, of_account),
        )
        with self._database.write() as run:
            run.execute(delete(attempts).where(attempts.c.at < Now() - WINDOW_S))
            waits = [_lifts_in(run, most, of) for most, of in limits]
            if not any(waits):  # a refused try is none: whoever waits as told gets in again
                run.execute(insert(attempts).values(account=name[:80], address=address[:80], at=Now()))
        return timedelta(seconds=max(waits))

    def forget(self, name: str, address: str) -> None:
        """Forget what was tried for that account from there, since it has succeeded."""
        with self._database.write() as run:
            run.execute(delete(attempts).where(attempts.c.account == name[:80], attempts.c.address == address[:80]))


def people(database: Database) -> People:
    """Return the doors to the studio's people in a database whose schema is up to date."""
    return People(
        accounts=StoredAccounts(database),
        visits=StoredVisits(database),
        links=StoredLinks(database),
        tokens=StoredTokens(database),
        attempts=StoredAttempts(database),
    )


def _use(run: Connection, secret: str, purpose: Purpose) -> str:
    """Take a link away and return whose it was; whoever comes second finds it gone."""
    meant = (links.c.digest == digest(secret), links.c.purpose == purpose.value, links.c.ends_at > Now())
    row = run.execute(delete(links).where(*meant).returning(links.c.account)).first()
    if row is None:
        raise refused("", message("This link has been used or is too old; ask an administrator for a new one."))
    return str(row.account)


def _lifts_in(run: Connection, most: int, of: Any) -> float:
    """Return in how many seconds fewer than `most` tries will count; 0 where that is so now."""
    newest = select((attempts.c.at + WINDOW_S - Now()).label("left_s")).where(of).order_by(attempts.c.at.desc())
    row = run.execute(newest.offset(most - 1).limit(1)).first()
    return max(0.0, row.left_s) if row else 0.0


def _seen(row: Row[Any]) -> TokenSeen:
    used = None if row.used_at is None else moment(row.used_at)
    return TokenSeen(row.id, row.title, frozenset(map(Scope, row.scopes.split())), moment(row.created_at), used)
