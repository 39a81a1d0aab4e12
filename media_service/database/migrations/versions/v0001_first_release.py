"""The first release: works and their episodes, stages, products, what people decide, the audit log, turns."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables."""
    _works()
    _stages()
    _products()
    _people()


def _works() -> None:
    op.create_table(
        "productions",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("slug", sa.String(), nullable=False, unique=True),
        sa.Column("job", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("submitter", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("will", sa.String(), nullable=False),
        sa.Column("standing", sa.String(), nullable=False),
        sa.Column("resting", sa.Boolean(), nullable=False),
        sa.Column("concluded", sa.Boolean(), nullable=False),
        sa.Column("work_s", sa.Double(), nullable=False),
        sa.Column("deadline", sa.Double(), nullable=False),
        sa.Column("submitted_at", sa.Double(), nullable=False),
        sa.Column("revised_at", sa.Double(), nullable=False),
    )
    op.create_index("productions_newest", "productions", ["resting", "submitted_at"])
    op.create_table(
        "episodes",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("production", sa.Integer(), sa.ForeignKey("productions.id"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("plan", sa.String(), nullable=False),
        sa.Column("plan_step", sa.String(), nullable=False),
        sa.Column("plan_pieces", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("pieces", sa.Integer(), nullable=False),
        sa.Column("pieces_done", sa.Integer(), nullable=False),
        sa.Column("length_s", sa.Double(), nullable=False),
        sa.Column("changed_at", sa.Double(), nullable=False),
        sa.Column("restarts", sa.Integer(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.Column("verdict", sa.String()),
        sa.Column("presented_at", sa.Double()),
        sa.Column("showing", sa.Text(), nullable=False),
        sa.UniqueConstraint("production", "number", name="episodes_numbered"),
    )
    op.create_index("episodes_reviewed", "episodes", ["verdict", "presented_at"])
    op.create_index("episodes_next", "episodes", ["step"])
    op.create_table(
        "episode_values",
        sa.Column("episode", sa.Integer(), sa.ForeignKey("episodes.id"), primary_key=True, autoincrement=False),
        sa.Column("value", sa.LargeBinary(), nullable=False),
    )
    op.create_table(
        "submitters",
        sa.Column("name", sa.String(), primary_key=True),
    )


def _stages() -> None:
    op.create_table(
        "stages",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("production", sa.Integer(), sa.ForeignKey("productions.id"), nullable=False),
        sa.Column("episode", sa.Integer(), sa.ForeignKey("episodes.id")),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("piece", sa.Integer(), nullable=False),
        sa.Column("queue", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("held", sa.Boolean(), nullable=False),
        sa.Column("front", sa.Boolean(), nullable=False),
        sa.Column("submitter", sa.String(), nullable=False),
        sa.Column("deadline", sa.Double(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("not_before", sa.Double(), nullable=False),
        sa.Column("due_at", sa.Double(), nullable=False),
        sa.Column("rung_at", sa.Double()),
        sa.Column("owner", sa.String()),
        sa.Column("lease_until", sa.Double()),
        sa.Column("started_at", sa.Double()),
        sa.Column("finished_at", sa.Double()),
        sa.Column("seconds", sa.Double(), nullable=False),
        sa.Column("said", sa.Text()),
        sa.Column("lines", sa.Text(), nullable=False),
        sa.UniqueConstraint("episode", "revision", "step", "piece", name="stages_once"),
    )
    op.create_index("stages_of_production", "stages", ["production", "state"])
    op.create_index("stages_in_order", "stages", ["queue", "state", "held", "submitter", "deadline", "number", "piece"])
    op.create_index("stages_in_front", "stages", ["state", "front", "queue"])
    op.create_index("stages_leased", "stages", ["state", "lease_until"])
    op.create_index(
        "stages_waiting",
        "stages",
        ["state"],
        sqlite_where=sa.text("not_before > 0"),
        postgresql_where=sa.text("not_before > 0"),
    )
    op.create_table(
        "speeds",
        sa.Column("step", sa.String(), primary_key=True),
        sa.Column("engine", sa.String(), primary_key=True),
        sa.Column("stages", sa.Integer(), nullable=False),
        sa.Column("seconds", sa.Double(), nullable=False),
        sa.Column("length_s", sa.Double(), nullable=False),
        sa.Column("sound_s", sa.Double(), nullable=False),
    )
    op.create_table(
        "turns",
        sa.Column("name", sa.String(), primary_key=True),
        sa.Column("next_at", sa.Double(), nullable=False),
    )
    op.create_index(
        "stages_once_a_production",
        "stages",
        ["production", "revision", "step"],
        unique=True,
        sqlite_where=sa.text("episode IS NULL"),
        postgresql_where=sa.text("episode IS NULL"),
    )


def _products() -> None:
    op.create_table(
        "products",
        sa.Column("name", sa.String(), primary_key=True),
        sa.Column("product", sa.String(), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("suffix", sa.String(), nullable=False),
        sa.Column("size", sa.Integer()),
    )
    op.create_table(
        "uses",
        sa.Column("production", sa.Integer(), sa.ForeignKey("productions.id"), primary_key=True, autoincrement=False),
        sa.Column("number", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("product", sa.String(), sa.ForeignKey("products.name", ondelete="CASCADE"), primary_key=True),
        sa.Column("seconds", sa.Double()),
        sa.Column("used_at", sa.Double(), nullable=False),
    )
    op.create_index("uses_of_product", "uses", ["product"])


def _people() -> None:
    op.create_table(
        "approvals",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("production", sa.Integer(), sa.ForeignKey("productions.id"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("at", sa.Double(), nullable=False),
        sa.Column("waiver", sa.Text(), nullable=False),
    )
    op.create_index("approvals_of_content", "approvals", ["production", "number", "content"])
    op.create_table(
        "notes",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("production", sa.Integer(), sa.ForeignKey("productions.id"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("at", sa.Double(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at_s", sa.Double()),
        sa.Column("verdict", sa.String()),
    )
    op.create_index("notes_of_episode", "notes", ["production", "number"])
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("at", sa.Double(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("details", sa.Text(), nullable=False),
    )
    op.create_index("audit_of_production", "audit", ["slug", "id"])
