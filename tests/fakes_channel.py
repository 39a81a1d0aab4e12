"""A channel and its ledgers in memory: they count, forget, refuse and die as a test wants it.

Everything is asked through one `Line`: it counts the calls, and the worker dies on it, before a call or behind it,
where a test says so.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from media_service import errands
from media_service.channels import (
    Arrived,
    At,
    Candidate,
    Channel,
    ChannelSeen,
    Consent,
    Entry,
    Gone,
    PlaylistDetails,
    PlaylistSeen,
    VideoDetails,
    VideoSeen,
)
from media_service.domain import uploading
from media_service.domain.episode import Presented
from media_service.domain.placing import Placed, playlist_of, wished
from media_service.domain.publication import Airing, Errand, Publication, Upload, VideoFile, Visibility
from media_service.domain.quota import PAGE, Bucket, Limits, Spent, Waiting, cost, day_of, next_day
from media_service.domain.stage import Assignment
from media_service.errors import (
    NotYetError,
    PlaylistGoneError,
    QuotaSpentError,
    SessionGoneError,
)
from media_service.ledgers import ChannelHealth, KeptPlaylist, Ledgers
from media_service.messages import Message
from media_service.ports import Tools
from media_service.steps.means import Means

BEGINNING = datetime(2026, 7, 1, 12, 0, tzinfo=UTC)
CHANNEL = "UCbinhthuan"
CHUNK = 50
MINE = Assignment(1, 1, "w1", 1, "cay-khe", "publish", 1, 1, None)


class DiedError(BaseException):
    """The worker is gone: no handler of faults may hear of it."""


class Clock:
    """Time that passes with every call, and when a test lets it."""

    def __init__(self, now: datetime = BEGINNING, step: timedelta = timedelta(seconds=1)) -> None:
        self.now = now
        self.step = step

    def __call__(self) -> datetime:
        return self.now

    def tick(self) -> None:
        self.now += self.step


class Line:
    """Carries every call; `dies_at` is the number, from 1, of the point at which the worker dies."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.dies_at = 0
        self.points = 0
        self.faults: list[tuple[str, Exception]] = []

    @contextmanager
    def call(self, name: str) -> Iterator[None]:
        self.clock.tick()
        for place, (method, fault) in enumerate(self.faults):
            if method == name:
                del self.faults[place]
                raise fault
        self._pass()
        yield
        self._pass()

    def _pass(self) -> None:
        self.points += 1
        if self.points == self.dies_at:
            raise DiedError


@dataclass
class Film:
    """A video as the channel holds it."""

    details: VideoDetails
    name: str
    sha256: str
    uploaded_at: datetime
    visibility: Visibility = Visibility.PRIVATE
    publish_at: datetime | None = None
    thumbnail: bytes = b""
    captions: dict[tuple[str, str], bytes] = field(default_factory=dict)
    status: str = "processed"
    reason: str = ""


@dataclass
class Session:
    details: VideoDetails
    file: VideoFile
    held: bytes = b""
    video: str = ""


@dataclass
class List:
    details: PlaylistDetails
    entries: list[Entry] = field(default_factory=list)


