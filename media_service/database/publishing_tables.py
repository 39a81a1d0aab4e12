"""The tables of publishing, as the newest migration leaves them; times as in `tables`."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Double, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint

from media_service.database.tables import BYTES, metadata

publications = Table(
    "publications",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("production", ForeignKey("productions.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("content", String, nullable=False),  # fingerprint of what was approved
    Column("channel", String, nullable=False),  # as the settings name it
    Column("marker", String, nullable=False),
    Column("film", String, nullable=False),  # the product that is sent
    Column("playlist", String, nullable=False),  # its title; empty for none
    Column("title", String, nullable=False),
    Column("approved_by", String, nullable=False),
    Column("approved_at", Double, nullable=False),
    Column("waiver", Text, nullable=False),
    Column("visibility", String, nullable=False),
    Column("airs_at", Double),  # NULL for as soon as all is ready
    Column("held", Boolean, nullable=False),  # a person wants it to wait
    Column("retired_at", Double),  # a person wants its video to be seen no more
    Column("turn", Double),  # where a person has put it in the order of sending; NULL for where its time puts it
    Column("state", String, nullable=False),  # of the upload
    Column("since", Double),
    Column("file_name", String, nullable=False),
    Column("file_size", BYTES, nullable=False),
    Column("file_sha256", String, nullable=False),
    Column("session", Text, nullable=False),  # sealed: whoever knows it may write to the channel
    Column("sent", BYTES, nullable=False),
    Column("begun_at", Double),
    Column("video", String, nullable=False),
    Column("seen_at", Double),  # when the channel was last asked how the video is
    Column("processing", String, nullable=False),
    Column("upload_status", String, nullable=False),
    Column("reason", String, nullable=False),
    UniqueConstraint("production", "number", "content", "channel", name="publications_once"),
    Index("publications_of_playlist", "channel", "playlist"),
)

quota = Table(
    "quota",
    metadata,
    Column("channel", String, primary_key=True),
    Column("day", String, primary_key=True),  # a Pacific date
    Column("bucket", String, primary_key=True),
    Column("spent", Integer, nullable=False),
    Column("emptied", Boolean, nullable=False),  # the channel itself says so
)

consents = Table(
    "consents",
    metadata,
    Column("channel", String, primary_key=True),  # as the settings name it
    Column("channel_id", String, nullable=False),  # as it names itself
    Column("title", String, nullable=False),
    Column("token", Text, nullable=False),  # sealed
    Column("who", String, nullable=False),
    Column("granted_at", Double, nullable=False),
    Column("checked_at", Double),
    Column("lost_at", Double),
    Column("reason", Text, nullable=False),
)

playlists = Table(
    "playlists",
    metadata,
    Column("channel", String, primary_key=True),
    Column("title", String, primary_key=True),
    Column("playlist", String, nullable=False),  # its id
)

locks = Table(  # held for a time by whoever changes a thing that others see: a playlist
    "locks",
    metadata,
    Column("name", String, primary_key=True),
    Column("owner", String, nullable=False),
    Column("held_until", Double, nullable=False),
)

samples = Table(  # how often a video was seen, once a day
    "samples",
    metadata,
    Column("publication", ForeignKey("publications.id"), primary_key=True, autoincrement=False),
    Column("day", String, primary_key=True),  # a date in UTC
    Column("views", BYTES),
    Column("likes", BYTES),
)

tallies = Table(  # what all videos of a playlist gained in a day: sums that pages need not add up from samples
    "tallies",
    metadata,
    Column("channel", String, primary_key=True),
    Column("playlist", String, primary_key=True),  # its title
    Column("day", String, primary_key=True),  # a date in UTC
    Column("views", BYTES, nullable=False),
    Column("likes", BYTES, nullable=False),
    Index("tallies_of_day", "channel", "day"),
)
