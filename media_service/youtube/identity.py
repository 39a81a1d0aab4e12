"""Who we speak for: the Identity door."""

from __future__ import annotations

from media_service.channels import ChannelSeen
from media_service.youtube import faults
from media_service.youtube.client import Client


class YouTubeIdentity:
    """The Identity door."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def whoami(self) -> ChannelSeen:
        """Return the channel whose consent we hold; raises SetupError where that account has none."""
        items = self._client.call("channels.list", part="snippet,status", mine=True).get("items", ())
        if not items:
            raise faults.of(faults.Refusal(401, "youtubeSignupRequired", ""))
        one = items[0]
        return ChannelSeen(
            str(one["id"]), str(one["snippet"]["title"]), str(one["status"].get("longUploadsStatus", ""))
        )