class FakeChannel:
    """All doors of one channel, which counts its quota as YouTube does: refused calls cost, too."""

    def __init__(self, line: Line, meter: Callable[[str], None] = lambda _: None, limits: Limits | None = None) -> None:
        self.line = line
        self.meter = meter
        self.limits = limits or Limits(10**9, 10**9)
        self.others_take: dict[str, int] = {}
        """Units that other programs of the project take at once, by the day."""
        self.videos: dict[str, Film] = {}
        self.sessions: dict[str, Session] = {}
        self.lists: dict[str, List] = {}
        self.unseen: set[str] = set()
        """Videos that the channel does not know yet though it has taken them."""
        self.unlisted: set[str] = set()
        """Videos that its list of uploads does not show yet."""
        self.calls: list[str] = []
        self.refused: list[tuple[datetime, str]] = []
        self._spent: dict[tuple[str, Bucket], int] = {}
        self._numbers = iter(range(1, 10**9))

    def doors(self) -> Channel:
        return Channel(self, self, _Videos(self), _Playlists(self))  # type: ignore[arg-type]  # it is all of them

    @contextmanager
    def asked(self, method: str) -> Iterator[None]:
        """Let a call through the meter and the channel's own count."""
        self.meter(method)
        with self.line.call(method):
            self.calls.append(method)
            self._pay(method)
            yield

    def _pay(self, method: str) -> None:
        now, one = self.line.clock(), cost(method)
        key = (day_of(now), one.bucket)
        limit = self.limits.uploads if one.bucket is Bucket.UPLOADS else self.limits.units
        others = self.others_take.get(key[0], 0) if one.bucket is Bucket.UNITS else 0
        if self._spent.get(key, 0) + others + one.amount > limit:
            self.refused.append((now, method))
            raise QuotaSpentError(Message("The channel says it is empty."), next_day(now) - now, one.bucket)
        self._spent[key] = self._spent.get(key, 0) + one.amount

    def _new(self, kind: str) -> str:
        return f"{kind}{next(self._numbers)}"

    # who we speak for

    def whoami(self) -> ChannelSeen:
        with self.asked("channels.list"):
            return ChannelSeen(CHANNEL, "Thư viện", "allowed")

    # sending

    def open_session(self, details: VideoDetails, file: VideoFile) -> str:
        with self.asked("videos.insert"):
            session = self._new("session")
            self.sessions[session] = Session(details, file)
            return session

    def ask(self, session: str, file: VideoFile) -> At | Arrived | Gone:
        with self.line.call("ask"):
            there = self.sessions.get(session)
            if there is None:
                return Gone()
            assert there.file == file
            return Arrived(there.video) if there.video else At(len(there.held))

    def send(self, session: str, file: VideoFile, path: Path, start: int, told: Callable[[int], None]) -> str:
        content = path.read_bytes()
        assert len(content) == file.size
        while True:
            there = self.sessions.get(session)
            if there is None:
                raise SessionGoneError(Message("gone"))
            assert len(there.held) == start
            with self.line.call("bytes"):
                there.held += content[start : start + CHUNK]
                start = len(there.held)
                if start == file.size:
                    there.video = self._arrive(there)
            if there.video:
                return there.video
            told(start)

    def _arrive(self, session: Session) -> str:
        video = self._new("video")
        sha256 = hashlib.sha256(session.held).hexdigest()
        self.videos[video] = Film(session.details, session.file.name, sha256, self.line.clock())
        return video

    def recent(self, since: datetime) -> Iterator[Candidate]:
        with self.asked("channels.list"):
            pass
        there = [(video, film) for video, film in self.videos.items() if video not in self.unlisted]
        there = sorted(there, key=lambda one: one[1].uploaded_at, reverse=True)
        for place, (video, film) in enumerate(there):
            if place % PAGE == 0:
                with self.asked("playlistItems.list"), self.asked("videos.list"):
                    pass
            if film.uploaded_at < since:
                return
            tags, words = film.details.tags, film.details.description
            yield Candidate(video, film.details.title, film.name, tags, words, film.uploaded_at)

    def film(self, video: str) -> Film:
        if video in self.unseen or video not in self.videos:
            raise NotYetError(Message(f"no {video} yet"))
        return self.videos[video]


@dataclass
class _Videos:
    channel: FakeChannel

    def look(self, videos: Sequence[str]) -> tuple[VideoSeen, ...]:
        with self.channel.asked("videos.list"):
            return tuple(
                VideoSeen(
                    one,
                    film.details.title,
                    film.visibility,
                    film.publish_at,
                    "",
                    film.status,
                    film.reason,
                    None,
                    None,
                )
                for one in videos
                if one not in self.channel.unseen and (film := self.channel.videos.get(one))
            )

    def correct(self, video: str, details: VideoDetails) -> None:
        with self.channel.asked("videos.list"), self.channel.asked("videos.update"):
            self.channel.film(video).details = details

    def reveal(self, video: str, airing: Airing) -> None:
        with self.channel.asked("videos.list"), self.channel.asked("videos.update"):
            film = self.channel.film(video)
            may_wait = airing.at and airing.at > self.channel.line.clock() and film.visibility is Visibility.PRIVATE
            assert airing.at is None or may_wait
            film.publish_at = airing.at
            film.visibility = Visibility.PRIVATE if airing.at else airing.visibility

    def thumbnail(self, video: str, picture: Path) -> None:
        with self.channel.asked("thumbnails.set"):
            self.channel.film(video).thumbnail = picture.read_bytes()

    def caption(self, video: str, language: str, name: str, track: bytes) -> str:
        film = self.channel.videos.get(video)
        there = film is not None and (language, name) in film.captions
        if there:  # the platform refuses the second of that name, which costs all the same
            with self.channel.asked("captions.insert"), self.channel.asked("captions.list"):
                pass
        with self.channel.asked("captions.update" if there else "captions.insert"):
            self.channel.film(video).captions[language, name] = track
        return f"caption {video} {language}"


