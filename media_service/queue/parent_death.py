"""Ties a forked process to the one that forked it: when the parent dies, the kernel kills the child.

Linux only; where it is missing, the stage's lease still sees to it that nothing is done twice.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys

_PR_SET_PDEATHSIG = 1


def die_with(parent: int) -> None:
    """Have this process killed as soon as the process `parent`, which forked it, is gone; ends it if it already is."""
    if sys.platform != "linux":
        return
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:
        os._exit(1)
