"""The channel's playlists and what stands in them: the Playlists door."""

from __future__ import annotations

from pathlib import Path

from media_service.channels import Entry, PlaylistDetails, PlaylistSeen
from media_service.youtube import faults, parts
from media_service.youtube.client import Client, RefusedError, Resource
from media_service.youtube.videos import media

_KINDS = {b"\x89PNG": "image/png"}


class YouTubePlaylists:
    """The Playlists door."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def playlists(self) -> tuple[PlaylistSeen, ...]:
        """Return the channel's playlists."""
        pages = self._client.pages("playlists.list", part="snippet,contentDetails", mine=True)
        return tuple(
            PlaylistSeen(str(one["id"]), str(one["snippet"]["title"]), int(one["contentDetails"]["itemCount"]))
            for page in pages
            for one in page
        )

    def make(self, details: PlaylistDetails) -> str:
        """Make a playlist and return its id; after a fault it may be there all the same."""
        body = parts.playlist(details)
        return str(self._client.call("playlists.insert", part=",".join(body), body=body)["id"])

    def correct(self, playlist: str, details: PlaylistDetails) -> None:
        """Have it say all of `details`; nothing is written where it says so already."""
        wished = parts.playlist(details)
        items = self._client.call("playlists.list", part=",".join(wished), id=playlist).get("items", ())
        if not items:
            raise faults.of(faults.Refusal(404, "playlistNotFound", ""))
        body = parts.merged(items[0], wished)
        if not parts.same(items[0], body):
            self._client.call("playlists.update", part=",".join(body), body={"id": playlist, **body})

    def picture(self, playlist: str, picture: Path) -> None:
        """Set its square picture (JPEG or PNG), in place of one that it has."""
        content = picture.read_bytes()
        kind = _KINDS.get(content[:4], "image/jpeg")
        there = self._client.call("playlistImages.list", part="snippet", parent=playlist).get("items", ())
        known = {"id": there[0]["id"]} if there else {}
        self._client.call(
            "playlistImages.update" if there else "playlistImages.insert",
            part="snippet",
            body={**known, "snippet": {"playlistId": playlist, "type": "hero"}},
            media_body=media(content, kind),
        )

    def entries(self, playlist: str) -> tuple[Entry, ...]:
        """Return its entries in order."""
        pages = self._client.pages("playlistItems.list", part="snippet", playlistId=playlist)
        return tuple(
            Entry(str(one["id"]), str(one["snippet"]["resourceId"]["videoId"])) for page in pages for one in page
        )

    def insert(self, playlist: str, video: str, position: int) -> bool:
        """Put a video in; False where the channel itself sorts the playlist."""
        if self._inserted({**_place(playlist, video), "position": position}):
            return True
        self._inserted(_place(playlist, video))
        return False

    def _inserted(self, place: Resource) -> bool:
        try:
            self._client.attempt("playlistItems.insert", part="snippet", body={"snippet": place})
        except RefusedError as error:
            refusal = error.refusal
        else:
            return True
        if refusal.reason == "videoAlreadyInPlaylist":
            return True
        if refusal.reason == "manualSortRequired" and "position" in place:
            return False
        raise faults.of(refusal)

    def move(self, playlist: str, entry: Entry, position: int) -> None:
        """Take an entry to the position (from 0) that it has afterwards."""
        place = {**_place(playlist, entry.video), "position": position}
        self._client.call("playlistItems.update", part="snippet", body={"id": entry.entry, "snippet": place})

    def remove(self, entry: Entry) -> None:
        """Take an entry out; one that is gone already is fine."""
        try:
            self._client.attempt("playlistItems.delete", id=entry.entry)
        except RefusedError as error:
            refusal = error.refusal
        else:
            return
        if refusal.status != 404:
            raise faults.of(refusal)


def _place(playlist: str, video: str) -> dict[str, object]:
    return {"playlistId": playlist, "resourceId": {"kind": "youtube#video", "videoId": video}}
