"""From an approval to viewers: the real service with real workers on a real channel of our own, killed and starved."""

from __future__ import annotations

import hashlib
import os
import signal
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import requests
from sqlalchemy import update

from media_service.channels import Consent
from media_service.cli.demo_check import faults
from media_service.database.connection import Database
from media_service.database.publishing_tables import quota
from media_service.domain.publication import Airing, Errand, UploadState, Visibility
from media_service.domain.service import Verdict
from media_service.domain.stage import Queue
from media_service.ledgers import PublicationStatus
from media_service.settings import Publishing, shipped_defaults
from media_service.stores import Decision
from media_service.youtube.sandbox.process import Running, serve
from media_service.youtube.sandbox.sandbox import CHANNEL, Options
from tests.database.scene import let_time_pass
from tests.publishing.service import IN_ORDER
from tests.worker.scene import Scene, eventually, scene

ALL = (Queue.SPEECH, Queue.FILM, Queue.MISC, Queue.PUBLISH)
LATER = datetime.now(UTC).replace(microsecond=0, second=0) + timedelta(days=9)


@dataclass
class Shop:
    """A service at work that publishes to a channel of its own."""

    one: Scene
    channel: Running

    def make(self, slug: str, *chapters: str) -> None:
        self.one.submit(slug, *chapters, **IN_ORDER, playlist=f"Kể chuyện {slug}")
        soon(lambda: self.one.finished(slug))

    def approve(self, slug: str, *numbers: int) -> None:
        for number in numbers:
            decision = Decision(Verdict.APPROVED, "hoa", waiver="Giọng thử.")
            self.one.stores.reviews.decide(slug, number, decision)

    def publications(self, slug: str) -> list[PublicationStatus]:
        there = self.one.stores.ledgers.publications.status(slug)
        return sorted(there, key=lambda one: one.publication.number)

    def published(self, slug: str) -> bool:
        there = self.publications(slug)
        return bool(there) and all(one.publication.done == frozenset(Errand) for one in there)

    def films(self, slug: str) -> list[str]:
        """Return the hashes of the films that were made, in the order of the episodes."""
        found = sorted((self.one.settings.output / slug).glob("*/video.mp4"))
        return [hashlib.sha256(path.read_bytes()).hexdigest() for path in found]

    def state(self) -> Any:
        return requests.get(f"{self.channel.url}/sandbox/state", timeout=30).json()

    def videos(self, slug: str) -> list[Any]:
        """Return what the channel holds of a work, in the order of its episodes."""
        marks = [one.publication.marker for one in self.publications(slug)]
        there = self.state()["videos"]
        return [video for mark in marks for video in there if mark in video["snippet"]["tags"]]

    def tell(self, what: str, **said: object) -> None:
        requests.post(f"{self.channel.url}/sandbox/{what}", json=said, timeout=30).raise_for_status()


def soon(true: Callable[[], object]) -> None:
    eventually(lambda: time.sleep(0.2) or true(), 300)


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    folder = tmp_path_factory.mktemp("shop")
    options = Options(folder / "channel", (shipped_defaults() / "templates",), faults=True, processing_s=0.0)
    with (
        serve(options) as channel,
        scene(folder, "tests.publishing.service", Publishing("sandbox", channel.url)) as one,
    ):
        given = Consent(CHANNEL, "Thư viện", channel.consent(), datetime.now(UTC))
        one.stores.ledgers.consents.keep(given, "hoa")
        one.up(ALL)
        yield Shop(one, channel)


@pytest.fixture(autouse=True)
def sockets(socket_enabled: None) -> None:
    """The channel is asked on this machine."""


