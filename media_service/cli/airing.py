"""Says which episodes the channel could not be told to keep to itself, where a person stopped them in time."""

from __future__ import annotations

from collections.abc import Collection

from media_service import bootstrap, publishing_actions
from media_service.cli.desk import DONE, MENDABLE, Desk
from media_service.publishing_actions import NotTakenBack
from media_service.stores import Stores


def take_back(slug: str, numbers: Collection[int], stores: Stores, desk: Desk) -> int:
    """Have the channel keep these episodes private whose time is still to come; returns the command's exit code."""
    if not desk.settings.publishing.channel:
        return DONE
    opening = opened(stores, desk)
    left = publishing_actions.take_back(slug, numbers, stores.turns.moment(), stores.ledgers, opening)
    return complain(left, desk)


def opened(stores: Stores, desk: Desk) -> publishing_actions.Opening:
    """Return what opens the channel of the settings."""
    return lambda: bootstrap.channel(desk.settings, stores.ledgers)


def complain(left: Collection[NotTakenBack], desk: Desk) -> int:
    """Say what the channel could not be told; returns the command's exit code."""
    for one in left:
        desk.complain(one.fault)
        desk.hint(
            "The channel still shows {slug} {number} from {when}; say it again: publish hold {slug} {number}.",
            slug=one.publication.slug,
            number=one.publication.number,
            when=desk.here(one.at),
        )
    return MENDABLE if left else DONE
