"""What stands in every page's head: where one can go, for whom."""

from __future__ import annotations

from dataclasses import dataclass

from media_service.domain.permissions import Action
from media_service.messages import Message, message


@dataclass(frozen=True, slots=True)
class Place:
    """One entry."""

    address: str
    label: Message
    action: Action
    """Shown to whoever may do this."""


NAVIGATION = (
    Place("/works", message("My works"), Action.MAKE_WORKS),
    Place("/new", message("New work"), Action.MAKE_WORKS),
    Place("/review", message("Reviews"), Action.REVIEW),
    Place("/uploads", message("Uploads"), Action.PUBLISH),
    Place("/channel", message("Channel"), Action.SEE_CHANNEL),
    Place("/people", message("People"), Action.LOOK_AFTER_PEOPLE),
    Place("/system", message("System"), Action.LOOK_AFTER_SYSTEM),
)
