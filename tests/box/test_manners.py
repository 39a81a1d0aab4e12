"""Workers, and all that they start, give way to whoever looks at a page on the same machine."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="sessions share cores on Linux alone")

CHILD = "import os, pathlib, sys; sys.stderr.write(f'{os.nice(0)} {pathlib.Path(sys.argv[1]).read_text()}')"
PARENT = """
import sys
from media_service.box import manners
from media_service.box.bounds import Bounds
from media_service.box.program import run
if sys.argv[2] == "polite":
    manners.give_way(10)
ended = run([sys.executable, "-c", sys.argv[1], sys.argv[3]], Bounds())
print(*ended.lines)
"""


@pytest.mark.parametrize(("way", "nice"), [("polite", 10), ("plain", 0)])
def test_what_a_worker_starts_gives_way_as_it_does(way: str, nice: int) -> None:
    group = Path("/proc/self/autogroup")
    tells = group if group.exists() else Path("/dev/null")
    asked = [sys.executable, "-c", PARENT, CHILD, way, str(tells)]
    said = subprocess.run(asked, capture_output=True, text=True, check=True).stdout.split()
    assert {said[0], said[-1]} == {str(nice)}  # what the process says of itself, and its session where there are such