def test_approved_works_come_to_the_channel_whole_in_order_and_are_shown_when_they_should_be(shop: Shop) -> None:
    shop.make("cay-khe", "Ngày xưa có hai anh em.", "Rồi người em ra đi.")
    shop.approve("cay-khe", 2, 1)
    shop.one.stores.ledgers.publications.air("cay-khe", 2, Airing(Visibility.PUBLIC, LATER), "hoa")
    soon(lambda: shop.published("cay-khe"))
    first, second = shop.videos("cay-khe")
    seen = shop.state()
    assert [video["file"]["sha256"] for video in (first, second)] == shop.films("cay-khe")
    assert [first["id"], second["id"]] in [playlist["videos"] for playlist in seen["playlists"]]
    descriptions = sorted((shop.one.settings.output / "cay-khe").glob("*/description.txt"))
    said = [video["snippet"]["description"] for video in (first, second)]
    assert said == [path.read_text(encoding="utf-8") for path in descriptions]
    assert {first["id"], second["id"]} <= {track["videoId"] for track in seen["captions"]}
    assert all(video["status"]["selfDeclaredMadeForKids"] and "thumbnail" in video for video in (first, second))
    assert [video["status"]["privacyStatus"] for video in (first, second)] == ["public", "private"]
    assert second["status"]["publishAt"].startswith(f"{LATER:%Y-%m-%dT%H:%M}")
    said = faults(shop.one.settings, shop.one.stores, ["cay-khe"], shop.channel.url)
    assert {str(one) for one in said} == {  # what a demo would find amiss: nobody but its owner sees the second one
        "cay-khe 02: it is not public.",
        "cay-khe 02: video.mp4 is not the one that was made.",
    }


def test_a_worker_killed_in_the_middle_of_a_film_leaves_one_right_video(shop: Shop) -> None:
    shop.make("to-lon", "Một bộ phim to-lon.")
    shop.tell("faults", rules=[{"on": "videos.insert:bytes", "do": "slow", "seconds": 0.5, "times": 100}])
    shop.approve("to-lon", 1)
    soon(lambda: shop.publications("to-lon")[0].publication.upload.sent > 0)
    horses = set(shop.one.horses()) & set(shop.one.workers(Queue.PUBLISH))
    assert horses
    for pid in horses:
        os.kill(pid, signal.SIGKILL)
    shop.tell("faults")
    soon(lambda: shop.published("to-lon"))
    assert [video["file"]["sha256"] for video in shop.videos("to-lon")] == shop.films("to-lon")


def test_a_service_that_is_asked_to_stop_in_the_middle_of_a_film_goes_on_from_there(shop: Shop) -> None:
    shop.make("that-to-lon", "Một bộ phim khác cũng to-lon.")
    shop.tell("faults", rules=[{"on": "videos.insert:bytes", "do": "slow", "seconds": 0.5, "times": 100}])
    shop.approve("that-to-lon", 1)
    soon(lambda: shop.publications("that-to-lon")[0].publication.upload.sent > 0)
    service = shop.one.supervisors[-1]
    service.terminate()
    service.wait(timeout=10)
    kept = shop.publications("that-to-lon")[0].publication.upload
    assert kept.state is UploadState.OPEN
    assert kept.file
    shop.tell("faults")
    shop.one.up(ALL)
    soon(lambda: shop.published("that-to-lon"))
    assert [video["file"]["sha256"] for video in shop.videos("that-to-lon")] == shop.films("that-to-lon")
    assert len([one for one in shop.state()["ranges"] if one["size"] == kept.file.size and one["first"] == 0]) == 1


def test_an_empty_quota_parks_the_rest_until_the_channels_next_day(shop: Shop) -> None:
    shop.make("con-co", "Con cò bay lả bay la.")
    shop.tell("faults", rules=[{"on": "videos.insert", "do": "empty", "reason": "uploads", "times": 100}])
    shop.approve("con-co", 1)
    soon(lambda: any(errand.parked for errand in shop.publications("con-co")[0].errands))
    (sending,) = shop.publications("con-co")[0].errands
    assert sending.again_at
    assert sending.again_at > datetime.now(UTC)
    asked = len(shop.state()["calls"])
    time.sleep(1)
    assert len(shop.state()["calls"]) == asked
    assert shop.videos("con-co") == []
    the_next_day(shop)
    soon(lambda: shop.published("con-co"))
    assert len(shop.videos("con-co")) == 1


def the_next_day(shop: Shop) -> None:
    """Let a day pass for the channel, and for us."""
    shop.tell("faults")
    shop.tell("clock", by=86_400)
    database = Database(shop.one.settings.database)
    with database.write() as run:
        run.execute(update(quota).values(day="2026-01-01"))
    let_time_pass(database)
    database.close()
