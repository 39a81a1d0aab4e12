"""The order of work, on one page: what an episode is decides which step comes next."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar, cast

from media_service.domain.episode import (
    Assembled,
    Bound,
    Described,
    Filmed,
    Inspected,
    Narrated,
    Planned,
    Presented,
)
from media_service.ports import Tools
from media_service.steps import film as filming
from media_service.steps import inspect as inspecting
from media_service.steps import narrate as narrating
from media_service.steps.assemble import assemble
from media_service.steps.bind import bind
from media_service.steps.describe import describe
from media_service.steps.film import film
from media_service.steps.inspect import inspect
from media_service.steps.narrate import narrate
from media_service.steps.present import present

State = TypeVar("State", bound=Planned)
Step = Callable[[Planned, Tools], Planned]


@dataclass(frozen=True, slots=True)
class Ahead(Generic[State]):
    """What of a step others may make ahead of it, in any order: the step then finds it on the shelf."""

    count: Callable[[State], int]
    make: Callable[[State, int, Tools], None]
    """Makes the piece of that number, from 0."""


STEPS = cast(
    "dict[type[Planned], Step]",
    {
        Planned: narrate,  #     passages -> clips, and with their lengths the timeline
        Narrated: assemble,  #   clips -> one master
        Assembled: film,  #      master and timeline -> video
        Filmed: describe,  #     episode facts -> listing, captions, thumbnail
        Described: bind,  #      master and thumbnail -> the listener's copy
        Bound: inspect,  #       finished files -> quality report
        Inspected: present,  #   products -> files under names that people read
    },
)
"""Each state of an episode and the one step that leads on from it; Presented waits for a person."""

AHEAD = cast(
    "dict[type[Planned], Ahead[Planned]]",
    {
        Planned: Ahead(narrating.pieces, narrating.make_piece),
        Assembled: Ahead(filming.pieces, filming.make_piece),
        Bound: Ahead(inspecting.pieces, inspecting.make_piece),
    },
)
"""The steps whose work many workers may share, by the state they lead on from."""


def next_step(episode: Planned) -> str | None:
    """Name the step that leads on; None where only a person does."""
    step = STEPS.get(type(episode))
    return step.__name__ if step else None


def pieces(episode: Planned) -> int:
    """Count the pieces of the next step that may be made ahead; 0 where it is done in one go."""
    ahead = AHEAD.get(type(episode))
    return ahead.count(episode) if ahead else 0


def make_piece(episode: Planned, number: int, tools: Tools) -> None:
    """Make one piece of the next step ahead."""
    AHEAD[type(episode)].make(episode, number, tools)


def advance(episode: Planned, tools: Tools) -> Planned:
    """Do the one next step of an episode; a presented one is returned as it is."""
    step = STEPS.get(type(episode))
    return step(episode, tools) if step else episode


def finish(episode: Planned, tools: Tools) -> Presented:
    """Take an episode through all the steps that are left."""
    while not isinstance(episode, Presented):
        episode = advance(episode, tools)
    return episode
