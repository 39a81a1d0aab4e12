"""A server that others run: what is asked of it, and that it need allow us no more than the ACL line."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from redis import Redis
from redis.exceptions import NoPermissionError

from media_service.domain.stage import Queue
from media_service.errors import QueueAwayError, SetupError
from media_service.queue.bell import Bell
from media_service.queue.client import redacted
from media_service.queue.embedded import RedisSettings
from media_service.queue.external import ACL, unfit_for_us
from media_service.queue.opening import open_redis
from media_service.queue.server_program import find_server
from tests.queue.conftest import START, Crew, eventually, ring
from tests.queue.stand_in import StandInJob

GOOD = {"redis_version": "7.2.4", "role": "master", "maxmemory_policy": "noeviction", "aof_enabled": 1}


@dataclass
class Host:
    """Somebody else's server."""

    socket: Path

    def url(self, user: str = "") -> str:
        return f"unix://{user}{self.socket}"

    def admin(self) -> Redis:
        return Redis.from_url(self.url())

    def open(self, user: str = "", *, forgetful: bool = False) -> None:
        settings = RedisSettings(self.socket.parent / "unused", url=self.url(user), forgetful=forgetful)
        server = open_redis(settings, START)
        assert server.ping()
        assert not server.tend()
        server.stop()


Run = Callable[..., Host]


@pytest.fixture
def run(tmp_path: Path) -> Iterator[Run]:
    servers: list[subprocess.Popen[bytes]] = []

    def started(*options: str) -> Host:
        host = Host(tmp_path / "host.sock")
        command = [str(find_server(None)), "--port", "0", "--unixsocket", str(host.socket), "--dir", str(tmp_path)]
        servers.append(subprocess.Popen([*command, *options], stdout=subprocess.DEVNULL))
        eventually(host.socket.exists)
        return host

    yield started
    for server in servers:
        server.kill()
        server.wait()


def test_a_server_that_keeps_what_it_accepts_is_used(run: Run) -> None:
    host = run("--appendonly", "yes", "--save", "")
    host.open()
    with host.admin() as admin:
        assert admin.ping()  # stopping leaves it running


def test_a_server_that_may_drop_keys_is_refused(run: Run) -> None:
    host = run("--appendonly", "yes", "--maxmemory-policy", "allkeys-lru")
    with pytest.raises(SetupError, match="set maxmemory-policy noeviction"):
        host.open()


def test_a_server_that_keeps_nothing_is_refused_unless_that_is_accepted(run: Run) -> None:
    host = run("--save", "")
    with pytest.raises(SetupError, match="set appendonly yes"):
        host.open()
    host.open(forgetful=True)


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"redis_version": "6.0.16"}, "older than 6.2"),
        ({}, "older than 6.2"),
        ({"role": "slave"}, "replica"),
        ({"redis_mode": "cluster"}, "cluster"),
    ],
)
def test_a_server_of_the_wrong_kind_is_refused(said: dict[str, str], why: str) -> None:
    unfit = unfit_for_us({**GOOD, **said} if said else {})
    assert why in str(unfit)
    assert unfit_for_us(GOOD) is None
    assert unfit_for_us({**GOOD, "redis_version": "6.2.0"}) is None


def test_a_server_that_is_not_there_is_named_without_the_password(tmp_path: Path) -> None:
    with pytest.raises(SetupError, match="cannot be reached") as caught:
        Host(tmp_path / "none.sock").open("someone:planted-secret@")
    assert "planted-secret" not in str(caught.value)
    assert "none.sock" in str(caught.value)


def test_a_wrong_password_is_told_from_a_server_that_is_away(run: Run) -> None:
    host = run("--appendonly", "yes", "--requirepass", "right")
    with pytest.raises(SetupError, match="does not let us in") as caught:
        host.open("default:planted-secret@")
    assert "planted-secret" not in str(caught.value)
    host.open("default:right@")


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("redis://8.8.8.8:6379/0", "could read along"),
        ("http://localhost", "must begin with"),
        ("redis://[::1", "cannot be understood"),
        ("redis://localhost:port", "cannot be understood"),
    ],
)
def test_an_address_that_must_not_be_used_is_refused_before_anything_is_sent(
    url: str, why: str, tmp_path: Path
) -> None:
    with pytest.raises(SetupError, match=why):
        open_redis(RedisSettings(tmp_path, url=url), START)


def test_a_name_is_looked_up_before_anything_is_sent(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    found = [(2, 1, 6, "", ("8.8.8.8", 6379))]
    monkeypatch.setattr("media_service.queue.external.socket.getaddrinfo", lambda *_, **__: found)
    with pytest.raises(SetupError, match="could read along"):
        open_redis(RedisSettings(tmp_path, url="redis://redis.example"), START)


def test_an_address_is_shown_without_its_secrets() -> None:
    assert redacted("rediss://user:pass@redis.example:6380/1?password=x") == "rediss://redis.example:6380/1"
    assert redacted("unix://user:pass@/run/redis.sock?db=1") == "unix:///run/redis.sock"


@pytest.fixture
def guarded(run: Run, tmp_path: Path) -> Host:
    rules = tmp_path / "users.acl"
    rules.write_text(f"user default on nopass ~* &* +@all\n{ACL}\n".replace("PASSWORD", "hidden"), encoding="utf-8")
    return run("--appendonly", "yes", "--aclfile", str(rules))


def test_the_acl_line_suffices_for_all_that_the_queue_does(guarded: Host, tmp_path: Path) -> None:
    url = guarded.url("media-service:hidden@")
    guarded.open("media-service:hidden@")
    bell, crew = Bell(url, StandInJob), Crew(url, tmp_path / "notes")
    crew.hire()
    bell.ring([ring(101), ring(102)], at_front=True)
    bell.ring([ring(500)])
    for line in ("done 101-1", "done 102-1", "begun 500-1"):
        crew.wait_for(line)
    bell.forget([ring(103)])
    eventually(lambda: bell.waiting(Queue.SPEECH) == set())
    assert (bell.length(Queue.SPEECH), bell.age_s(Queue.SPEECH)) == (0, 0.0)
    crew.workers[0].terminate()
    crew.workers[0].wait(10)
    bell.close()
    with guarded.admin() as admin:
        assert [entry for entry in admin.acl_log() if entry["username"] == "media-service"] == []


@pytest.mark.parametrize(
    "command",
    [
        ("CONFIG", "GET", "dir"),
        ("FLUSHALL",),
        ("KEYS", "*"),
        ("SHUTDOWN", "NOSAVE"),
        ("EVAL", "return 1", "0"),
        ("GET", "others"),
        ("PUBLISH", "rq:pubsub:x", "x"),
        ("ACL", "LIST"),
        ("SAVE",),
    ],
)
def test_the_acl_line_allows_nothing_else(command: tuple[str, ...], guarded: Host) -> None:
    with Redis.from_url(guarded.url("media-service:hidden@")) as client, pytest.raises(NoPermissionError):
        client.execute_command(*command)


def test_the_documents_give_the_acl_line() -> None:
    assert f"\n{ACL}\n" in (Path(__file__).parents[2] / "docs" / "scale.md").read_text(encoding="utf-8")


def test_the_bell_says_when_it_may_not_ring(run: Run, tmp_path: Path) -> None:
    host = run("--requirepass", "right")
    bell = Bell(host.url("default:wrong@"))
    with pytest.raises(QueueAwayError):
        bell.ring([ring(101)])
    bell.close()
