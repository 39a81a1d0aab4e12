"""The tables as the newest migration leaves them. Times are seconds since 1970, from the database's clock."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Double,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
    text,
)

metadata = MetaData()

BYTES = Integer().with_variant(BigInteger(), "postgresql")
"""A size or a place in a file, which may be beyond 2 GB; SQLite's integers hold it anyway."""

WHOLE_STEP = -1
"""Stands in `stages.piece` for the step itself: NULL would not be unique."""

productions = Table(
    "productions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("slug", String, nullable=False, unique=True),
    Column("job", String, nullable=False),
    Column("title", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("facts", Text, nullable=False),
    Column("submitter", String, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("will", String, nullable=False),
    Column("standing", String, nullable=False),
    Column("resting", Boolean, nullable=False),
    Column("concluded", Boolean, nullable=False),
    Column("work_s", Double, nullable=False),
    Column("deadline", Double, nullable=False),
    Column("submitted_at", Double, nullable=False),
    Column("revised_at", Double, nullable=False),
    Index("productions_newest", "resting", "submitted_at"),
    Index("productions_of_submitter", "submitter", "submitted_at"),
)

episodes = Table(
    "episodes",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("production", ForeignKey("productions.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("title", String, nullable=False),
    Column("withdrawn", Boolean, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("plan", String, nullable=False),  # fingerprint of the planned episode
    Column("plan_step", String, nullable=False),
    Column("plan_pieces", Integer, nullable=False),
    Column("state", String, nullable=False),
    Column("step", String, nullable=False),  # the next one; empty where only a person leads on
    Column("pieces", Integer, nullable=False),
    Column("pieces_done", Integer, nullable=False),
    Column("length_s", Double, nullable=False),
    Column("changed_at", Double, nullable=False),
    Column("restarts", Integer, nullable=False),
    Column("content", String, nullable=False),  # fingerprint of what people are shown; empty until it is
    Column("verdict", String),
    Column("presented_at", Double),
    Column("showing", Text, nullable=False),  # what a reviewer is told; empty until it is presented
    UniqueConstraint("production", "number", name="episodes_numbered"),
    Index("episodes_reviewed", "verdict", "presented_at"),
    Index("episodes_next", "step"),
)

episode_values = Table(  # apart, so that looking through episodes does not drag their texts along
    "episode_values",
    metadata,
    Column("episode", ForeignKey("episodes.id"), primary_key=True, autoincrement=False),
    Column("value", LargeBinary, nullable=False),
)

stages = Table(
    "stages",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("production", ForeignKey("productions.id"), nullable=False),
    Column("episode", ForeignKey("episodes.id")),  # NULL for a stage of the whole production
    Column("number", Integer, nullable=False),
    Column("revision", Integer, nullable=False),  # the episode's, or the production's
    Column("step", String, nullable=False),
    Column("piece", Integer, nullable=False),
    Column("queue", String, nullable=False),
    Column("state", String, nullable=False),
    Column("held", Boolean, nullable=False),
    Column("front", Boolean, nullable=False),
    Column("submitter", String, nullable=False),
    Column("deadline", Double, nullable=False),
    Column("attempt", Integer, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("lapses", Integer, nullable=False, server_default="0"),  # workers that vanished with it in their hands
    Column("not_before", Double, nullable=False),  # 0 unless it waits after a failure
    Column("due_at", Double, nullable=False),
    Column("rung_at", Double),
    Column("owner", String),
    Column("lease_until", Double),
    Column("started_at", Double),
    Column("finished_at", Double),
    Column("seconds", Double, nullable=False),
    Column("said", Text),  # the last failure, as a message
    Column("lines", Text, nullable=False),
    Column("publication", Integer),  # NULL unless it is an errand for one
    Column("parked", Boolean, nullable=False, server_default=false()),  # it waits for the channel's quota or consent
    UniqueConstraint("episode", "revision", "step", "piece", name="stages_once"),
    Index("stages_of_production", "production", "state"),
    Index("stages_in_order", "queue", "state", "held", "submitter", "deadline", "number", "piece"),
    Index("stages_in_front", "state", "front", "queue"),
    Index("stages_leased", "state", "lease_until"),
)
WAITING = text("stages.not_before > 0")
"""After a failure; written out, as an index of only some rows wants it."""
Index("stages_waiting", stages.c.state, sqlite_where=text("not_before > 0"), postgresql_where=text("not_before > 0"))
_OF_PRODUCTION = stages.c.episode.is_(None) & stages.c.publication.is_(None)
Index(
    "stages_once_a_production",
    stages.c.production,
    stages.c.revision,
    stages.c.step,
    unique=True,
    sqlite_where=_OF_PRODUCTION,
    postgresql_where=_OF_PRODUCTION,
)
Index("stages_once_an_errand", stages.c.publication, stages.c.step, unique=True)
Index("stages_of_publication", stages.c.publication, stages.c.state)

submitters = Table("submitters", metadata, Column("name", String, primary_key=True))

speeds = Table(  # sums of what was measured: kept even where stages are made again
    "speeds",
    metadata,
    Column("step", String, primary_key=True),
    Column("engine", String, primary_key=True),
    Column("stages", Integer, nullable=False),
    Column("seconds", Double, nullable=False),
    Column("length_s", Double, nullable=False),  # of the episodes whose step is finished
    Column("sound_s", Double, nullable=False),  # of speech made
)

products = Table(
    "products",
    metadata,
    Column("name", String, primary_key=True),
    Column("product", String, nullable=False),
    Column("fingerprint", String, nullable=False),
    Column("suffix", String, nullable=False),
    Column("size", BYTES),
)

uses = Table(
    "uses",
    metadata,
    Column("production", ForeignKey("productions.id"), primary_key=True, autoincrement=False),
    Column("number", Integer, primary_key=True, autoincrement=False),  # the episode's; 0 for the whole production
    Column("product", ForeignKey("products.name", ondelete="CASCADE"), primary_key=True),
    Column("seconds", Double),  # that making it took; NULL where it was found
    Column("used_at", Double, nullable=False),
    Index("uses_of_product", "product"),
)

approvals = Table(
    "approvals",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("production", ForeignKey("productions.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("content", String, nullable=False),
    Column("verdict", String, nullable=False),
    Column("who", String, nullable=False),
    Column("at", Double, nullable=False),
    Column("waiver", Text, nullable=False),
    Index("approvals_of_content", "production", "number", "content"),
)

notes = Table(
    "notes",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("production", ForeignKey("productions.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("who", String, nullable=False),
    Column("at", Double, nullable=False),
    Column("text", Text, nullable=False),
    Column("at_s", Double),
    Column("verdict", String),
    Column("content", String, nullable=False, server_default=""),  # of the episode as it was noted; empty for long ago
    Index("notes_of_episode", "production", "number"),
)

audit = Table(  # triggers refuse changes
    "audit",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", Double, nullable=False),
    Column("who", String, nullable=False),
    Column("what", String, nullable=False),
    Column("slug", String, nullable=False),
    Column("number", Integer, nullable=False),
    Column("details", Text, nullable=False),
    Index("audit_of_production", "slug", "id"),
    Index("audit_of_person", "who", "id"),
    Index("audit_of_verb", "what", "id"),
)

workers = Table(
    "workers",
    metadata,
    Column("name", String, primary_key=True),
    Column("host", String, nullable=False),
    Column("queue", String, nullable=False),
    Column("seen_at", Double, nullable=False),
)

turns = Table(
    "turns",
    metadata,
    Column("name", String, primary_key=True),
    Column("next_at", Double, nullable=False),
)
