"""One sandbox for the tests of a file, and a program that has its owner's consent."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from media_service.youtube.sandbox.process import Running, serve
from tests.sandbox.calling import Caller, options


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with serve(options(tmp_path_factory.mktemp("channel"), uploads=10_000, units=10_000_000)) as sandbox:
        yield sandbox


@pytest.fixture(scope="module")
def _first(running: Running) -> Caller:
    return Caller(running)


@pytest.fixture
def caller(_first: Caller) -> Caller:
    """Return the program, with nothing planned to go wrong and a token that holds, whatever time it is."""
    _first.wrong()
    _first.access = _first.token(_first.refresh).json["access_token"]
    return _first
