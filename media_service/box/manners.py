"""Heavy work gives way, so that whoever looks at a page on the same machine is answered first.

Linux shares a core between sessions before it looks at who is nice within one, so a session says it for itself. Every
child has a session of its own and says it again (autogroup, sched(7)); elsewhere the process's own word is enough.
"""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

_SESSION = Path("/proc/self/autogroup")


def give_way(nice: int) -> None:
    """Let this process, and all that it starts, give way to others; at 10 it gets a tenth of a core they want too."""
    os.nice(max(0, nice - os.nice(0)))
    go_on()


def go_on() -> None:
    """Say it for the new session that a child of one who gives way has begun."""
    nice = os.nice(0)
    if nice > 0:
        with contextlib.suppress(OSError):  # a system without such groups
            _SESSION.write_text(str(nice), encoding="ascii")


def said_by_shell() -> str:
    """Return what a shell runs in place of `go_on` before it becomes a program that this process starts."""
    nice = os.nice(0)
    return f"{{ echo {nice} >{_SESSION}; }} 2>/dev/null; " if nice > 0 else ""
