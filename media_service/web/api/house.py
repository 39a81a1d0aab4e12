"""The audit log, failed steps and workers for programs."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel

from media_service.domain.permissions import Action
from media_service.domain.stage import StageState
from media_service.overviews import TrailWish
from media_service.service_actions import ALIVE
from media_service.web.api.calls import Calls
from media_service.web.visitor import Asked

calls = Calls(prefix="/api", tags=["house"])


class Line(BaseModel):
    """A line of the audit log."""

    when: datetime
    who: str
    what: str
    slug: str
    number: int
    details: dict[str, str]


class Lines(BaseModel):
    """Some lines, the newest first; `after` asks for the next, empty on the last page."""

    lines: list[Line]
    after: str


class Failed(BaseModel):
    """A step that failed: put aside, or waiting for its next try."""

    slug: str
    number: int
    step: str
    state: StageState
    said: str
    lines: str
    tries: int
    again_at: datetime | None


class Service(BaseModel):
    """How the service is."""

    workers: list[str]
    productions: dict[str, int]
    oldest_due_s: dict[str, float]
    failed: list[Failed]


@calls.look("/log", Action.LOOK_AFTER_PEOPLE)
def log(visitor: Asked, who: str = "", what: str = "", work: str = "", after: str = "") -> Lines:
    """Return lines of the audit log, the newest first."""
    page = visitor.studio.stores.overviews.trail.page(TrailWish(who=who, what=what, slug=work, after=after))
    lines = [
        Line(
            when=one.when,
            who=one.who,
            what=one.what,
            slug=one.slug,
            number=one.number,
            details={name: str(value) for name, value in one.details.items()},
        )
        for one in page.entries
    ]
    return Lines(lines=lines, after=page.after)


@calls.look("/service", Action.LOOK_AFTER_SYSTEM)
def service(visitor: Asked) -> Service:
    """Return the workers that live, the works by standing, and what has failed."""
    records = visitor.studio.stores.records
    gauge = records.gauge()
    failed = [
        Failed(
            slug=one.slug,
            number=one.number,
            step=one.step,
            state=one.state,
            said=visitor.translate(one.said),
            lines=one.lines,
            tries=one.tries,
            again_at=one.again_at,
        )
        for one in records.troubles()
    ]
    return Service(
        workers=[one.name for one in records.workers(ALIVE)],
        productions=dict(gauge.productions),
        oldest_due_s=dict(gauge.queue_age_s),
        failed=failed,
    )
