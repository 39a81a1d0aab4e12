"""Whoever can write to Redis can ring the bell, but neither run code nor stop a worker."""

from __future__ import annotations

import base64
import json
import os
import pickle
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from redis import Redis
from rq import Queue
from rq.serializers import JSONSerializer

from media_service.queue.bell import Bell
from media_service.queue.sweeping import Sweeper
from tests.queue.conftest import Crew, eventually, ring
from tests.queue.stand_in import StandInJob

OURS = StandInJob.function


class Pickled:
    """Runs a command when it is unpickled."""

    def __init__(self, command: str) -> None:
        self.command = command

    def __reduce__(self) -> tuple[Callable[[str], int], tuple[str]]:
        return os.system, (self.command,)


def packed(*call: object) -> bytes:
    return zlib.compress(json.dumps(call).encode())


def plant(client: Redis, name: bytes | str = "s900-1", **fields: Any) -> None:
    whole = {
        "data": packed(OURS, None, [900, 1], {}),
        "origin": "speech",
        "timeout": 60,
        "status": "queued",
        "created_at": "2026-01-01T00:00:00.000000Z",
        "enqueued_at": "2026-01-01T00:00:00.000000Z",
    }
    wanted = {key: value for key, value in {**whole, **fields}.items() if value is not None}
    client.delete(b"rq:job:" + (name if isinstance(name, bytes) else name.encode()))
    if wanted:
        client.hset(b"rq:job:" + (name if isinstance(name, bytes) else name.encode()), mapping=wanted)
    client.rpush("rq:queue:speech", name)


def by_rq(client: Redis, canary: str) -> None:
    Queue("speech", client, serializer=JSONSerializer).enqueue("os.system", f"touch {canary}", job_id="s900-1")


def by_rq_pickled(client: Redis, canary: str) -> None:
    Queue("speech", client).enqueue("os.system", f"touch {canary}", job_id="s900-1")


CODE: dict[str, Callable[[Redis, str], object]] = {
    "pickle": lambda client, canary: plant(client, data=zlib.compress(pickle.dumps(Pickled(f"touch {canary}")))),
    "pickle, not packed": lambda client, canary: plant(client, data=pickle.dumps(Pickled(f"touch {canary}"))),
    "a job made by rq": by_rq,
    "a job made by rq with pickle": by_rq_pickled,
    "another function": lambda client, canary: plant(client, data=packed("os.system", None, [f"touch {canary}"], {})),
    "a function on an instance": lambda client, canary: plant(
        client, data=packed("system", "os", [f"touch {canary}"], {})
    ),
    "pickle as the result": lambda client, canary: plant(client, result=pickle.dumps(Pickled(f"touch {canary}"))),
    "pickle as the meta": lambda client, canary: plant(client, meta=pickle.dumps(Pickled(f"touch {canary}"))),
    **{
        f"a callback ({when})": lambda client, _, when=when: plant(
            client, **{f"{when}_callback_name": "tests.queue.stand_in.canary"}
        )
        for when in ("success", "failure", "stopped")
    },
    "failing with a callback": lambda client, _: plant(
        client,
        "s500-1",
        data=packed(OURS, None, [500, 1], {}),
        failure_callback_name="tests.queue.stand_in.canary",
        retries_left="5",
    ),
    "a dependent": lambda client, _: (
        client.sadd("rq:job:s900-1:dependents", "s901-1", b"\xff"),
        client.hset("rq:job:s901-1", mapping={"data": packed("os.system", None, ["true"], {}), "status": "deferred"}),
        plant(client),
    ),
    "a web address to call": lambda client, _: plant(
        client, webhooks=json.dumps([{"url": "http://127.0.0.1:9/", "job_status": "finished"}])
    ),
}

