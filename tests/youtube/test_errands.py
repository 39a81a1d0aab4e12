"""The errands of publishing by the real client on a channel of our own: what they ask for is what the plan reckons."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PIL import Image

from media_service.domain.product import Key
from media_service.domain.publication import Errand
from media_service.domain.quota import calls
from media_service.ports import Shelf
from tests.fakes_channel import Stand
from tests.steps.publishing import numbered, presented
from tests.youtube.scene import Scene

pytestmark = pytest.mark.enable_socket


@dataclass(frozen=True)
class WithPicture:
    """A shelf whose thumbnails are pictures."""

    shelf: Shelf
    picture: Path

    def reach(self, key: Key) -> Path:
        return self.picture if key.suffix == ".jpg" else self.shelf.reach(key)


def test_each_errand_asks_for_what_the_plan_reckons_and_all_is_dressed(scene: Scene, tmp_path: Path) -> None:
    plain, tools = presented(tmp_path, playlist="Kể chuyện ngày xưa")
    plain = replace(plain, listing=replace(plain.listing, playlist="Kể chuyện ngày xưa"))
    stand = Stand(tools, now=datetime.now(UTC))
    Image.new("RGB", (1280, 720), "green").save(tmp_path / "green.jpg")
    shelf = WithPicture(tools.shelf, tmp_path / "green.jpg")
    stand.means = replace(stand.means, channel=scene.channel(), shelf=shelf)
    for number in (2, 1):
        episode = numbered(plain, number, 2)
        publication = stand.add(episode, number)
        for errand in Errand:
            entries = None if number == 2 else 1
            before = len(scene.calls)
            stand.do(errand, publication, episode)
            asked = scene.calls[before:]
            assert asked == list(calls(errand, "Kể chuyện ngày xưa", entries)), errand
            before = len(scene.calls)
            stand.do(errand, publication, episode)  # done again, it harms nothing
            assert "videos.insert" not in scene.calls[before:]

    state = scene.ask("state")
    ids = {one.number: one.upload.video for one in stand.ledgers.kept.values()}
    (playlist,) = [one for one in state["playlists"] if one["snippet"]["title"] == "Kể chuyện ngày xưa"]
    assert playlist["videos"] == [ids[1], ids[2]]
    assert all(scene.arrived(one)["status"]["privacyStatus"] == "public" for one in ids.values())
    captioned = [one["videoId"] for one in state["captions"] if one["videoId"] in ids.values()]
    assert sorted(captioned) == sorted(ids.values())
