"""What people look through: turns of publications, gains by playlist and day, the content that a note is about."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Add them, and count together what was sampled before."""
    op.add_column("publications", sa.Column("turn", sa.Double()))
    op.add_column("notes", sa.Column("content", sa.String(), nullable=False, server_default=""))
    op.create_index("audit_of_person", "audit", ["who", "id"])
    op.create_index("audit_of_verb", "audit", ["what", "id"])
    op.create_index("stages_of_publication", "stages", ["publication", "state"])
    _tallies()


def _tallies() -> None:
    count = sa.Integer().with_variant(sa.BigInteger(), "postgresql")
    op.create_table(
        "tallies",
        sa.Column("channel", sa.String(), primary_key=True),
        sa.Column("playlist", sa.String(), primary_key=True),
        sa.Column("day", sa.String(), primary_key=True),
        sa.Column("views", count, nullable=False),
        sa.Column("likes", count, nullable=False),
    )
    op.create_index("tallies_of_day", "tallies", ["channel", "day"])
    op.execute(
        "INSERT INTO tallies (channel, playlist, day, views, likes) "
        "SELECT channel, playlist, day, sum(coalesce(views, 0) - coalesce(views_before, 0)), "
        "sum(coalesce(likes, 0) - coalesce(likes_before, 0)) FROM ("
        "SELECT p.channel, p.playlist, s.day, s.views, s.likes, "
        "lag(s.views) OVER (PARTITION BY s.publication ORDER BY s.day) AS views_before, "
        "lag(s.likes) OVER (PARTITION BY s.publication ORDER BY s.day) AS likes_before "
        "FROM samples s JOIN publications p ON p.id = s.publication) AS gains "
        "GROUP BY channel, playlist, day"
    )
