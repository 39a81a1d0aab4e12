"""How thorough the property tests are: quick by default, `HYPOTHESIS_PROFILE=prove` (make prove) for the long proof.

A shell that starts the tests in the background lets them inherit an ignored SIGINT; those that stop a program by it
need it heard.
"""

from __future__ import annotations

import os
import signal

from hypothesis import HealthCheck, settings

signal.signal(signal.SIGINT, signal.default_int_handler)
settings.register_profile("quick", deadline=None, derandomize=True)
settings.register_profile("prove", deadline=None, max_examples=3_000, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))
