"""A render that is killed at any moment, and begun again, ends with the same bytes: stills, fades, moves, words lit.

One moment as a rule, thirty under `HYPOTHESIS_PROFILE=prove`; each is told by its seed.
"""

from __future__ import annotations

import contextlib
import os
import random
import signal
import subprocess
import sys
import time
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

pytestmark = pytest.mark.film
ROOT = Path(__file__).parents[2]
MOMENTS = 30 if os.environ.get("HYPOTHESIS_PROFILE") == "prove" else 1


def shooting(folder: Path) -> subprocess.Popen[str]:
    """Start making the shots in a session of its own, so that all of it can be killed at once."""
    return subprocess.Popen(
        [sys.executable, "-m", "tests.ffmpeg.shooting", str(folder)],
        cwd=ROOT, stdout=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip


def drawn(folder: Path) -> Path:
    """Draw the slides and the block of text."""
    folder.mkdir()
    noise = np.random.default_rng(3).integers(0, 255, (27, 48, 3), dtype=np.uint8)
    for name, turned in (("one", noise), ("other", noise[::-1])):
        Image.fromarray(turned).resize((1920, 1080), Image.Resampling.BICUBIC).save(folder / f"{name}.png")
    block = np.full((400, 800, 4), 255, np.uint8)
    block[:200, :, :3], block[200:, :, :3] = 90, 210
    Image.fromarray(block).save(folder / "block.png")
    return folder


def shots(folder: Path) -> dict[str, str]:
    """Return the digest of every film of a shelf by its name; what a killed run was writing has no name yet."""
    shown = (path for path in (folder / "shelf").rglob("*.mp4") if not path.name.startswith("."))
    return {path.name: sha256(path.read_bytes()).hexdigest() for path in shown}


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, str], float]:
    """Every shot of a render that nobody stopped, and its seconds."""
    folder = drawn(tmp_path_factory.mktemp("undisturbed") / "job")
    begun = time.monotonic()
    with shooting(folder) as run:
        run.communicate(timeout=120)
    assert run.returncode == 0
    return shots(folder), time.monotonic() - begun


@pytest.mark.parametrize("seed", range(MOMENTS))
def test_a_killed_render_ends_with_the_same_bytes(
    seed: int, undisturbed: tuple[dict[str, str], float], tmp_path: Path
) -> None:
    wanted, seconds = undisturbed
    folder = drawn(tmp_path / "job")
    with shooting(folder) as run:
        time.sleep(random.Random(seed).uniform(0.1, 0.95) * seconds)  # noqa: S311  # a moment, no secret
        with contextlib.suppress(ProcessLookupError):
            os.killpg(run.pid, signal.SIGKILL)
    with shooting(folder) as again:
        said, _ = again.communicate(timeout=120)
    assert again.returncode == 0
    assert len(said.split()) == len(wanted) == 5
    assert shots(folder) == wanted
