"""Which method does what: one table from the API's names to the functions that answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from starlette.responses import Response

from media_service.youtube.sandbox import (
    captions,
    channels,
    playlist_images,
    playlist_items,
    playlists,
    thumbnails,
    videos,
)
from media_service.youtube.sandbox.sandbox import Call, Sandbox
from media_service.youtube.sandbox.storage import Body

Doing = Callable[[Sandbox, Call], Body | Response | None]


@dataclass(frozen=True, slots=True)
class Deed:
    """How a method is answered: `do` within one change of what is kept; None is an answer without a body."""

    do: Doing
    check: Callable[[Sandbox, Call], None] = lambda _sandbox, _call: None
    """Refuses a file before any byte of it is taken."""
    most: int = 100 << 20
    """Bytes that its file may have."""


DEEDS: Mapping[str, Deed] = {
    "channels.list": Deed(channels.listed),
    "videoCategories.list": Deed(channels.categories),
    "i18nLanguages.list": Deed(channels.languages),
    "videos.list": Deed(videos.listed),
    "videos.insert": Deed(videos.inserted, videos.check_new, 256 << 30),
    "videos.update": Deed(videos.updated),
    "videos.delete": Deed(videos.deleted),
    "thumbnails.set": Deed(thumbnails.chosen, thumbnails.check, thumbnails.LARGEST),
    "captions.list": Deed(captions.listed),
    "captions.insert": Deed(captions.inserted, captions.check_new),
    "captions.update": Deed(captions.updated, captions.check_update),
    "captions.delete": Deed(captions.deleted),
    "captions.download": Deed(captions.downloaded),
    "playlists.list": Deed(playlists.listed),
    "playlists.insert": Deed(playlists.inserted),
    "playlists.update": Deed(playlists.updated),
    "playlists.delete": Deed(playlists.deleted),
    "playlistItems.list": Deed(playlist_items.listed),
    "playlistItems.insert": Deed(playlist_items.inserted),
    "playlistItems.update": Deed(playlist_items.updated),
    "playlistItems.delete": Deed(playlist_items.deleted),
    "playlistImages.list": Deed(playlist_images.listed),
    "playlistImages.insert": Deed(playlist_images.inserted, playlist_images.check_new, thumbnails.LARGEST),
    "playlistImages.update": Deed(playlist_images.updated, most=thumbnails.LARGEST),
    "playlistImages.delete": Deed(playlist_images.deleted),
}
