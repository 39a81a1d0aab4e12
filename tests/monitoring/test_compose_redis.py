"""Redis as compose.yaml starts it, with passwords that deploy/make-secrets makes: fit for us, shut to others."""

from __future__ import annotations

import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from redis import Redis
from redis.exceptions import ConnectionError as AwayError
from redis.exceptions import NoPermissionError

from media_service.queue.external import unfit_for_us
from media_service.queue.server_program import find_server

ROOT = Path(__file__).parents[2]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copy(ROOT / "deploy" / "make-secrets", tmp_path)
    subprocess.run([tmp_path / "make-secrets"], check=True)
    return tmp_path


@pytest.fixture
def server(folder: Path) -> Iterator[Path]:
    _, *options = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))["services"]["redis"]["command"]
    options[options.index("--aclfile") + 1] = str(folder / "secrets" / "redis-acl")
    command = [str(find_server(None)), *options, "--port", "0", "--unixsocket", str(folder / "s"), "--dir", str(folder)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as running:
        try:
            yield folder / "s"
        finally:
            running.kill()


def client(server: Path, name: str | None = None, password: str | None = None) -> Redis:
    asking = Redis(unix_socket_path=str(server), username=name, password=password, protocol=2)
    deadline = time.monotonic() + 15
    while True:
        try:
            assert asking.ping()
        except AwayError:
            assert time.monotonic() < deadline
            time.sleep(0.02)
        else:
            return asking


def test_who_has_no_password_may_ask_whether_it_lives_and_no_more(server: Path) -> None:
    with client(server) as stranger:
        for ask in (stranger.info, stranger.keys, lambda: stranger.get("rq:queue:film"), stranger.flushall):
            with pytest.raises(NoPermissionError):
                ask()


def test_the_service_finds_it_fit_and_keeps_to_its_keys(server: Path, folder: Path) -> None:
    url = (folder / "secrets" / "service.env").read_text().split("MEDIA_SERVICE_REDIS=redis://")[1]
    name, password = url.split("@")[0].split(":")
    with client(server, name, password) as service:
        assert unfit_for_us(dict(service.info())) is None
        assert service.rpush("rq:queue:film", "s1-1") == 1
        for ask in (lambda: service.set("other", "1"), lambda: service.config_get("*"), service.flushall):
            with pytest.raises(NoPermissionError):
                ask()
