"""What tests let a boxed child do, good and bad."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

from media_service.domain.slide import Slide
from media_service.errors import Fault, InputError, NoSpaceError, SetupError, ToolFailedError
from media_service.messages import message

ERRORS = {
    "InputError": InputError([Fault("b.md", 3, message("{what} is wrong", what="b")), Fault("a.md", 1, message("a"))]),
    "SetupError": SetupError(message("no {tool}", tool=message("engine"))),
    "NoSpaceError": NoSpaceError(message("full")),
    "ToolFailedError": ToolFailedError(message("no"), "one\ntwo"),
}


def double(slide: Slide, times: int = 2) -> tuple[Slide, ...]:
    return (slide,) * times


def pid() -> int:
    return os.getpid()


def fail(kind: str) -> None:
    raise ERRORS[kind]


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def stumble() -> None:
    raise ZeroDivisionError("by nothing")


def spin() -> None:
    while True:
        pass


def rest(note: Path) -> None:
    """Start a program, note both, and wait for ever."""
    child = subprocess.Popen(["/bin/sleep", "60"])
    note.with_suffix(".part").write_text(f"{os.getpid()} {child.pid}", encoding="utf-8")
    note.with_suffix(".part").rename(note)
    time.sleep(60)


def devour() -> int:
    return len(bytearray(1 << 32))


def flood(path: Path) -> None:
    with path.open("wb") as file:
        for _ in range(1000):
            file.write(bytes(1 << 20))


def hoard() -> None:
    kept = []
    while True:
        kept.append(Path(os.devnull).open())  # noqa: SIM115


def crash() -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def be_killed() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def lie(answer: str) -> int:
    """Answer as a child that was taken over might."""
    os.write(3, answer.encode())
    os._exit(0)


def babble() -> int:
    while True:
        os.write(3, bytes(1 << 20))


def reach(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), 2).close()
    except OSError:
        return False
    return True


def interfaces() -> tuple[str, ...]:
    return tuple(name for _, name in socket.if_nameindex())


def loaded(module: str) -> bool:
    return module in sys.modules


def nothing() -> None:
    pass
