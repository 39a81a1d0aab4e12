"""Publishing: publications in place of the upload ledger, the quota's ledger, consents, playlists, locks, figures."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add the tables and an errand's columns; the upload ledger of before never held a row."""
    op.drop_table("uploads")
    _publications()
    _quota()
    _consents()
    _playlists()
    _samples()
    _errands()


def _publications() -> None:
    op.create_table(
        "publications",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("production", sa.Integer(), sa.ForeignKey("productions.id"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        *_texts("content", "channel", "marker", "film", "playlist", "title", "approved_by"),
        sa.Column("approved_at", sa.Double(), nullable=False),
        sa.Column("waiver", sa.Text(), nullable=False),
        *_texts("visibility"),
        sa.Column("airs_at", sa.Double()),
        sa.Column("held", sa.Boolean(), nullable=False),
        sa.Column("retired_at", sa.Double()),
        *_texts("state"),
        sa.Column("since", sa.Double()),
        *_texts("file_name"),
        sa.Column("file_size", _bytes(), nullable=False),
        *_texts("file_sha256"),
        sa.Column("session", sa.Text(), nullable=False),
        sa.Column("sent", _bytes(), nullable=False),
        sa.Column("begun_at", sa.Double()),
        *_texts("video"),
        sa.Column("seen_at", sa.Double()),
        *_texts("processing", "upload_status", "reason"),
        sa.UniqueConstraint("production", "number", "content", "channel", name="publications_once"),
    )
    op.create_index("publications_of_playlist", "publications", ["channel", "playlist"])


def _quota() -> None:
    op.create_table(
        "quota",
        *_keys("channel", "day", "bucket"),
        sa.Column("spent", sa.Integer(), nullable=False),
        sa.Column("emptied", sa.Boolean(), nullable=False),
    )


def _consents() -> None:
    op.create_table(
        "consents",
        *_keys("channel"),
        *_texts("channel_id", "title"),
        sa.Column("token", sa.Text(), nullable=False),
        *_texts("who"),
        sa.Column("granted_at", sa.Double(), nullable=False),
        sa.Column("checked_at", sa.Double()),
        sa.Column("lost_at", sa.Double()),
        sa.Column("reason", sa.Text(), nullable=False),
    )


def _playlists() -> None:
    op.create_table("playlists", *_keys("channel", "title"), *_texts("playlist"))
    op.create_table("locks", *_keys("name"), *_texts("owner"), sa.Column("held_until", sa.Double(), nullable=False))


def _samples() -> None:
    op.create_table(
        "samples",
        sa.Column("publication", sa.Integer(), sa.ForeignKey("publications.id"), primary_key=True, autoincrement=False),
        *_keys("day"),
        sa.Column("views", _bytes()),
        sa.Column("likes", _bytes()),
    )


def _errands() -> None:
    op.add_column("stages", sa.Column("publication", sa.Integer()))
    op.add_column("stages", sa.Column("parked", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.drop_index("stages_once_a_production", "stages")
    of_production = sa.text("episode IS NULL AND publication IS NULL")
    op.create_index(
        "stages_once_a_production",
        "stages",
        ["production", "revision", "step"],
        unique=True,
        sqlite_where=of_production,
        postgresql_where=of_production,
    )
    op.create_index("stages_once_an_errand", "stages", ["publication", "step"], unique=True)


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.String(), nullable=False) for name in names]


def _keys(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.String(), primary_key=True) for name in names]


def _bytes() -> Any:
    return sa.Integer().with_variant(sa.BigInteger(), "postgresql")
