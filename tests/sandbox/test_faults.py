"""What goes wrong on demand goes wrong in the way that was asked for, as often as was asked for, and only then."""

from __future__ import annotations

import hashlib
import json
import random
import time

import jsonschema
import pytest

from media_service.youtube.sandbox.faults import Faults, Mishap
from media_service.youtube.sandbox.process import serve
from tests.sandbox import shapes
from tests.sandbox.calling import LONG, QUANTUM, Caller, options

pytestmark = pytest.mark.enable_socket


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        (503, "backendError"), (500, "internalError"), (401, "authError"), (409, "alreadyExists"),
        (403, "rateLimitExceeded"), (403, "userRateLimitExceeded"), (403, "dailyLimitExceeded"),
        (400, "uploadLimitExceeded"), (401, "youtubeSignupRequired"), (403, "insufficientPermissions"),
    ],
)  # fmt: skip
def test_any_refusal_can_be_had_in_youtubes_shape(caller: Caller, status: int, reason: str) -> None:
    caller.wrong({"on": "videos.insert", "do": "answer", "status": status, "reason": reason})
    refused = caller.open(5)
    jsonschema.validate(refused.json, shapes.ERROR)
    assert (refused.status, refused.reason) == (status, reason)
    assert caller.open(5).status == 200


def test_a_fault_comes_when_and_as_often_as_planned(caller: Caller) -> None:
    caller.wrong({"on": "videos.list", "do": "answer", "skip": 1, "times": 2})
    assert [caller.api("GET", "videos", id="x", part="id").status for _ in range(4)] == [200, 503, 503, 200]


def test_a_silent_close_does_nothing_and_a_lost_answer_all(caller: Caller) -> None:
    for do, more in (("silent", 0), ("lose", 1)):
        before = len(caller.control("state")["playlists"])
        caller.wrong({"on": "playlists.insert", "do": do})
        with pytest.raises(ConnectionError):
            caller.playlist()
        assert len(caller.control("state")["playlists"]) == before + more


def test_bytes_may_be_refused_after_some_were_taken(caller: Caller) -> None:
    session = caller.session(4 * QUANTUM)
    caller.wrong({"on": "videos.insert:bytes", "do": "answer", "status": 500, "after": 2 * QUANTUM})
    assert caller.put(session, bytes(4 * QUANTUM), 0, 4 * QUANTUM).status == 500
    assert caller.how_far(session).headers["range"] == f"bytes=0-{2 * QUANTUM - 1}"


def test_an_answer_may_be_slow(caller: Caller) -> None:
    caller.wrong({"on": "channels.list", "do": "slow", "seconds": 0.3})
    begun = time.monotonic()
    assert caller.api("GET", "channels", mine="true", part="id").status == 200
    assert time.monotonic() - begun >= 0.3


@pytest.mark.parametrize(
    "plan", [{"rules": [{"do": "cut"}]}, {"rules": [{"on": "*", "do": "melt"}]}, {"rules": [{"onn": 1}]}]
)
def test_a_plan_that_is_none_is_refused(caller: Caller, plan: object) -> None:
    told = caller.ask("POST", "/sandbox/faults", json.dumps(plan).encode())
    assert told.status == 400


def test_a_storm_is_the_same_for_the_same_seed() -> None:
    def struck(seed: int) -> list[tuple[Mishap, int]]:
        faults = Faults()
        faults.plan({"storm": {"seed": seed, "share": 0.5}})
        steps = [faults.at(step, 1000) for _ in range(50) for step in ("videos.insert", "videos.insert:bytes", "token")]
        return [(rule.do, rule.after) for rules in steps for rule in rules]

    assert struck(1) == struck(1) != struck(2)
    assert {do for do, _ in struck(1)} >= {Mishap.CUT, Mishap.ANSWER, Mishap.LOSE, Mishap.SILENT}


def test_in_a_storm_every_file_that_is_told_to_have_arrived_has_arrived_once(caller: Caller) -> None:
    """A stubborn caller gets each of its films through, whatever breaks, and each is there once."""
    chance = random.Random(3)  # noqa: S311  # always the same films
    films = [chance.randbytes(chance.randrange(1, 4 * QUANTUM)) for _ in range(100 if LONG else 6)]
    before = {video["id"] for video in caller.control("state")["videos"]}
    caller.control("faults", storm={"seed": 11, "share": 0.35, "on": "videos.insert:*", "expiring": 0})
    ids = [send(caller, film) for film in films]
    caller.wrong()
    new = [video for video in caller.control("state")["videos"] if video["id"] not in before]
    assert [video["id"] for video in new] == ids
    assert [video["file"]["sha256"] for video in new] == [hashlib.sha256(film).hexdigest() for film in films]


def send(caller: Caller, film: bytes) -> str:
    session, size = caller.session(len(film)), len(film)
    for _ in range(60):
        try:
            asked = caller.how_far(session, size)
            if asked.status == 308:
                held = int(asked.headers.get("range", "bytes=0--1").removeprefix("bytes=0-")) + 1
                asked = caller.put(session, film[held:], held, size)
            if asked.status == 200:
                return str(asked.json["id"])
        except ConnectionError:
            continue
    pytest.fail("never arrived")


def test_nothing_can_be_told_to_go_wrong_unless_it_was_started_so(tmp_path_factory: pytest.TempPathFactory) -> None:
    with serve(options(tmp_path_factory.mktemp("good"), faults=False)) as sandbox:
        caller = Caller(sandbox)
        for path in ("faults", "clock", "consent", "playlist"):
            assert caller.ask("POST", f"/sandbox/{path}", b"{}").status in {404, 405}
        assert caller.ask("GET", "/sandbox/state").status == 404
