"""The bell on a real server."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from redis import Redis

from media_service.domain.stage import Queue, Ring
from media_service.errors import QueueAwayError
from media_service.queue.bell import Bell
from media_service.queue.embedded import EmbeddedRedis
from tests.queue.conftest import Crew, ring


def listed(client: Redis) -> list[bytes]:
    return client.lrange("rq:queue:speech", 0, -1)


def test_what_was_rung_waits(bell: Bell) -> None:
    bell.ring([ring(101), ring(102, 3), Ring(103, 1, Queue.FILM, timedelta(minutes=1))])
    assert bell.waiting(Queue.SPEECH) == {(101, 1), (102, 3)}
    assert bell.waiting(Queue.FILM) == {(103, 1)}
    assert (bell.length(Queue.SPEECH), bell.length(Queue.MISC)) == (2, 0)


def test_the_same_ring_given_twice_is_rung_once(bell: Bell) -> None:
    bell.ring([ring(101), ring(101)])
    assert bell.length(Queue.SPEECH) == 1


def test_rings_keep_their_order_and_those_at_the_front_go_before(bell: Bell, client: Redis) -> None:
    bell.ring([ring(101), ring(102)])
    bell.ring([ring(103), ring(104)], at_front=True)
    assert listed(client) == [b"s103-1", b"s104-1", b"s101-1", b"s102-1"]


def test_redis_is_told_two_numbers_and_nothing_else(bell: Bell, client: Redis) -> None:
    bell.ring([ring(101, 7)])
    told = {name: value for name, value in client.hgetall("rq:job:s101-7").items() if value and name != b"data"}
    assert told.keys() == {
        *(b"created_at", b"enqueued_at", b"origin", b"description", b"timeout"),
        *(b"result_ttl", b"failure_ttl", b"status", b"ttl"),
    }
    assert told[b"description"] == b"stage"
    assert 0 < client.ttl("rq:job:s101-7") <= 7 * 24 * 3600


def test_what_a_worker_took_waits_only_for_a_moment_more(server: EmbeddedRedis, client: Redis) -> None:
    now = [100.0]
    bell = Bell(server.url, clock=lambda: now[0])
    client.rpush("rq:queue:speech:intermediate", "s101-1")
    client.zadd("rq:wip:speech", {"s102-1:execution": 1e12, "strange": 1e12})
    assert bell.waiting(Queue.SPEECH) == {(101, 1), (102, 1)}
    now[0] += 6
    assert bell.waiting(Queue.SPEECH) == set()
    bell.close()


def test_all_keys_may_vanish(bell: Bell, client: Redis, crew: Crew) -> None:
    bell.ring([ring(101), ring(102)])
    client.flushall()
    assert bell.waiting(Queue.SPEECH) == set()
    bell.ring([ring(101), ring(102)])
    crew.hire()
    crew.wait_for("done 101-1")
    crew.wait_for("done 102-1")


def test_a_ring_can_be_taken_back(bell: Bell) -> None:
    bell.ring([ring(101), ring(102)])
    bell.forget([ring(101), ring(103)])
    assert bell.waiting(Queue.SPEECH) == {(102, 1)}


def test_a_ring_is_taken_by_one_and_leaves_nothing(bell: Bell, client: Redis) -> None:
    bell.ring([ring(101, 7), ring(102)])
    assert [bell.take(Queue.SPEECH, 1) for _ in range(3)] == [(101, 7), (102, 1), None]
    assert client.keys("rq:job:*") == []
    client.rpush("rq:queue:speech", "strange")
    assert bell.take(Queue.SPEECH, 1) is None
    assert listed(client) == []


def test_the_age_of_a_queue_is_that_of_what_comes_next(bell: Bell, client: Redis) -> None:
    assert bell.age_s(Queue.SPEECH) == 0.0
    bell.ring([ring(101)])
    assert 0.0 <= bell.age_s(Queue.SPEECH) < 5.0
    client.hset("rq:job:s101-1", "enqueued_at", "2020-01-01T00:00:00.000000Z")
    assert bell.age_s(Queue.SPEECH) > 1e8
    client.hset("rq:job:s101-1", "enqueued_at", b"\xff long ago")
    assert bell.age_s(Queue.SPEECH) == 0.0


def test_a_server_that_is_away_is_one_error_without_the_password(tmp_path: Path) -> None:
    bell = Bell(f"unix://someone:planted-secret@{tmp_path}/none.sock")
    with pytest.raises(QueueAwayError, match=r"none\.sock") as caught:
        bell.ring([ring(101)])
    assert "planted-secret" not in str(caught.value)


def test_a_server_that_refuses_is_the_same_error(bell: Bell, client: Redis) -> None:
    client.set("rq:queue:speech", "not a list")
    with pytest.raises(QueueAwayError):
        bell.ring([ring(101)])
