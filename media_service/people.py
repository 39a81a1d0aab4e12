"""The door to the people of the studio: accounts, their visits, their tokens, and who may try to sign in just now.

What is kept of a cookie, a link or a token is a digest; whoever reads the database can use none of them. All times are
the database's own. All may raise DatabaseAwayError; whatever changes is told to the audit log in the same transaction.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from media_service.domain.account import Account, Bearer, Link, Purpose, TokenSeen, Visit
from media_service.domain.permissions import Role, Scope


class Accounts(Protocol):
    """Who may sign in."""

    def all(self) -> tuple[Account, ...]:
        """Return everybody, by name."""

    def find(self, name: str) -> Account | None:
        """Return an account."""

    def add(self, name: str, display: str, role: Role, who: str) -> None:
        """Add an account without a password; raises InputError where the name is taken."""

    def alter(self, name: str, who: str, *, role: Role | None = None, disabled: bool | None = None) -> None:
        """Change a role, or shut an account and end its visits and tokens.

        Raises InputError for an unknown one, and where no administrator would be left.
        """

    def hashed(self, name: str) -> str:
        """Return the hash of an account's password; empty where there is none, or no such account, or it is shut."""

    def set_password(self, name: str, hashed: str, who: str, keep: str = "") -> None:
        """Replace a password and end all visits but the one whose cookie is `keep`."""


class Visits(Protocol):
    """Browsers that are signed in."""

    def begin(self, name: str, lifetime: timedelta) -> str:
        """Begin a visit and return its cookie, which is new each time."""

    def find(self, cookie: str) -> Visit | None:
        """Return a visit that is good still, and lengthen it; None for any other."""

    def end(self, cookie: str) -> None:
        """End a visit."""

    def end_all(self, name: str, who: str) -> int:
        """End all visits of somebody; returns how many."""


class Links(Protocol):
    """One-time links."""

    def make(self, purpose: Purpose, name: str, lifetime: timedelta, who: str) -> str:
        """Make a link's secret; older ones for the same purpose and person are void from now on."""

    def look(self, secret: str) -> Link | None:
        """Return what a link is good for; None where it is used, void or unknown."""

    def first(self, secret: str, name: str, display: str, hashed: str) -> None:
        """Use the first administrator's link up and make the account; raises InputError where it is good no more."""

    def choose_password(self, secret: str, hashed: str) -> str:
        """Use a link up and set the password of its account; returns the name, raises InputError as `first` does."""


class Tokens(Protocol):
    """What programs are known by."""

    def make(self, name: str, title: str, scopes: frozenset[Scope]) -> str:
        """Make a token and return it, this once."""

    def all(self, name: str) -> tuple[TokenSeen, ...]:
        """Return the tokens of somebody that are good."""

    def revoke(self, name: str, number: int) -> None:
        """End one of somebody's tokens; raises InputError where they have no such."""

    def find(self, token: str) -> Bearer | None:
        """Return who carries a token."""


class Attempts(Protocol):
    """How often somebody has tried to sign in in vain of late."""

    def wait(self, name: str, address: str) -> timedelta:
        """Return how long the next try must wait; zero where it need not. The try itself is counted by this call."""

    def forget(self, name: str, address: str) -> None:
        """Forget what was tried for that account from there, since it has succeeded."""


@dataclass(frozen=True, slots=True)
class People:
    """One of each."""

    accounts: Accounts
    visits: Visits
    links: Links
    tokens: Tokens
    attempts: Attempts
