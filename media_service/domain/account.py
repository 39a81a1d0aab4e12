"""People of the studio as values: accounts, what a visit and a token for programs are known by, rules for names."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from media_service.domain.permissions import Role, Scope
from media_service.errors import refused
from media_service.messages import message

LEAST_PASSWORD = 10
"""Characters; NIST SP 800-63B asks for length, not for kinds of characters."""
MOST_PASSWORD = 200
"""Characters; more would only make Argon2 work."""


@dataclass(frozen=True, slots=True)
class Account:
    """A person who may sign in; `name` is what they type, and what the audit log calls them."""

    name: str
    display: str
    role: Role
    disabled: bool
    created_at: datetime
    seen_at: datetime | None
    """When they last signed in."""
    has_password: bool
    """Whether they have chosen one; a one-time link lets them."""


@dataclass(frozen=True, slots=True)
class Visit:
    """A signed-in browser."""

    account: Account
    csrf: str
    """What every form of this visit must carry."""


@dataclass(frozen=True, slots=True)
class Bearer:
    """A program that carries a token of somebody's."""

    account: Account
    scopes: frozenset[Scope]


@dataclass(frozen=True, slots=True)
class TokenSeen:
    """A token as its owner is shown it: never what it is."""

    number: int
    title: str
    scopes: frozenset[Scope]
    created_at: datetime
    used_at: datetime | None


class Purpose(StrEnum):
    """What a one-time link is for."""

    FIRST = "first"
    """The first administrator names themselves."""
    PASSWORD = "password"  # noqa: S105  # a word of the catalogue, no secret
    """Somebody chooses a password: a new account, or one whose password is lost."""


@dataclass(frozen=True, slots=True)
class Link:
    """A one-time link that is good now."""

    purpose: Purpose
    name: str
    """Whose account; empty for the first administrator's."""


def account_name(written: str) -> str:
    """Return a name as it is kept: lower case, NFC; raises InputError for one that cannot be typed everywhere."""
    name = unicodedata.normalize("NFC", written).strip().lower()
    if not re.fullmatch(r"[a-z0-9][a-z0-9._-]{1,39}", name):
        raise refused("", message("A name has 2 to 40 letters a-z, digits, dots or dashes; write it without accents."))
    return name


def display_name(written: str, name: str) -> str:
    """Return what people are called, or their account's name where they say nothing; raises InputError past 80."""
    said = " ".join(unicodedata.normalize("NFC", written).split())
    if len(said) > 80:
        raise refused("", message("The full name is longer than 80 characters; shorten it."))
    return said or name


def sound_password(written: str, name: str) -> str:
    """Return a password as it is hashed (NFKC, as NIST SP 800-63B asks); raises InputError for one easily guessed."""
    password = unicodedata.normalize("NFKC", written)
    if not LEAST_PASSWORD <= len(password) <= MOST_PASSWORD:
        said = message(
            "A password has {least} to {most} characters; three or four words make a good one.",
            least=LEAST_PASSWORD,
            most=MOST_PASSWORD,
        )
        raise refused("", said)
    if len(set(password)) < 5 or (name and name in password.lower()) or password.isdigit():
        raise refused("", message("This password is easily guessed; take three or four words that only you know."))
    return password
