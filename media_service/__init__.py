"""The media service of the provincial library of Bình Thuận: from a script to narrated sound and film."""

__version__ = "0.2.0.dev0"

import contextlib as _contextlib
import ctypes as _ctypes
import os as _os
import sys as _sys

_os.putenv("OPENBLAS_NUM_THREADS", "1")
"""Before numpy is first loaded, here and in every child: its threads wait in loops, which took half of all our work's
time, and must not be forked. What is to be done at once is done in threads and programs of our own."""

if _sys.platform == "linux":
    with _contextlib.suppress(OSError, AttributeError):  # a C library that keeps house in another way
        _ctypes.CDLL(None).mallopt(-8, 2)
"""`M_ARENA_MAX`: two places from which memory is given, where the C library makes eight a core and each keeps what its
threads once needed; a long book took 440 MB in place of 260."""
