"""A box with tight bounds, whose nursery finds what the tests let children do."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from media_service.box.call import Box, Knowledge
from media_service.box.child import ChildBounds
from media_service.boxed import KNOWLEDGE

ROOT = Path(__file__).parents[2]
BOUNDS = ChildBounds(wall_s=4, cpu_s=1, memory=200 << 20, file_size=20 << 20, open_files=64)


@pytest.fixture(autouse=True)
def works_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(ROOT))


@pytest.fixture(scope="session")
def nest() -> Iterator[Box]:
    with Box(Knowledge(("tests.box.works",)), BOUNDS) as box:
        yield box


@pytest.fixture(scope="session")
def doors() -> Iterator[Box]:
    """A box as the program itself has it."""
    with Box(KNOWLEDGE) as box:
        box.open()
        yield box
