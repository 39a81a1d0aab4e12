"""What is said of videos: our words are written, everything else stays as it was."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from media_service.channels import Localisation
from media_service.domain.publication import Airing, Visibility
from media_service.errors import ChannelRefusedError, NotYetError
from tests.youtube.scene import DETAILS, Scene

pytestmark = pytest.mark.enable_socket

TRACK = b"WEBVTT\n\n00:00.000 --> 00:02.000\nNg\xc3\xa0y x\xc6\xb0a\n"
TOMORROW = (datetime.now(UTC) + timedelta(days=1)).replace(microsecond=0)


def set_by_hand(scene: Scene, video: str, part: str, **settings: Any) -> None:
    """Change a part as a person does in YouTube Studio, through the API itself."""
    client = scene.channel().videos._client  # type: ignore[attr-defined]
    there = scene.arrived(video).get(part, {})
    client.call("videos.update", part=part, body={"id": video, part: {**there, **settings}})


def picture(path: Path, width: int, height: int) -> Path:
    Image.new("RGB", (width, height), "teal").save(path)
    return path


def test_a_look_tells_of_those_that_are_there(scene: Scene) -> None:
    videos = [scene.upload() for _ in range(2)]
    scene.calls.clear()
    seen = {
        one.video: one for one in scene.channel().videos.look([*videos, "nobodys", *("x" * n for n in range(1, 50))])
    }
    assert seen.keys() == set(videos)
    one = seen[videos[0]]
    assert (one.title, one.visibility, one.publish_at) == (DETAILS.title, Visibility.PRIVATE, None)
    assert (one.processing, one.upload_status, one.reason) == ("succeeded", "processed", "")
    assert (one.views, one.likes) == (0, 0)
    assert scene.calls == ["videos.list"] * 2


def test_a_correction_leaves_what_it_says_nothing_of(scene: Scene) -> None:
    video = scene.upload()
    set_by_hand(scene, video, "status", embeddable=False, publicStatsViewable=False, publishAt=TOMORROW.isoformat())
    set_by_hand(scene, video, "localizations", fr={"title": "Le carambolier", "description": ""})
    wanted = replace(
        DETAILS,
        title="Ăn khế trả vàng",
        made_for_kids=False,
        localisations=(Localisation("en", "The Star Fruit Tree", "Once upon a time."),),
    )
    scene.channel().videos.correct(video, wanted)
    there = scene.arrived(video)
    status = there["status"]
    assert there["snippet"]["title"] == "Ăn khế trả vàng"
    assert there["snippet"]["categoryId"] == "27"
    assert (status["embeddable"], status["publicStatsViewable"], status["privacyStatus"]) == (False, False, "private")
    assert datetime.fromisoformat(status["publishAt"]) == TOMORROW
    assert status["selfDeclaredMadeForKids"] is False
    assert there["localizations"] == {
        "fr": {"title": "Le carambolier", "description": ""},
        "en": {"title": "The Star Fruit Tree", "description": "Once upon a time."},
    }


def test_what_is_said_already_is_not_written_again(scene: Scene) -> None:
    video = scene.upload()
    scene.calls.clear()
    scene.channel().videos.correct(video, DETAILS)
    assert scene.calls == ["videos.list"]


@pytest.mark.parametrize("visibility", Visibility)
def test_a_video_is_shown_as_wished_and_keeps_its_settings(scene: Scene, visibility: Visibility) -> None:
    video = scene.upload()
    set_by_hand(scene, video, "status", embeddable=False, license="creativeCommon")
    scene.channel().videos.reveal(video, Airing(visibility))
    status = scene.arrived(video)["status"]
    assert status["privacyStatus"] == visibility
    assert (status["embeddable"], status["license"]) == (False, "creativeCommon")
    assert status["selfDeclaredMadeForKids"] is status["containsSyntheticMedia"] is True


def test_a_time_is_set_and_taken_back(scene: Scene) -> None:
    video, videos = scene.upload(), scene.channel().videos
    videos.reveal(video, Airing(at=TOMORROW))
    (seen,) = videos.look([video])
    assert (seen.visibility, seen.publish_at) == (Visibility.PRIVATE, TOMORROW)
    videos.reveal(video, Airing(Visibility.PRIVATE))
    (seen,) = videos.look([video])
    assert (seen.visibility, seen.publish_at) == (Visibility.PRIVATE, None)


def test_a_time_that_has_passed_means_now(scene: Scene) -> None:
    video, videos = scene.upload(), scene.channel().videos
    videos.reveal(video, Airing(at=datetime(2020, 1, 1, tzinfo=UTC)))
    (seen,) = videos.look([video])
    assert (seen.visibility, seen.publish_at) == (Visibility.PUBLIC, None)


def test_no_time_can_be_set_for_what_was_public(scene: Scene) -> None:
    video, videos = scene.upload(), scene.channel().videos
    videos.reveal(video, Airing())
    with pytest.raises(ChannelRefusedError) as told:
        videos.reveal(video, Airing(at=TOMORROW))
    assert told.value.field == "publish_at"


def test_a_video_that_is_shown_already_costs_one_unit(scene: Scene) -> None:
    video, videos = scene.upload(), scene.channel().videos
    videos.reveal(video, Airing(at=TOMORROW))
    scene.calls.clear()
    videos.reveal(video, Airing(at=TOMORROW))
    assert scene.calls == ["videos.list"]


def test_a_video_that_is_not_known_yet_is_waited_for(scene: Scene, tmp_path: Path) -> None:
    scene.mishap("videos.insert", "hide", seconds=3600)
    video, videos = scene.upload(), scene.channel().videos
    for ask in (
        lambda: videos.reveal(video, Airing()),
        lambda: videos.correct(video, DETAILS),
        lambda: videos.thumbnail(video, picture(tmp_path / "t.jpg", 1280, 720)),
        lambda: videos.caption(video, "vi", "", TRACK),
    ):
        with pytest.raises(NotYetError):
            ask()
    assert videos.look([video]) == ()


def test_a_thumbnail_is_set(scene: Scene, tmp_path: Path) -> None:
    video = scene.upload()
    scene.channel().videos.thumbnail(video, picture(tmp_path / "t.jpg", 1280, 720))
    there = scene.arrived(video)["thumbnail"]
    assert (there["type"], there["width"], there["height"]) == ("image/jpeg", 1280, 720)


def captions(scene: Scene, video: str) -> list[Any]:
    return [one for one in scene.ask("state")["captions"] if one["videoId"] == video]


def test_a_track_of_captions_is_added_and_costs_nothing_else(scene: Scene) -> None:
    video = scene.upload()
    scene.calls.clear()
    added = scene.channel().videos.caption(video, "vi", "", TRACK)
    (there,) = captions(scene, video)
    assert (there["id"], there["language"], there["name"], there["isDraft"]) == (added, "vi", "", False)
    assert scene.calls == ["captions.insert"]


def test_a_track_of_that_language_and_name_is_replaced(scene: Scene) -> None:
    video, videos = scene.upload(), scene.channel().videos
    first = videos.caption(video, "vi", "", TRACK)
    other = videos.caption(video, "en", "", TRACK)
    before = {one["id"]: one["sha256"] for one in captions(scene, video)}
    scene.calls.clear()
    assert videos.caption(video, "vi", "", TRACK + b"\n00:02.000 --> 00:03.000\nXong\n") == first
    after = {one["id"]: one["sha256"] for one in captions(scene, video)}
    assert after.keys() == {first, other}
    assert (after[first] != before[first], after[other] == before[other]) == (True, True)
    assert scene.calls == ["captions.insert", "captions.list", "captions.update"]


def test_whoami_tells_of_the_channel(scene: Scene) -> None:
    seen = scene.channel().identity.whoami()
    assert seen.id.startswith("UC")
    assert (seen.title, seen.long_uploads) == ("Thư viện tỉnh Bình Thuận", "allowed")
