"""Values of the domain in the database: an episode's state packed small, messages as data, what a reviewer is told."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import TypeVar

from sqlalchemy import Connection, select

from media_service import values
from media_service.database.tables import episode_values
from media_service.domain.episode import STATES, Planned, Presented
from media_service.domain.fingerprint import fingerprint
from media_service.domain.heard import draft_heard
from media_service.domain.listing import Listing
from media_service.domain.manifest import Grounds, StandIn, grounds
from media_service.domain.quality import Gate
from media_service.messages import Message

Earlier = TypeVar("Earlier", bound=Planned)

_NAMES = {state: name for name, state in STATES.items()}


@dataclass(frozen=True, slots=True)
class Showing:
    """What a person who reviews an episode is told of it."""

    length_s: float
    failed_gates: tuple[Gate, ...]
    grounds: Grounds
    draft_voice: bool
    files: Mapping[str, str]
    stand_ins: tuple[StandIn, ...] = ()


def showing(episode: Presented) -> Showing:
    """Return what a reviewer is told of a finished episode."""
    return Showing(
        episode.entry.duration_s,
        episode.entry.failed_gates,
        grounds(episode.facts, episode.cast),
        draft_heard(episode),
        episode.entry.files,
        episode.entry.stand_ins,
    )


def content(episode: Presented) -> str:
    """Return the fingerprint of all that people see and hear of an episode: what a decision is about."""
    keys = (episode.video.key, episode.mp3.key, episode.thumbnail.key)
    return fingerprint(*keys, episode.captions, _as_ever(episode.listing))


def _as_ever(listing: Listing) -> Mapping[str, object]:
    """Return a listing for its fingerprint: without further languages it is what it was before there were any."""
    said = {field.name: getattr(listing, field.name) for field in fields(listing)}
    return {"Listing": {name: value for name, value in said.items() if name != "localisations" or value}}


def state_of(episode: Planned | type[Planned]) -> str:
    """Return the name of an episode's state."""
    return _NAMES[episode if isinstance(episode, type) else type(episode)]


@dataclass(frozen=True, slots=True)
class Packet:
    """An episode's value as it is stored, and its fingerprint."""

    value: bytes
    fingerprint: str


def packed(episode: Planned) -> Packet:
    """Return an episode's value as it is stored: some milliseconds of work, best done before a transaction begins."""
    plain = values.dump(episode)
    return Packet(zlib.compress(plain, level=1), hashlib.sha256(plain).hexdigest())


def load_episode(run: Connection, episode: int, state: str) -> Planned:
    """Return an episode's value, which its row says is in that state."""
    row = run.execute(select(episode_values.c.value).where(episode_values.c.episode == episode)).one()
    return values.load(zlib.decompress(row.value), STATES[state])


def taken_back(episode: Planned, to: type[Earlier]) -> Earlier:
    """Return what an episode was in an earlier state: what has grown since is left off."""
    return to(**{field.name: getattr(episode, field.name) for field in fields(to)})


def kept_value(value: object) -> str:
    """Return a value as it is stored in a column of text."""
    return values.dump(value).decode()


def kept_message(said: Message) -> str:
    """Return a message as it is stored, to be put into a language later; whatever it holds, it can be stored."""
    try:
        return values.dump(said).decode()
    except ValueError:  # a number that is none, or half a character of a file's name
        return values.dump(
            Message(said.key, {name: kept_text(str(value)) for name, value in said.values.items()})
        ).decode()


def kept_text(said: str) -> str:
    """Return what a program said as every database takes it: without NUL and halves of characters."""
    return said.replace("\0", "").encode(errors="replace").decode()


def load_message(said: str | None) -> Message:
    """Return a stored message."""
    return values.load((said or '{"key":"","values":{}}').encode(), Message)
