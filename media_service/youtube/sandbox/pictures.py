"""Where pictures of videos, playlists and the channel are found: the addresses that resources name."""

from __future__ import annotations

from media_service.youtube.sandbox.storage import Body

_SIZES = {"default": (120, 90), "medium": (320, 180), "high": (480, 360)}
_CUSTOM_SIZES = {"standard": (640, 480), "maxres": (1280, 720)}


def thumbnails(base: str, video: str, *, custom: bool) -> Body:
    """Return a video's thumbnails by size; one of its own comes in large sizes too."""
    sizes = _SIZES | (_CUSTOM_SIZES if custom else {})
    return {
        name: {"url": f"{base}/vi/{video}/{name}.jpg", "width": width, "height": height}
        for name, (width, height) in sizes.items()
    }
