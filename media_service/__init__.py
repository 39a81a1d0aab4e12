"""The media service of the provincial library of Bình Thuận: from a script to narrated sound and film."""

__version__ = "0.2.0.dev0"

import os as _os

_os.putenv("OPENBLAS_NUM_THREADS", "1")
"""Before numpy is first loaded, here and in every child: its threads wait in loops, which took half of all our work's
time, and must not be forked. What is to be done at once is done in threads and programs of our own."""
