"""Opens the channel, for the pages that need it."""

from __future__ import annotations

from media_service import bootstrap
from media_service.channels import Channel
from media_service.publishing_actions import Opening
from media_service.web.studio import Studio


def channel(studio: Studio) -> Opening:
    """Return what opens the channel that we publish to; it raises SetupError where none is set up."""

    def opened() -> Channel:
        return bootstrap.channel(studio.settings, studio.stores.ledgers)

    return opened
