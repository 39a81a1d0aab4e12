"""A channel for all tests of a module, and a scene on it for each."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from media_service.youtube.sandbox import process
from tests.youtube.scene import Scene, channel


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[process.Running]:
    with channel(tmp_path_factory.mktemp("channel")) as one:
        yield one


@pytest.fixture
def scene(running: process.Running, tmp_path: Path) -> Iterator[Scene]:
    one = Scene(running, tmp_path)
    yield one
    one.peace()
