"""How much a child may take, and what this machine offers to hold it to that: util-linux in front of the program.

All of it without `preexec_fn`, which is unsafe beside threads; what a machine lacks or forbids is left out.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from functools import cache

from media_service.box import manners

GIB = 1 << 30


@dataclass(frozen=True, slots=True)
class Bounds:
    """The most that one child may take."""

    wall_s: float = 3600.0
    memory: int = 8 * GIB
    """Bytes of address space."""
    cpu_s: int = 4 * 3600
    """Seconds of processor time, of all its threads together."""
    file_size: int = 64 * GIB
    """Bytes of any file it writes."""


@dataclass(frozen=True, slots=True)
class Terms:
    """On what terms a child lives."""

    bounds: Bounds | None = None
    tethered: bool = True
    """It is killed when the thread that started it ends, even by SIGKILL (Linux)."""
    networked: bool = True
    """It may reach a network."""


def chain(terms: Terms) -> tuple[str, ...]:
    """Return what to put before a command; each part replaces itself by the next, so that the process stays one."""
    limits = _limits(terms.bounds) if terms.bounds else ()
    apart = () if terms.networked else no_network()
    return (*limits, *apart, *(_tether() if terms.tethered else ()))  # the tether last: new rights would loosen it


def _limits(bounds: Bounds) -> tuple[str, ...]:
    program = _program("prlimit")
    sizes = (f"--as={bounds.memory}", f"--cpu={bounds.cpu_s}", f"--fsize={bounds.file_size}", "--core=0")
    limits = (program, *sizes, "--")
    return limits if program and _works(limits) else ()


@cache
def no_network() -> tuple[str, ...]:
    """Return what starts a command without a network; empty where the machine forbids it."""
    program = _program("unshare")
    if not program:
        return ()
    ways = [
        *([("--net",)] if os.geteuid() == 0 else []),
        ("--user", "--map-current-user", "--net"),
        ("--user", "--map-root-user", "--net"),
    ]
    return next(((program, *way, "--") for way in ways if _works((program, *way, "--"))), ())


def _tether() -> tuple[str, ...]:
    """Return what lets a command die with us; one whose parent died before that was settled is not started at all."""
    program = _program("setpriv")
    tether = (program, "--no-new-privs", "--pdeathsig", "KILL", "--")
    if not program or not _works(tether):
        return ()
    settled = f'{manners.said_by_shell()}test "$PPID" = "$0" && exec "$@"'
    return (*tether, "/bin/sh", "-c", settled, str(os.getpid()))


@cache
def _program(name: str) -> str:
    return (shutil.which(name) or "") if sys.platform == "linux" else ""


@cache
def _works(before: tuple[str, ...]) -> bool:
    """Tell by a trial whether a command can be started behind these words."""
    tried = subprocess.run([*before, "true"], check=False, capture_output=True, timeout=60)  # noqa: S603
    return tried.returncode == 0
