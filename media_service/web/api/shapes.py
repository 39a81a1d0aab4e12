"""What the API answers and is given, as its schema tells."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints

from media_service.domain.account import Account
from media_service.domain.pace import Age
from media_service.domain.permissions import Role
from media_service.domain.script import Kind
from media_service.domain.service import Standing, Verdict, Will, WorkStatus
from media_service.web.visitor import Visitor

Line = Annotated[str, StringConstraints(min_length=1, max_length=150)]


class Told(BaseModel):
    """One sentence in the language of the house: what is wrong, and what to do."""

    message: str


class Me(BaseModel):
    """Whose token it is."""

    name: str
    display: str
    role: Role
    scopes: list[str]


class Episode(BaseModel):
    """Where an episode stands."""

    model_config = ConfigDict(from_attributes=True)
    number: int
    title: str
    state: str
    step: str
    pieces_done: int
    pieces: int
    verdict: Verdict | None
    length_s: float


class Work(BaseModel):
    """Where a work stands."""

    slug: str
    title: str
    kind: str
    submitter: str
    submitted_at: datetime
    standing: Standing
    left_s: float | None
    episodes: list[Episode]
    troubles: list[str]


class Wish(BaseModel):
    """What is wanted of a work."""

    model_config = ConfigDict(extra="forbid")
    will: Will


class NewDraft(BaseModel):
    """What a new draft begins with."""

    model_config = ConfigDict(extra="forbid")
    title: Line
    kind: Kind = Kind.FAIRY_TALE
    age: Age = Age.CHILD
    narrator: Annotated[str, StringConstraints(max_length=80)] = ""
    playlist: Annotated[str, StringConstraints(max_length=150)] = ""
    music: Annotated[str, StringConstraints(max_length=80)] = "none"


class ScriptText(BaseModel):
    """A script as it is to stand."""

    model_config = ConfigDict(extra="forbid")
    script: Annotated[str, StringConstraints(max_length=2_000_000)]


class Fault(BaseModel):
    """What is wrong, or worth a look, at a line of the script."""

    line: int
    said: str


class Speaker(BaseModel):
    """Who speaks, by which voice."""

    who: str
    voice: str


class Looked(BaseModel):
    """A draft that was looked over."""

    faults: list[Fault]
    notices: list[Fault]
    cast: list[Speaker]
    pictures: list[str]
    episodes: int
    length: str
    estimate: str
    owed: list[str]


class Draft(BaseModel):
    """A draft in a list."""

    slug: str
    title: str
    changed_at: datetime


class Voice(BaseModel):
    """A voice that may be cast."""

    name: str
    title: str
    language: str
    region: str
    draft: bool


class Handed(BaseModel):
    """What became of a draft that was handed in."""

    slug: str
    changed: list[int]
    kept: list[int]


def work(found: WorkStatus, visitor: Visitor) -> Work:
    """Return a work as the API tells it."""
    return Work(
        slug=found.slug,
        title=found.title,
        kind=found.kind,
        submitter=found.submitter,
        submitted_at=found.submitted_at,
        standing=found.standing,
        left_s=found.left.total_seconds() if found.left else None,
        episodes=[Episode.model_validate(one) for one in found.episodes],
        troubles=[visitor.translate(one.said) for one in found.troubles],
    )


def me(account: Account, scopes: frozenset[str]) -> Me:
    """Return whose token it is."""
    return Me(name=account.name, display=account.display, role=account.role, scopes=sorted(scopes))
