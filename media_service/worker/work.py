"""One ring, from claim to finish: what is done and in which order, and that it is told whatever happens.

A child takes up ring after ring for some seconds: what it has loaded, opened and compiled for one serves the next.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from typing import TypeVar

import structlog

from media_service.domain.service import Outcome
from media_service.domain.stage import Assignment, Queue
from media_service.errors import TransientError
from media_service.queue.bell import Call
from media_service.worker.dispatch import dispatch, take_back
from media_service.worker.faults import Ending, judge
from media_service.worker.lease import Lease
from media_service.worker.log import about
from media_service.worker.making import make
from media_service.worker.post import Post
from media_service.worker.stop import Stop

Answer = TypeVar("Answer")

_log = structlog.stdlib.get_logger(__name__)

_ASK_AGAIN_S = 0.5
SHIFT_S = 20.0
"""A child that has worked for so long begins nothing more: what leaks ends with it."""
_LINGERS_S = 1
"""So long it waits for the next ring."""
_GOES_ON = {Ending.DONE, Ending.FENCED}
"""After anything else a child may not be what it was."""


def work_on(first: Call, post: Post, stop: Stop) -> None:
    """Do what was rung for, then whatever waits in the queue, each under a claim of its own; raises as `work_one`."""
    over = time.monotonic() + SHIFT_S
    call: Call | None = first
    while call is not None:
        ending = work_one(*call, post, stop)
        goes_on = ending in _GOES_ON and time.monotonic() < over and not stop.wait(0)
        call = _next(post) if goes_on else None


def _next(post: Post) -> Call | None:
    """Take the next ring; where Redis does not answer, the worker waits for it."""
    try:
        return post.bell.take(post.queue, _LINGERS_S)
    except TransientError:
        return None


def work_one(stage: int, attempt: int, post: Post, stop: Stop) -> Ending:
    """Do one stage if it is still to be had, and ring for what follows.

    Every fault of the work is recorded with its stage. Raises DatabaseAwayError or NoSpaceError where the database
    takes nothing in at the claim, or not before the lease is over at the end; then the stage will be due again, and
    what was made is found.
    """
    claimed = time.monotonic()
    assignment = post.stores.stages.claim(stage, attempt, post.owner, post.settings.service.lease)
    if assignment is None:
        _log.info("fenced", stage=stage, attempt=attempt)
        _ring_for([post.queue], post)
        return Ending.FENCED
    with about(assignment, post.owner):
        ending, due = _done(assignment, post, Lease(assignment, post, stop, claimed))
        if ending is not Ending.LEFT:
            _log.info(ending.value, seconds=round(time.monotonic() - claimed, 3))
            _ring_for([post.queue], post, anew=due)
        return ending


def _done(assignment: Assignment, post: Post, lease: Lease) -> tuple[Ending, Iterable[Queue]]:
    """Do the work and record it; returns how it ended and the queues in which something is due now."""
    stages = post.stores.stages
    try:
        with lease:
            _ring_for([post.queue], post)  # this ring has left its place to the next; it may take a while to say so
            outcome = make(assignment, post)
    except Exception as fault:  # noqa: BLE001  # the edge: every fault is told
        if lease.left:
            return Ending.LEFT, ()
        verdict = judge(fault, assignment)
        _log.warning("fault", means=verdict.ending.value, exc_info=verdict.ending is Ending.FAILED, said=str(fault))
        told = _patiently(lambda: verdict.tell(stages, assignment), lease)
        return (verdict.ending if told else Ending.FENCED), ()
    if lease.left:
        return Ending.LEFT, ()
    return _finished(assignment, outcome, post, lease)


def _finished(assignment: Assignment, outcome: Outcome, post: Post, lease: Lease) -> tuple[Ending, Iterable[Queue]]:
    due = _patiently(lambda: post.stores.stages.finish(assignment, outcome), lease)
    return (Ending.FENCED, ()) if due is None else (Ending.DONE, due)


def _patiently(tell: Callable[[], Answer], lease: Lease) -> Answer:
    """Tell the database something, asking again for as long as the stage may still be ours."""
    while True:
        try:
            return tell()
        except TransientError:
            if lease.left_s() <= _ASK_AGAIN_S:
                raise
        time.sleep(_ASK_AGAIN_S)


def _ring_for(queues: Iterable[Queue], post: Post, anew: Iterable[Queue] = ()) -> None:
    """Ring at once rather than wait for the sweep, which does it anyway where this fails.

    In the queues `anew` something has become due that may go before what lies there.
    """
    try:
        take_back(anew, post.stores, post.bell)
        dispatch({*queues, *anew}, post.stores, post.bell)
    except TransientError:
        return
    except Exception:  # noqa: BLE001  # what is wrong with another's stage must not cost this one its work
        _log.exception("not rung")
