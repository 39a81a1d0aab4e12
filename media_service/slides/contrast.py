"""How well text can be told from what is behind it, as WCAG 2 counts, measured on pixels."""

from __future__ import annotations

from typing import Any

import numpy as np
from PIL import Image

ENOUGH = 7.0
"""What every text is to reach (standard V4)."""
PATCH = 8
"""Pixels across: what is smaller is no ground that a letter stands on."""

_SHARES = np.arange(256) / 255
_LINEAR = np.where(_SHARES <= 0.04045, _SHARES / 12.92, ((_SHARES + 0.055) / 1.055) ** 2.4)
_WEIGHTS = np.array([0.2126, 0.7152, 0.0722])


def between(one: str, other: str) -> float:
    """Return the contrast of two colours `#rrggbb`, from 1 to 21."""
    return _ratio(_luminance(np.array(_rgb(one))), _luminance(np.array(_rgb(other))))


def worst(color: str, ground: Image.Image) -> float:
    """Return the contrast of a colour with the patch of a ground that is nearest to it."""
    patches = ground.convert("RGB").reduce(min(PATCH, *ground.size)) if min(ground.size) else ground
    seen, text = _luminance(np.asarray(patches)), _luminance(np.array(_rgb(color)))
    return float(((np.maximum(seen, text) + 0.05) / (np.minimum(seen, text) + 0.05)).min())


def _luminance(colors: Any) -> Any:
    return _LINEAR[colors] @ _WEIGHTS


def _ratio(one: float, other: float) -> float:
    return (max(one, other) + 0.05) / (min(one, other) + 0.05)


def _rgb(color: str) -> tuple[int, int, int]:
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)
