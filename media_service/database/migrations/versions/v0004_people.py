"""The studio's people: accounts, visits, one-time links, tokens, tries to sign in."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "accounts",
        sa.Column("name", sa.String(), primary_key=True),
        *_texts("display", "role"),
        sa.Column("password", sa.Text(), nullable=False),
        sa.Column("disabled", sa.Boolean(), nullable=False),
        *_times("created_at"),
        sa.Column("seen_at", sa.Double()),
    )
    op.create_table(
        "visits",
        sa.Column("digest", sa.String(), primary_key=True),
        sa.Column("account", sa.String(), sa.ForeignKey("accounts.name"), nullable=False),
        *_texts("csrf"),
        *_times("begun_at", "seen_at", "ends_at"),
    )
    op.create_index("visits_of_account", "visits", ["account"])
    op.create_table(
        "links",
        sa.Column("digest", sa.String(), primary_key=True),
        *_texts("purpose", "account"),
        *_times("ends_at"),
    )
    op.create_table(
        "tokens",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("digest", sa.String(), nullable=False, unique=True),
        sa.Column("account", sa.String(), sa.ForeignKey("accounts.name"), nullable=False),
        *_texts("title", "scopes"),
        *_times("created_at"),
        sa.Column("used_at", sa.Double()),
    )
    op.create_index("tokens_of_account", "tokens", ["account"])
    op.create_table(
        "attempts", sa.Column("id", sa.Integer(), primary_key=True), *_texts("account", "address"), *_times("at")
    )
    op.create_index("attempts_recent", "attempts", ["at"])
    op.create_index("productions_of_submitter", "productions", ["submitter", "submitted_at"])


def _texts(*names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.String(), nullable=False) for name in names]


def _times(*names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.Double(), nullable=False) for name in names]
