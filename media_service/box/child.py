"""What a forked child of the nursery does with its short life: bind itself, do one errand, and end."""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import socket
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from media_service.box import errand, manners

_PR_SET_PDEATHSIG = 1


@dataclass(frozen=True, slots=True)
class ChildBounds:
    """The most that one errand may take; `memory` in bytes beyond what the nursery itself has."""

    wall_s: float = 180.0
    cpu_s: int = 120
    memory: int = 2 << 30
    file_size: int = 1 << 30
    open_files: int = 256


def serve(line: int, bounds: ChildBounds, tethered: Callable[[], None]) -> None:
    """Be the child: do one errand inside the bounds, and end. Never returns."""
    try:
        tethered()
        os.setsid()
        manners.go_on()
        os.dup2(line, 3)
        os.closerange(4, resource.getrlimit(resource.RLIMIT_NOFILE)[0])
        signal.set_wakeup_fd(-1)
        for each in (signal.SIGCHLD, signal.SIGTERM):
            signal.signal(each, signal.SIG_DFL)
        _bind(bounds)
        with socket.socket(fileno=3) as answering:
            asked = b"".join(iter(lambda: answering.recv(1 << 16), b""))
            answering.sendall(errand.perform(asked))
    finally:
        os._exit(0)


def _bind(bounds: ChildBounds) -> None:
    limits = [
        (resource.RLIMIT_CORE, 0, 0),
        (resource.RLIMIT_CPU, bounds.cpu_s, bounds.cpu_s + 5),  # the softer limit tells that it was this one
        (resource.RLIMIT_FSIZE, bounds.file_size, bounds.file_size),
        (resource.RLIMIT_NOFILE, bounds.open_files, bounds.open_files),
    ]
    if sys.platform == "linux":
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        memory = pages * resource.getpagesize() + bounds.memory
        limits.append((resource.RLIMIT_AS, memory, memory))
    for what, soft, hard in limits:
        _, most = resource.getrlimit(what)
        unbound = most == resource.RLIM_INFINITY
        resource.setrlimit(what, (soft, hard) if unbound else (min(soft, most), min(hard, most)))


def tether() -> Callable[[], None]:
    """Return what a child calls so that it dies with this process, where the system can (Linux)."""
    if sys.platform != "linux":
        return lambda: None
    prctl, parent = ctypes.CDLL(None).prctl, os.getpid()

    def settle() -> None:
        prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:  # it died in between
            os._exit(1)

    return settle
