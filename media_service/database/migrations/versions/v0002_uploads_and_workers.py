"""The upload ledger, the workers' table, sizes beyond 2 GB, and triggers that let nobody change the audit log."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_REFUSED = "the audit log is only ever added to"


def upgrade() -> None:
    """Add the tables, the count of lapses and the triggers, and let PostgreSQL keep the size of a large product."""
    _uploads()
    _workers()
    op.add_column("stages", sa.Column("lapses", sa.Integer(), nullable=False, server_default="0"))
    if op.get_bind().dialect.name == "sqlite":
        _sqlite_triggers()
    else:
        op.alter_column("products", "size", type_=sa.BigInteger())
        _postgresql_triggers()


def _uploads() -> None:
    op.create_table(
        "uploads",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("production", sa.Integer(), sa.ForeignKey("productions.id"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("marker", sa.String(), nullable=False),
        sa.Column("session_uri", sa.Text(), nullable=False),
        sa.Column("sent_bytes", sa.Integer().with_variant(sa.BigInteger(), "postgresql"), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("video", sa.String(), nullable=False),
        sa.Column("begun_at", sa.Double(), nullable=False),
        sa.Column("ended_at", sa.Double()),
        sa.UniqueConstraint("content", "channel", name="uploads_once"),
    )


def _workers() -> None:
    op.create_table(
        "workers",
        sa.Column("name", sa.String(), primary_key=True),
        sa.Column("host", sa.String(), nullable=False),
        sa.Column("queue", sa.String(), nullable=False),
        sa.Column("seen_at", sa.Double(), nullable=False),
    )


def _sqlite_triggers() -> None:
    for change in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER audit_no_{change.lower()} BEFORE {change} ON audit "
            f"BEGIN SELECT RAISE(ABORT, '{_REFUSED}'); END"
        )


def _postgresql_triggers() -> None:
    op.execute(
        f"CREATE FUNCTION audit_stays() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{_REFUSED}'; END $$"
    )
    op.execute(
        "CREATE TRIGGER audit_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON audit "
        "FOR EACH STATEMENT EXECUTE FUNCTION audit_stays()"
    )
