"""Does what an assignment asks for: a piece of a step, a step, an errand, or a production's conclusion."""

from __future__ import annotations

import time
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from functools import partial

from media_service import pipeline
from media_service.domain.episode import Planned
from media_service.domain.service import Outcome
from media_service.domain.stage import CONCLUDE, QUEUES, Assignment, Queue
from media_service.files.space import require_room
from media_service.ports import Tools
from media_service.speech.parting import InParts
from media_service.speech.polite import Polite, Room
from media_service.steps.present import conclude, refuse_another
from media_service.worker.cores import Core, a_core
from media_service.worker.post import Post
from media_service.worker.publishing import publish
from media_service.worker.record import Heard, Record

_LIGHT = {"present", CONCLUDE, *(step for step, queue in QUEUES.items() if queue is Queue.PUBLISH)}
"""Steps that take no core worth the name."""


def make(assignment: Assignment, post: Post) -> Outcome:
    """Do the work and return what it leaves; raises whatever the doors raise, NoSpaceError before anything is begun."""
    service = post.settings.service
    for place in (post.settings.output, post.settings.state):
        require_room(place, service.free_bytes)
    record = Record()
    with _core(assignment, post) as core, post.open_tools(post.settings, record) as opened:
        heard = Heard(opened.speech)
        room = Room(core.lent if core else nullcontext, partial(_place, post))
        tools = replace(opened, at_once=1, speech=InParts(Polite(heard, post.stores.turns, room)))
        if assignment.publication is not None:
            return publish(assignment, post, tools)
        begun = time.monotonic()
        episode = _work(assignment, post, tools)
        return Outcome(
            episode=episode,
            pieces=pipeline.pieces(episode) if episode else 0,
            next_step=pipeline.next_step(episode) if episode else None,
            products=record.made(tools.shelf),
            seconds=time.monotonic() - begun,
            sound_s=heard.seconds,
            engine=heard.engine,
        )


def _core(assignment: Assignment, post: Post) -> AbstractContextManager[Core | None]:
    """Hold a core for heavy work. One more is lent than there are, as each piece waits for the disk now and then."""
    if assignment.step in _LIGHT:
        return nullcontext()
    return a_core(post.settings.state / "cores", post.settings.service.cores + 1)


def _place(post: Post, engine: str, count: int) -> AbstractContextManager[object]:
    """Hold one of this machine's places at an engine that takes only so many requests at once."""
    return a_core(post.settings.state / "engines" / engine, count) if count else nullcontext()


def _work(assignment: Assignment, post: Post, tools: Tools) -> Planned | None:
    """Return the episode as the step leaves it; None after a piece, or for a whole production."""
    if assignment.episode is None:
        _conclude(assignment, post, tools)
        return None
    episode = post.stores.stages.episode(assignment)
    if assignment.piece is None:
        return pipeline.advance(episode, tools)
    pipeline.make_piece(episode, assignment.piece, tools)
    return None


def _conclude(assignment: Assignment, post: Post, tools: Tools) -> None:
    conclusion = post.stores.stages.conclusion(assignment)
    refuse_another(conclusion.job, conclusion.facts.slug, tools)
    conclude(conclusion, post.stores.turns.moment().astimezone(), tools)
