"""The order of work, on one page: what an episode is decides which step comes next."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from media_service.domain.episode import (
    Assembled,
    Bound,
    Described,
    Filmed,
    Inspected,
    Narrated,
    Planned,
)
from media_service.ports import Tools
from media_service.steps.assemble import assemble
from media_service.steps.bind import bind
from media_service.steps.describe import describe
from media_service.steps.film import film
from media_service.steps.inspect import inspect
from media_service.steps.narrate import narrate

Step = Callable[[Planned, Tools], Planned]

STEPS = cast(
    "dict[type[Planned], Step]",
    {
        Planned: narrate,  #     passages -> clips, and with their lengths the timeline
        Narrated: assemble,  #   clips -> one master
        Assembled: film,  #      master and timeline -> video
        Filmed: describe,  #     episode facts -> listing, captions, thumbnail
        Described: bind,  #      master and thumbnail -> the listener's copy
        Bound: inspect,  #       finished files -> quality report
    },
)
"""Each state of an episode and the one step that leads on from it; Inspected waits for a person."""


def advance(episode: Planned, tools: Tools) -> Planned:
    """Do the one next step of an episode; an inspected one is returned as it is."""
    step = STEPS.get(type(episode))
    return step(episode, tools) if step else episode


def finish(episode: Planned, tools: Tools) -> Inspected:
    """Take an episode through all the steps that are left."""
    while not isinstance(episode, Inspected):
        episode = advance(episode, tools)
    return episode
