"""How the tests are run: how thorough the property tests are, what begins first, and what may run beside what.

Property tests are quick by default; `HYPOTHESIS_PROFILE=prove` (make prove) is for the long proof. A shell that starts
the tests in the background lets them inherit an ignored SIGINT; those that stop a program by it need it heard.
"""

from __future__ import annotations

import os
import re
import signal
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

signal.signal(signal.SIGINT, signal.default_int_handler)
os.environ.setdefault("MEDIA_SERVICE_NICE", "0")  # workers at test are what is looked at: they need not give way to it
settings.register_profile("quick", deadline=None, derandomize=True, max_examples=50)
settings.register_profile("prove", deadline=None, max_examples=3_000, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))

APART = ("tests/chaos/", "tests/whole/")
LONG = (*APART, "tests/worker/test_service.py", "tests/edges/test_service_cli.py")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """One more than there are cores: many tests wait for what they have started."""
    return (os.cpu_count() or 1) + 1


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes long, so that nothing of it is left over at the end."""
    items.sort(key=lambda item: not item.nodeid.startswith(LONG))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Keep the tests of a file together, but for whole productions: each goes wherever there is room."""
    from xdist.scheduler import LoadScopeScheduling

    class Apart(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            file, _, test = nodeid.partition("::")
            return re.sub(r"^[^\[]*\[(.*)\]$", r"\1", test) if file.startswith(APART) else file

    config.option.loadscopereorder = False
    return Apart(config, log)