BROKEN: dict[str, Callable[[Redis], object]] = {
    "no hash": lambda client: client.rpush("rq:queue:speech", "s900-1"),
    "not a hash": lambda client: (
        client.set("rq:job:s900-1", "text"),
        client.rpush("rq:queue:speech", "s900-1"),
    ),
    "no data": lambda client: plant(client, data=None),
    "empty data": lambda client: plant(client, data=b""),
    "data that is not packed": lambda client: plant(client, data=b"\x80\x04\xff"),
    "data cut short": lambda client: plant(client, data=packed(OURS, None, [900, 1], {})[:-6]),
    "a bomb as data": lambda client: plant(client, data=zlib.compress(b"[" * 1_900_000)),
    "a large bomb as data": lambda client: plant(client, data=zlib.compress(b"[" * 50_000_000)),
    "very much data": lambda client: plant(client, data=b"x" * 5_000_000),
    "deep data": lambda client: plant(client, data=zlib.compress(b"[" * 2_000)),
    "not JSON": lambda client: plant(client, data=zlib.compress(b"\xff{")),
    "a number": lambda client: plant(client, data=packed(5)),
    "text for numbers": lambda client: plant(client, data=packed(OURS, None, ["900", 1], {})),
    "truth for a number": lambda client: plant(client, data=packed(OURS, None, [900, True], {})),
    "a third number": lambda client: plant(client, data=packed(OURS, None, [900, 1, 1], {})),
    "named arguments": lambda client: plant(client, data=packed(OURS, None, [900, 1], {"x": 1})),
    "another stage than its name says": lambda client: plant(client, data=packed(OURS, None, [901, 1], {})),
    "an unreadable timeout": lambda client: plant(client, timeout="soon"),
    "a negative timeout": lambda client: plant(client, timeout="-1"),
    "no timeout": lambda client: plant(client, timeout=None),
    "an endless timeout": lambda client: plant(client, timeout="9" * 30),
    "another queue": lambda client: plant(client, origin="film"),
    "unreadable bytes for a queue": lambda client: plant(client, origin=b"\xff\xfe"),
    "no queue": lambda client: plant(client, origin=None),
    "unreadable dates": lambda client: plant(client, created_at="yesterday", enqueued_at=b"\xff", started_at="?"),
    "an unknown status": lambda client: plant(client, status="shiny"),
    "unreadable numbers": lambda client: plant(
        client, result_ttl="x", failure_ttl=b"\xff", retries_left="many", ttl="?", enqueue_at_front="?"
    ),
    "unreadable lists": lambda client: plant(client, dependency_ids="[", retry_intervals="{", group_id=b"\xff"),
    "unreadable field names": lambda client: (
        plant(client),
        client.hset("rq:job:s900-1", b"\xff\xfe", b"\xff"),
    ),
    "a rate limit": lambda client: plant(client, rate_limit_key="x", rate_limit_concurrency="1"),
    "a strange name": lambda client: plant(client, "../../etc/passwd"),
    "a name with a colon": lambda client: plant(client, "s900-1:s101-1"),
    "a name of another kind": lambda client: plant(client, "6e0f1a3c-5d0f-4b7e-9b53-0c1a7a8d9e0f"),
    "a name of unreadable bytes": lambda client: plant(client, b"s900-1\xff"),
    "an empty name": lambda client: client.rpush("rq:queue:speech", ""),
    "strange entries among the popped": lambda client: client.rpush(
        "rq:queue:speech:intermediate", b"\xff", "a:b:c", "s1-1"
    ),
    "strange entries among the begun": lambda client: client.zadd(
        "rq:wip:speech", {b"\xff:\xfe": 1, "a:b:c": 1, "s900-1:x": 1, "bare": 1}
    ),
    "strange workers": lambda client: client.sadd("rq:workers:speech", b"\xff", "rq:worker:gone"),
    "a suspension": lambda client: client.set("rq:suspended", 1),
    "a lock on maintenance": lambda client: client.set("rq:clean_registries:speech", 1),
    "rate limits": lambda client: client.sadd("rq:rl-keys", b"\xff", "x"),
}


@pytest.fixture
def canary(tmp_path: Path) -> Iterator[Path]:
    path = tmp_path / "canary"
    yield path
    assert not path.exists(), "foreign code ran"


def test_no_foreign_code_runs_and_the_worker_goes_on(
    client: Redis, bell: Bell, crew: Crew, canary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STAND_IN_CANARY", str(canary))
    worker = crew.hire()
    for number, (name, attack) in enumerate(CODE.items(), start=1):
        attack(client, str(canary))
        bell.ring([ring(100, number)])
        crew.wait_for(f"done 100-{number}")
        assert worker.poll() is None, name
    assert "os.system" not in crew.log()


def test_nothing_unreadable_stops_a_worker_or_is_done(client: Redis, bell: Bell, crew: Crew) -> None:
    worker = crew.hire()
    for number, (name, attack) in enumerate(BROKEN.items(), start=1):
        attack(client)
        bell.ring([ring(100, number)])
        crew.wait_for(f"done 100-{number}")
        assert worker.poll() is None, name
    begun = [line.split()[1] for line in crew.lines("begun") if not line.startswith("begun 100-")]
    assert begun == ["900-1"] * 6  # dates, status, numbers, lists, field names, rate limit: nobody reads these
    assert client.lrange("rq:queue:speech", 0, -1) == []


def test_nothing_unreadable_stops_a_worker_at_its_start(client: Redis, bell: Bell, crew: Crew) -> None:
    for attack in BROKEN.values():
        attack(client)
    bell.ring([ring(101)])
    crew.hire()
    crew.wait_for("done 101-1")


def test_keys_of_the_wrong_kind_are_removed_by_the_next_worker(client: Redis, bell: Bell, crew: Crew) -> None:
    for key in ("queue:speech", "queue:speech:intermediate", "wip:speech", "workers", "workers:speech", "queues"):
        client.set(f"rq:{key}", "text")
    crew.hire()
    eventually(lambda: client.type("rq:queue:speech") == b"none")
    bell.ring([ring(101)])
    crew.wait_for("done 101-1")


def test_a_name_among_the_popped_is_forgotten_after_a_while(client: Redis) -> None:
    now = [0.0]
    sweeper = Sweeper(client, "speech", lambda: now[0])
    client.rpush("rq:queue:speech:intermediate", b"\xff", "s101-1")
    sweeper.sweep()
    now[0] += 11
    client.rpush("rq:queue:speech:intermediate", "s102-1")
    sweeper.sweep()
    assert client.lrange("rq:queue:speech:intermediate", 0, -1) == [b"s102-1"]


def test_what_a_dead_worker_had_begun_does_not_stay_for_ever(client: Redis) -> None:
    plant(client, "s101-1")
    client.zadd("rq:wip:speech", {"s101-1:execution": 1, "s102-1:execution": 1e12})
    Sweeper(client, "speech").sweep()
    assert client.zrange("rq:wip:speech", 0, -1) == [b"s102-1:execution"]
    assert 0 < client.ttl("rq:job:s101-1") <= 3600


def test_no_words_of_a_failure_reach_redis(client: Redis, bell: Bell, crew: Crew) -> None:
    bell.ring([ring(500)])
    crew.hire()
    crew.wait_for("begun 500-1")
    eventually(lambda: client.zcard("rq:failed:speech") == 1)
    told = client.hgetall("rq:job:s500-1")
    assert zlib.decompress(told.pop(b"exc_info", zlib.compress(b""))) == b""
    for _, result in client.xrange("rq:results:s500-1"):
        assert zlib.decompress(base64.b64decode(result[b"exc_string"])) == b""
    assert not [key for key in client.keys("*") if b"planted-secret" in client.dump(key)]
