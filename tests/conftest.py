"""How thorough the property tests are: quick by default, `HYPOTHESIS_PROFILE=prove` (make prove) for the long proof."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

settings.register_profile("quick", deadline=None, derandomize=True)
settings.register_profile("prove", deadline=None, max_examples=3_000, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))
