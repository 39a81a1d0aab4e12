"""The tables of the studio's people, as the newest migration leaves them. What is secret is kept as a digest."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Double, ForeignKey, Index, Integer, String, Table, Text

from media_service.database.tables import metadata

accounts = Table(
    "accounts",
    metadata,
    Column("name", String, primary_key=True),
    Column("display", String, nullable=False),
    Column("role", String, nullable=False),
    Column("password", Text, nullable=False),  # Argon2's own words; empty until one is chosen
    Column("disabled", Boolean, nullable=False),
    Column("created_at", Double, nullable=False),
    Column("seen_at", Double),
)

visits = Table(
    "visits",
    metadata,
    Column("digest", String, primary_key=True),
    Column("account", ForeignKey("accounts.name"), nullable=False),
    Column("csrf", String, nullable=False),
    Column("begun_at", Double, nullable=False),
    Column("seen_at", Double, nullable=False),
    Column("ends_at", Double, nullable=False),
    Index("visits_of_account", "account"),
)

links = Table(
    "links",
    metadata,
    Column("digest", String, primary_key=True),
    Column("purpose", String, nullable=False),
    Column("account", String, nullable=False),  # empty for the first administrator's
    Column("ends_at", Double, nullable=False),
)

tokens = Table(
    "tokens",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("digest", String, nullable=False, unique=True),
    Column("account", ForeignKey("accounts.name"), nullable=False),
    Column("title", String, nullable=False),
    Column("scopes", String, nullable=False),
    Column("created_at", Double, nullable=False),
    Column("used_at", Double),
    Index("tokens_of_account", "account"),
)

attempts = Table(
    "attempts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("account", String, nullable=False),  # as it was typed, cut short: there need be no such account
    Column("address", String, nullable=False),
    Column("at", Double, nullable=False),
    Index("attempts_recent", "at"),
)
