"""Everything is killed at once in the middle of the work; then the same command goes on by itself, to the end."""

from __future__ import annotations

import signal
import sys
from pathlib import Path

import pytest

from media_service.domain.service import Standing
from tests.chaos import works
from tests.chaos.judging import everything_is_whole, nothing_was_done_twice, rows
from tests.chaos.theatre import theatre
from tests.worker.scene import eventually

pytestmark = [
    pytest.mark.film,
    pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc"),
]
ENVIRON = {"MEDIA_SERVICE_CORES": "2", "MEDIA_SERVICE_LEASE_S": "3", "MEDIA_SERVICE_LOG": "json"}


def test_after_a_kill_of_everything_the_same_command_goes_on_to_the_end(tmp_path: Path) -> None:
    with theatre(tmp_path, ("media_service", "up"), **ENVIRON, MEDIA_SERVICE_FREE_GB="0.001") as stage:
        stage.run("submit", works.tale(tmp_path / "jobs", 1))
        stage.up()
        eventually(lambda: {row.state for row in rows(stage)} >= {"done", "running"}, 120)
        stage.end()
        made = {row.id for row in rows(stage) if row.state == "done"}
        assert stage.standings() == {"chuyen-1": Standing.WORKING}
        stage.up()
        eventually(lambda: stage.standings() == {"chuyen-1": Standing.REVIEW}, 240)
        eventually(lambda: all(row.state == "done" for row in rows(stage)))
        assert stage.supervisor
        stage.supervisor.send_signal(signal.SIGTERM)
        assert stage.supervisor.wait(15) == 0
        assert made < {row.id for row in rows(stage)}
        nothing_was_done_twice(stage)
        with stage.stores() as stores:
            assert everything_is_whole(stage.settings.output, stores) == 1
