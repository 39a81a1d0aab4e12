"""Whose stage comes next: what was lost first, then those who have least in work, then short works before long ones."""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, func, select

from media_service.database.clock import Now
from media_service.database.tables import stages, submitters
from media_service.domain.stage import Queue, StageState

_ORDER = (stages.c.deadline, stages.c.number, stages.c.piece, stages.c.id)


def choose(run: Connection, queue: Queue, most: int) -> list[int]:
    """Return up to `most` due stages of a queue, in the order in which they are to be worked on."""
    ready = _ready(queue)
    front = select(stages.c.id).where(*ready, stages.c.front).order_by(*_ORDER).limit(most)
    first = list(run.execute(front).scalars())
    return first + _fairly(run, queue, most - len(first))


def _fairly(run: Connection, queue: Queue, most: int) -> list[int]:
    """Give each place to the submitter who has least in work, and there to the stage whose time comes first."""
    if most < 1:
        return []
    waiting = _waiting(run, queue)
    if not waiting:
        return []
    active = _active(run, queue)
    # one place each is all that can be given: no more lines than places
    hungriest = sorted(waiting, key=lambda name: (active.get(name, 0), waiting[name], name))[:most]
    lines = {name: _line(run, queue, name, most) for name in hungriest}
    heap: list[tuple[int, Any, str]] = []
    for name, line in lines.items():
        _next(heap, active.get(name, 0), line, name)
    chosen: list[int] = []
    while heap and len(chosen) < most:
        count, (*_, stage), name = heapq.heappop(heap)
        chosen.append(stage)
        _next(heap, count + 1, lines[name], name)
    return chosen


def _next(heap: list[tuple[int, Any, str]], count: int, line: Iterator[Any], name: str) -> None:
    row = next(line, None)
    if row is not None:
        heapq.heappush(heap, (count, tuple(row), name))


def _waiting(run: Connection, queue: Queue) -> dict[str, float]:
    """Return who has something due, and when the first of it is."""
    ready = (*_ready(queue), stages.c.submitter == submitters.c.name)
    first = select(stages.c.deadline).where(*ready).order_by(stages.c.deadline).limit(1).scalar_subquery()
    rows = run.execute(select(submitters.c.name, first.label("first")))
    return {row.name: row.first for row in rows if row.first is not None}


def _line(run: Connection, queue: Queue, name: str, most: int) -> Iterator[Any]:
    """Return a submitter's due stages in order; those in front are given out already."""
    mine = (*_ready(queue), ~stages.c.front, stages.c.submitter == name)
    return iter(run.execute(select(*_ORDER).where(*mine).order_by(*_ORDER).limit(most)).all())


def _active(run: Connection, queue: Queue) -> dict[str, int]:
    busy = (stages.c.queue == queue.value, stages.c.state.in_([StageState.RUNG.value, StageState.RUNNING.value]))
    counts = select(stages.c.submitter, func.count().label("busy")).where(*busy).group_by(stages.c.submitter)
    return {row.submitter: row.busy for row in run.execute(counts)}


def _ready(queue: Queue) -> tuple[Any, ...]:
    return (
        stages.c.queue == queue.value,
        stages.c.state == StageState.DUE.value,
        ~stages.c.held,
        stages.c.not_before <= Now(),
    )
