"""Does what an assignment asks for: a piece of a step, a step, or a production's conclusion."""

from __future__ import annotations

import time
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace

from media_service import pipeline
from media_service.domain.episode import Planned, Presented
from media_service.domain.service import Outcome
from media_service.domain.stage import QUEUES, Assignment, Queue
from media_service.files.space import require_room
from media_service.ports import Tools
from media_service.steps.present import conclude, refuse_another
from media_service.worker.cores import Core, a_core
from media_service.worker.polite import Polite
from media_service.worker.post import Post
from media_service.worker.record import Heard, Record

_LIGHT = {Queue.MISC, Queue.PUBLISH}
"""Queues whose work takes no core worth the name."""


def make(assignment: Assignment, post: Post) -> Outcome:
    """Do the work and return what it leaves; raises whatever the doors raise, NoSpaceError before anything is begun."""
    service = post.settings.service
    for place in (post.settings.output, post.settings.state):
        require_room(place, service.free_bytes)
    record = Record()
    with _core(assignment, post) as core, post.open_tools(post.settings, record) as opened:
        heard = Heard(opened.speech)
        lent = core.lent if core else nullcontext
        tools = replace(opened, at_once=1, speech=Polite(heard, post.stores.turns, lent))
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
    """Hold a core for heavy work."""
    if QUEUES[assignment.step] in _LIGHT:
        return nullcontext()
    return a_core(post.settings.state / "cores", post.settings.service.cores)


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
    production, work = post.stores.stages.production(assignment)
    refuse_another(production, tools)
    shown = [episode for episode in production.episodes if isinstance(episode, Presented)]
    conclude(production, shown, work, post.stores.turns.moment().astimezone(), tools)