@dataclass
class _Playlists:
    channel: FakeChannel

    def playlists(self) -> tuple[PlaylistSeen, ...]:
        with self.channel.asked("playlists.list"):
            return tuple(
                PlaylistSeen(one, there.details.title, len(there.entries)) for one, there in self.channel.lists.items()
            )

    def make(self, details: PlaylistDetails) -> str:
        with self.channel.asked("playlists.insert"):
            playlist = self.channel._new("playlist")
            self.channel.lists[playlist] = List(details)
            return playlist

    def correct(self, playlist: str, details: PlaylistDetails) -> None:
        with self.channel.asked("playlists.list"), self.channel.asked("playlists.update"):
            self._of(playlist).details = details

    def picture(self, playlist: str, picture: Path) -> None:
        with self.channel.asked("playlistImages.insert"):
            assert picture.is_file()

    def entries(self, playlist: str) -> tuple[Entry, ...]:
        for _ in range(max(-(-len(self._of(playlist).entries) // PAGE), 1)):
            with self.channel.asked("playlistItems.list"):
                pass
        return tuple(self._of(playlist).entries)

    def insert(self, playlist: str, video: str, position: int) -> bool:
        with self.channel.asked("playlistItems.insert"):
            self.channel.film(video)
            entries = self._of(playlist).entries
            assert 0 <= position <= len(entries)
            entries.insert(position, Entry(self.channel._new("entry"), video))
            return True

    def move(self, playlist: str, entry: Entry, position: int) -> None:
        with self.channel.asked("playlistItems.update"):
            entries = self._of(playlist).entries
            entries.remove(entry)
            assert 0 <= position <= len(entries)
            entries.insert(position, entry)

    def remove(self, entry: Entry) -> None:
        with self.channel.asked("playlistItems.delete"):
            for there in self.channel.lists.values():
                if entry in there.entries:
                    there.entries.remove(entry)

    def _of(self, playlist: str) -> List:
        if playlist not in self.channel.lists:
            raise PlaylistGoneError(Message("no such playlist"), "playlistNotFound", "playlist")
        return self.channel.lists[playlist]


class FakeLedgers:
    """What is kept, all in one: publications by id, the quota's days, playlists, the consent."""

    def __init__(self, line: Line, limits: Limits | None = None) -> None:
        self.line = line
        self.limits = limits or Limits(10**9, 10**9)
        self.kept: dict[int, Publication] = {}
        self.playlist_of: dict[int, str] = {}
        self.ids: dict[str, str] = {}
        self.locks: dict[str, tuple[str, datetime]] = {}
        self.withdrawn: tuple[str, ...] = ()
        self.days: dict[str, Spent] = {}
        self.over: list[str] = []
        """Calls that the ledger itself has refused."""
        self.why_lost = ""

    def doors(self) -> Ledgers:
        return Ledgers(_Publications(self), _Quota(self), _Consents(self), _Book(self))


@dataclass
class _Publications:
    ledgers: FakeLedgers

    def of(self, assignment: Assignment) -> Publication:
        return self.ledgers.kept[assignment.production]

    def find(self, slug: str | None = None, channel: str = "") -> tuple[Publication, ...]:
        return tuple(one for one in self.ledgers.kept.values() if slug in (None, one.slug))

    def keep(self, assignment: Assignment, upload: Upload) -> None:
        with self.ledgers.line.call("keep"):
            mine = self.ledgers.kept[assignment.production]
            self.ledgers.kept[mine.id] = replace(mine, upload=upload)

    def air(self, slug: str, number: int, airing: Airing, who: str) -> None:
        raise NotImplementedError

    def settle(self, slug: str, number: int, video: str, who: str) -> None:
        raise NotImplementedError


@dataclass
class _Quota:
    ledgers: FakeLedgers

    def take(self, method: str) -> None:
        now, one, spent = self.ledgers.line.clock(), cost(method), self.spent()
        uploads = spent.uploads + (one.amount if one.bucket is Bucket.UPLOADS else 0)
        units = spent.units + (one.amount if one.bucket is Bucket.UNITS else 0)
        limits = self.ledgers.limits
        if uploads > limits.uploads or units > limits.units or one.bucket in spent.emptied:
            self.ledgers.over.append(method)
            raise QuotaSpentError(Message("Our ledger says no."), next_day(now) - now)
        self.ledgers.days[spent.day] = replace(spent, uploads=uploads, units=units)

    def emptied(self, bucket: Bucket) -> None:
        spent = self.spent()
        self.ledgers.days[spent.day] = replace(spent, emptied=spent.emptied | {bucket})

    def spent(self) -> Spent:
        day = day_of(self.ledgers.line.clock())
        return self.ledgers.days.get(day, Spent(day))

    def waiting(self) -> tuple[Waiting, ...]:
        found = []
        for one in self.ledgers.kept.values():
            playlist = self.ledgers.playlist_of.get(one.id, "")
            there = playlist in self.ledgers.ids
            count = len(self._placed(playlist)) if there else None
            found += [Waiting(one.id, errand, None, playlist, count) for errand in Errand if errand not in one.done]
        return tuple(found)

    def _placed(self, playlist: str) -> list[int]:
        of = self.ledgers.playlist_of
        return [one.id for one in self.ledgers.kept.values() if of.get(one.id) == playlist and Errand.PLACE in one.done]


@dataclass
class _Consents:
    ledgers: FakeLedgers

    def keep(self, consent: Consent, who: str) -> None:
        raise NotImplementedError

    def consent(self) -> Consent | None:
        return None

    def lost(self, reason: str) -> None:
        self.ledgers.why_lost = reason

    def checked(self) -> None:
        raise NotImplementedError

    def health(self) -> ChannelHealth:
        raise NotImplementedError


@dataclass
class _Book:
    ledgers: FakeLedgers

    def find(self, title: str, channel: str) -> KeptPlaylist:
        placed = [
            Placed(one.slug, one.number, one.upload.video, one.id)
            for one in self.ledgers.kept.values()
            if self.ledgers.playlist_of.get(one.id) == title and one.upload.video
        ]
        return KeptPlaylist(self.ledgers.ids.get(title, ""), wished(placed), self.ledgers.withdrawn)

    def made(self, title: str, channel: str, playlist: str) -> None:
        with self.ledgers.line.call("made"):
            self.ledgers.ids[title] = playlist

    def hold(self, name: str, owner: str, lease: timedelta) -> bool:
        with self.ledgers.line.call("hold"):
            now = self.ledgers.line.clock()
            holder, until = self.ledgers.locks.get(name, (owner, now))
            if holder != owner and until > now:
                return False
            self.ledgers.locks[name] = (owner, now + lease)
            return True

    def release(self, name: str, owner: str) -> None:
        if self.ledgers.locks.get(name, ("",))[0] == owner:
            del self.ledgers.locks[name]


class Stand:
    """One worker at one channel: does errands of publications, and may die and be there again."""

    def __init__(self, tools: Tools, limits: Limits | None = None, now: datetime = BEGINNING) -> None:
        self.clock = Clock(now)
        self.line = Line(self.clock)
        self.ledgers = FakeLedgers(self.line, limits)
        self.channel = FakeChannel(self.line, self.ledgers.doors().quota.take, limits)
        self.means = Means(
            MINE, self.channel.doors(), self.ledgers.doors(), tools.shelf, tools.descriptions, self.clock
        )

    def add(self, episode: Presented, number: int = 1, slug: str = "cay-khe", **given: object) -> Publication:
        """Have an episode approved."""
        mark = uploading.marker(slug, number, f"content {number}", CHANNEL)
        key = len(self.ledgers.kept) + 1
        plain = Publication(
            key, slug, number, f"content {number}", CHANNEL, mark, Airing(), Upload(), frozenset(), "hoa", ""
        )
        self.ledgers.kept[key] = replace(plain, **given)
        self.ledgers.playlist_of[key] = playlist_of(episode.facts.title, episode.count, episode.listing.playlist)
        return self.ledgers.kept[key]

    def now(self, publication: Publication) -> Publication:
        """Return a publication as it is kept now."""
        return self.ledgers.kept[publication.id]

    def do(self, errand: Errand, publication: Publication, episode: Presented) -> None:
        """Do an errand as a worker does, and note that it is done."""
        mine = replace(MINE, production=publication.id, step=errand.value)
        errands.do(errand, self.now(publication), episode, replace(self.means, assignment=mine))
        done = self.now(publication)
        self.ledgers.kept[publication.id] = replace(done, done=done.done | {errand})
