"""What the pages show: videos, shelves and the channel as values for the templates, in Vietnamese."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import shorten
from urllib.parse import urlencode

from media_service.youtube.sandbox import described, quota, standing
from media_service.youtube.sandbox.playlists import ITEM
from media_service.youtube.sandbox.playlists import KIND as PLAYLIST
from media_service.youtube.sandbox.sandbox import Sandbox
from media_service.youtube.sandbox.storage import Body, Thing
from media_service.youtube.sandbox.videos import KIND as VIDEO
from media_service.youtube.sandbox.worded import closed, date, length, state

_LEAD = 240
"""Characters of a description that a shelf shows."""


@dataclass(frozen=True, slots=True)
class Badge:
    """A label on a video."""

    kind: str
    said: str


@dataclass(frozen=True, slots=True)
class Video:
    """A video as a card or a page shows it."""

    id: str
    title: str
    link: str
    picture: str
    length: str
    views: str
    date: str
    badges: tuple[Badge, ...]
    kids: bool
    synthetic: bool
    media: str
    """Address of the film; empty where it cannot be watched (yet)."""
    waiting: str
    """Why it cannot be watched."""
    lead: str
    """The first words of its description."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """A playlist, or what is in none."""

    title: str
    link: str
    start: str
    picture: str
    count: str
    badge: str
    paragraphs: list[list[described.Piece]]
    videos: tuple[Video, ...]
    next: Video | None = None


@dataclass(frozen=True, slots=True)
class Looker:
    """Who looks: a viewer, or the channel's owner, who sees what is not public too."""

    sandbox: Sandbox
    owner: bool

    def address(self, path: str, **query: str) -> str:
        """Return the address of a page as this looker sees it."""
        query = {name: value for name, value in query.items() if value} | ({"owner": "1"} if self.owner else {})
        return path + (f"?{urlencode(query)}" if query else "")

    def may_watch(self, body: Body, *, listed: bool = False) -> bool:
        """Tell whether a video is to be seen: in lists those that are unlisted are not."""
        privacy = body["status"]["privacyStatus"]
        seen = privacy == "public" or (privacy == "unlisted" and not listed)
        return self.owner or (seen and standing.playable(self.sandbox, body))

    def find(self, id_: str) -> tuple[Thing, Body] | None:
        """Return a video that this looker may watch."""
        thing = self.sandbox.storage.find(VIDEO, id_)
        body = standing.now(self.sandbox, thing.body) if thing else None
        return (thing, body) if thing and body and self.may_watch(body) else None

    def video(self, thing: Thing, body: Body, playlist: str = "") -> Video:
        """Return a video as it is shown."""
        ready = standing.playable(self.sandbox, body)
        status = body["status"]
        return Video(
            id=thing.id,
            title=body["snippet"]["title"],
            link=self.address("/watch", v=thing.id, list=playlist),
            picture=f"/vi/{thing.id}/{body.get('thumbnail', {}).get('sha256', 'none')[:12]}.jpg",
            length=length(body["file"]["seconds"]),
            views=f"{body['views']} lượt xem",
            date=date(standing.since(body)),
            badges=tuple(self._badges(body)),
            kids=bool(status.get("selfDeclaredMadeForKids")),
            synthetic=bool(status.get("containsSyntheticMedia")),
            media=self.address(f"/media/{thing.id}") if ready else "",
            waiting="" if ready else state(self.sandbox, body) or "Video chưa xem được.",
            lead=shorten(body["snippet"]["description"].partition("\n")[0], _LEAD, placeholder=" …"),
        )

    def _badges(self, body: Body) -> list[Badge]:
        status = body["status"]
        badges = []
        if self.owner and (said := state(self.sandbox, body)):
            badges.append(Badge("private", said))
        if self.owner and status["privacyStatus"] != "public":
            badges.append(Badge("private", closed(status)))
        if status.get("selfDeclaredMadeForKids"):
            badges.append(Badge("kids", "Dành cho trẻ em"))
        if status.get("containsSyntheticMedia"):
            badges.append(Badge("voice", "Giọng đọc tổng hợp"))
        return badges

    def entries(self, playlist: Thing) -> list[tuple[Thing, Body]]:
        """Return the videos of a playlist that this looker may watch, in order."""
        items = self.sandbox.storage.all_of(ITEM, playlist.id)
        return [found for item in items if (found := self.find(item.body["videoId"]))]

    def playlist(self, id_: str) -> Thing | None:
        """Return a playlist that this looker may see."""
        thing = self.sandbox.storage.find(PLAYLIST, id_)
        return thing if thing and (self.owner or thing.body["status"]["privacyStatus"] != "private") else None

    def shelf(self, thing: Thing, playing: str = "") -> Shelf:
        """Return a playlist as it is shown; `playing` is the video behind which the next one is named."""
        videos = tuple(self.video(one, body, thing.id) for one, body in self.entries(thing))
        ids = [video.id for video in videos]
        after = ids.index(playing) + 1 if playing in ids else len(ids)
        images = self.sandbox.storage.all_of("playlistImage", thing.id)
        privacy = thing.body["status"]["privacyStatus"]
        return Shelf(
            title=thing.body["snippet"]["title"],
            link=self.address("/playlist", list=thing.id),
            start=videos[0].link if videos else "",
            picture=f"/pl/{thing.id}/{images[0].body['sha256'][:12]}" if images else "",
            count=f"{len(videos)} video",
            badge={"private": "Riêng tư", "unlisted": "Không công khai"}.get(privacy, ""),
            paragraphs=described.paragraphs(thing.body["snippet"]["description"]),
            videos=videos,
            next=videos[after] if after < len(videos) else None,
        )

    def shelves(self) -> list[Shelf]:
        """Return all shelves in the order in which the playlists were made, and last what stands on none."""
        lists = [thing for thing in self.sandbox.storage.all_of(PLAYLIST) if self._listed(thing)]
        shelves = [shelf for thing in lists if (shelf := self.shelf(thing)).videos or self.owner]
        shown = {video.id for shelf in shelves for video in shelf.videos}
        rest = tuple(self.video(thing, body) for thing, body in self._all() if thing.id not in shown)
        if rest:
            title = "Video khác" if shelves else "Tất cả video"
            shelves.append(Shelf(title, "", "", "", f"{len(rest)} video", "", [], rest))
        return shelves

    def _listed(self, playlist: Thing) -> bool:
        return self.owner or playlist.body["status"]["privacyStatus"] == "public"

    def _all(self) -> list[tuple[Thing, Body]]:
        videos = ((thing, standing.now(self.sandbox, thing.body)) for thing in self.sandbox.storage.all_of(VIDEO))
        return [(thing, body) for thing, body in videos if self.may_watch(body, listed=True)][::-1]

    def counts(self, shelves: Sequence[Shelf]) -> str:
        """Say how much there is to see."""
        videos = {video.id for shelf in shelves for video in shelf.videos}
        lists = sum(bool(shelf.link) for shelf in shelves)
        return f"{len(videos)} video · {lists} danh sách phát" if videos else ""

    def quota(self) -> str:
        """Say to the owner what was spent today."""
        if not self.owner:
            return ""
        options = self.sandbox.options
        uploads, units = quota.spent(self.sandbox, quota.UPLOADS), quota.spent(self.sandbox, quota.UNITS)
        return (
            f"Hạn mức hôm nay: đã gửi {uploads}/{options.uploads} video, "
            f"đã dùng {units:,}/{options.units:,} đơn vị.".replace(",", ".").replace("video.", "video,")
        )
