"""The two buckets of a Pacific day: what each call costs, how YouTube refuses, when there is more."""

from __future__ import annotations

from collections.abc import Iterator

import jsonschema
import pytest

from media_service.youtube.sandbox.process import serve
from tests.sandbox import shapes
from tests.sandbox.calling import PNG, VTT, Caller, options

pytestmark = pytest.mark.enable_socket


@pytest.fixture(autouse=True)
def _new_day(caller: Caller) -> None:
    next_day(caller)


@pytest.fixture(scope="module")
def _first(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Caller]:
    with serve(options(tmp_path_factory.mktemp("poor"), uploads=2, units=1_000)) as sandbox:
        yield Caller(sandbox)


def next_day(caller: Caller) -> None:
    caller.control("clock", by=24 * 3600)
    caller.access = caller.token(caller.refresh).json["access_token"]


def test_each_call_costs_what_youtube_asks(caller: Caller) -> None:
    video, playlist = caller.video(), caller.playlist()
    caller.api("GET", "videos", id=video, part="id")
    caller.place(playlist, video)
    caller.upload("thumbnails/set", PNG, videoId=video)
    track = caller.upload(
        "captions", VTT, {"snippet": {"videoId": video, "language": "vi", "name": ""}}, part="snippet"
    )
    caller.api("GET", "captions", videoId=video, part="id")
    caller.api("DELETE", "captions", id=track.json["id"])
    state = caller.control("state")
    today = [call for call in state["calls"] if call["day"] == state["day"]]
    costs = {call["method"]: (call["bucket"], call["cost"], call["status"]) for call in today}
    assert costs == {
        "videos.insert": ("uploads", 1, 200),
        "playlists.insert": ("units", 50, 200),
        "videos.list": ("units", 1, 200),
        "playlistItems.insert": ("units", 50, 200),
        "thumbnails.set": ("units", 50, 200),
        "captions.insert": ("units", 400, 200),
        "captions.list": ("units", 50, 200),
        "captions.delete": ("units", 50, 204),
    }
    assert state["spent"] == {"uploads": 1, "units": 651}


def test_an_empty_bucket_of_uploads_is_told_as_a_rate_limit_per_day(caller: Caller) -> None:
    caller.video()
    caller.video()
    refused = caller.open(5)
    jsonschema.validate(refused.json, shapes.ERROR)
    assert (refused.status, refused.reason) == (429, "rateLimitExceeded")
    assert "'Video Uploads per day'" in refused.json["error"]["message"]
    assert caller.playlist()
    next_day(caller)
    assert caller.open(5).status == 200


def test_an_empty_bucket_of_units_leaves_uploads_alone(caller: Caller) -> None:
    for _ in range(20):
        caller.playlist()
    refused = caller.api("GET", "videos", id="x", part="id")
    jsonschema.validate(refused.json, shapes.ERROR)
    assert (refused.status, refused.reason) == (403, "quotaExceeded")
    assert refused.json["error"]["errors"][0]["domain"] == "youtube.quota"
    assert caller.video()


def test_a_call_that_is_refused_for_itself_is_paid_for_all_the_same(caller: Caller) -> None:
    assert caller.api("POST", "playlists", {"snippet": {}}, part="snippet").status == 400
    assert caller.control("state")["spent"]["units"] == 50


def test_the_day_begins_at_midnight_in_california(caller: Caller) -> None:
    caller.control("clock", to="2097-07-02T06:59:50Z")
    caller.access = caller.token(caller.refresh).json["access_token"]
    assert caller.control("state")["day"] == "2097-07-01"
    caller.video()
    assert caller.control("state")["spent"]["uploads"] == 1
    caller.control("clock", to="2097-07-02T07:00:00Z")
    assert (caller.control("state")["day"], caller.control("state")["spent"]["uploads"]) == ("2097-07-02", 0)
    caller.control("clock", to="2097-12-02T08:00:00Z")
    assert caller.control("state")["day"] == "2097-12-02"


def test_a_bucket_may_be_empty_whatever_was_paid_from_it(caller: Caller) -> None:
    caller.wrong({"on": "videos.list", "do": "empty", "reason": "uploads"})
    caller.api("GET", "videos", id="x", part="id")
    assert caller.open(5).status == 429
    next_day(caller)
    assert caller.open(5).status == 200
