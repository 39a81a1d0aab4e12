"""Where productions stand, read for people in few queries however many there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, select

from media_service.database.clock import Now, moment
from media_service.database.keeping import load_message
from media_service.database.tables import WAITING, episodes, productions, speeds, stages, workers
from media_service.domain.eta import Ahead, Speed, left
from media_service.domain.service import EpisodeStatus, Standing, Trouble, Verdict, WorkStatus
from media_service.domain.stage import StageState
from media_service.errors import refused
from media_service.messages import message

ALIVE = timedelta(seconds=30)
"""A worker that was seen within this time counts as working."""
_AT_WORK = {Standing.WORKING, Standing.STUCK}
# What people see is asked for and no more: a work's facts and a stage's account weigh more than all the rest. The
# statements are made once: making one takes longer than the database does to answer it.
_NAMED = select(productions).where(productions.c.slug == bindparam("slug"))
_LOCKED = _NAMED.with_for_update(key_share=True)
_SHOWN = select(
    *productions.c["id", "slug", "title", "kind", "submitter", "submitted_at", "revision", "standing"]
).order_by(productions.c.submitted_at.desc())
_NEWEST = _SHOWN.where(productions.c.resting == bindparam("resting")).limit(bindparam("most"))
_OF_SUBMITTER = _SHOWN.where(productions.c.submitter == bindparam("submitter")).limit(bindparam("most"))
_PARTS = (
    select(
        *episodes.c["production", "number", "title", "state", "step", "pieces_done", "pieces", "verdict", "length_s"]
    )
    .where(episodes.c.production.in_(bindparam("which", expanding=True)), ~episodes.c.withdrawn)
    .order_by(episodes.c.number)
)
_TROUBLES = select(
    *stages.c["id", "number", "step", "state", "said", "lines", "tries", "not_before"], productions.c.slug
).join(productions, productions.c.id == stages.c.production)
# two queries in place of one: an index serves each half
_PUT_ASIDE = _TROUBLES.where(stages.c.state == StageState.QUARANTINED.value)
_WAITS = _TROUBLES.where(
    stages.c.state.in_([StageState.DUE.value, StageState.RUNG.value]),
    WAITING,
    ~stages.c.parked,  # an errand that waits for its turn at the channel is no trouble
)
_OF_WORKS = stages.c.production.in_(bindparam("which", expanding=True))
_PUT_ASIDE_OF, _WAITS_OF = _PUT_ASIDE.where(_OF_WORKS), _WAITS.where(_OF_WORKS)
_SPEEDS = select(speeds.c.step, func.sum(speeds.c.seconds), func.sum(speeds.c.length_s)).group_by(speeds.c.step)
_SHARING = select(func.count()).where(workers.c.seen_at > Now() - ALIVE.total_seconds()).group_by(workers.c.queue)


def find(run: Connection, slug: str, *, lock: bool = False) -> Row[Any]:
    """Return a production's row, locked if asked; raises InputError where there is none of that slug."""
    row = run.execute(_LOCKED if lock else _NAMED, {"slug": slug}).first()
    if row is None:
        raise refused(slug, message("The service has no work “{slug}”; look for its name in the status.", slug=slug))
    return row


def read(run: Connection, slug: str | None, limit: int) -> tuple[WorkStatus, ...]:
    """Return where a production stands, or the newest ones."""
    return _read(run, [find(run, slug)] if slug is not None else _newest(run, limit))


def read_of(run: Connection, submitter: str, limit: int) -> tuple[WorkStatus, ...]:
    """Return where somebody's newest productions stand, the newest first."""
    return _read(run, run.execute(_OF_SUBMITTER, {"submitter": submitter, "most": limit}).all())


def _read(run: Connection, rows: Sequence[Row[Any]]) -> tuple[WorkStatus, ...]:
    which = [row.id for row in rows]
    parts, said = _episodes(run, which), _troubles(run, which)
    measured, alive = _speeds(run), _alive(run)
    return tuple(
        _status(row, parts[row.id], said[row.slug], left(_ahead(row, parts[row.id]), measured, alive)) for row in rows
    )


def _newest(run: Connection, limit: int) -> Sequence[Row[Any]]:
    """Return the newest works that are not at rest, then the newest that are: so an index gives each in order."""
    found: list[Row[Any]] = []
    for resting in (False, True):
        found.extend(run.execute(_NEWEST, {"resting": resting, "most": limit - len(found)}))
    return found


def troubles(run: Connection) -> tuple[Trouble, ...]:
    """Return the stages that are put aside or wait after a failure."""
    return _in_order([*run.execute(_PUT_ASIDE), *run.execute(_WAITS)])


def _in_order(rows: Iterable[Row[Any]]) -> tuple[Trouble, ...]:
    return tuple(_trouble(row) for row in sorted(rows, key=lambda row: row.id))


def _trouble(row: Row[Any]) -> Trouble:
    return Trouble(
        stage=row.id,
        slug=row.slug,
        number=row.number,
        step=row.step,
        state=StageState(row.state),
        said=load_message(row.said),
        lines=row.lines,
        tries=row.tries,
        again_at=moment(row.not_before) if row.not_before and row.state != StageState.QUARANTINED else None,
    )


def _troubles(run: Connection, which: Sequence[int]) -> Mapping[str, list[Trouble]]:
    found: defaultdict[str, list[Trouble]] = defaultdict(list)
    of = {"which": which}
    for one in _in_order([*run.execute(_PUT_ASIDE_OF, of), *run.execute(_WAITS_OF, of)]):
        found[one.slug].append(one)
    return found


def _episodes(run: Connection, which: Sequence[int]) -> Mapping[int, list[EpisodeStatus]]:
    found: defaultdict[int, list[EpisodeStatus]] = defaultdict(list)
    for row in run.execute(_PARTS, {"which": which}):
        found[row.production].append(_episode(row))
    return found


def _episode(row: Row[Any]) -> EpisodeStatus:
    return EpisodeStatus(
        number=row.number,
        title=row.title,
        state=row.state,
        step=row.step,
        pieces_done=row.pieces_done,
        pieces=row.pieces,
        verdict=Verdict(row.verdict) if row.verdict else None,
        length_s=row.length_s,
    )


def _status(
    row: Row[Any], parts: Sequence[EpisodeStatus], said: Sequence[Trouble], rest: timedelta | None
) -> WorkStatus:
    return WorkStatus(
        slug=row.slug,
        title=row.title,
        kind=row.kind,
        submitter=row.submitter,
        submitted_at=moment(row.submitted_at),
        revision=row.revision,
        standing=Standing(row.standing),
        episodes=tuple(parts),
        troubles=tuple(said),
        left=rest,
    )


def _ahead(row: Row[Any], parts: Sequence[EpisodeStatus]) -> list[Ahead]:
    if row.standing not in _AT_WORK:
        return []
    # the step itself, after its pieces, finds nearly all of them made
    return [Ahead(one.step, one.pieces_done / max(1, one.pieces), one.length_s) for one in parts if one.step]


def _speeds(run: Connection) -> Mapping[str, Speed]:
    return {step: Speed(seconds, length_s) for step, seconds, length_s in run.execute(_SPEEDS)}


def _alive(run: Connection) -> int:
    """Return how many workers share the heavy work: those of one queue, for every queue's work on the same cores."""
    return max(run.execute(_SHARING).scalars(), default=0)
