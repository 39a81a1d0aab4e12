"""Puts the doors of a channel together from what is needed to speak for it."""

from __future__ import annotations

from media_service.channels import Channel, Meter
from media_service.youtube.client import Client, described
from media_service.youtube.identity import YouTubeIdentity
from media_service.youtube.playlists import YouTubePlaylists
from media_service.youtube.sending import YouTubeUploads
from media_service.youtube.transport import Access
from media_service.youtube.videos import YouTubeVideos


def prepare() -> None:
    """Read now what every client reads, for a process whose children all use one."""
    described()


def connect(access: Access, meter: Meter) -> Channel:
    """Return a channel's doors; nothing is asked of it yet. `meter` hears of each call before it is made."""
    client = Client(access, meter)
    return Channel(YouTubeIdentity(client), YouTubeUploads(client), YouTubeVideos(client), YouTubePlaylists(client))
