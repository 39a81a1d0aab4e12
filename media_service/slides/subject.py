"""Finds what matters in a picture where its author has not said: what stands out, near its middle.

People who draw put their heroes there; sky, sea and ground are of one colour along a row.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from PIL import Image, ImageFilter

from media_service.domain.script import Focus

GRID = (96, 54)
"""What is looked at: subjects are larger than a cell of it."""
USUAL_CUT = 0.65
"""Of the height a band leaves out, this much is above it, unless what is to be seen says otherwise."""
FAITH = 0.4
"""How firmly a band keeps to that; at 1, nothing to be seen outweighs it."""
PLAIN = 4.0
"""Where nothing stands out more than so much, the middle is as good as any place."""


def focus(picture: Image.Image) -> Focus:
    """Return the point that a cut should keep: the weight of what stands out, drawn a little towards the middle."""
    seen = _outstanding(picture)
    middle = np.exp(-((np.linspace(-1, 1, GRID[0]) / 0.9) ** 2))[None, :] * _usual_height()[:, None]
    weights = np.where(seen > np.quantile(seen, 0.8), seen, 0) * middle
    if weights.max() < PLAIN:
        return Focus(0.5, 0.5)
    weights = (weights / weights.max()) ** 2
    across, down = weights.sum(axis=0), weights.sum(axis=1)
    return Focus(round(_middle(across), 3), round(_middle(down), 3))


def liveliest(picture: Image.Image, share: float) -> float:
    """Return the left edge, as a share of the width, of the stretch of `share` where the eye goes."""
    middle = np.exp(-((np.linspace(-1, 1, GRID[0]) / 0.62) ** 2))
    taken = max(1, min(GRID[0], round(GRID[0] * share)))
    sums = np.convolve(_usual_height() @ _outstanding(picture) * middle, np.hanning(taken + 2)[1:-1], "valid")
    return min(float(np.argmax(sums)) / GRID[0], 1 - share)


def highest(picture: Image.Image, share: float) -> float:
    """Return the upper edge, as a share of the height, of the band of `share` in which heroes stand well.

    People, animals and towers are darker than what surrounds them, or stronger in colour; clouds and birds are neither.
    Where they leave the choice open, rather more sky is cut than ground: people draw their heroes standing low.
    """
    light, a, b = np.moveaxis(_lab(picture), 2, 0)
    darker = (np.median(light, axis=1, keepdims=True) - light).clip(0) * 100 / 255
    stronger = np.hypot(a - np.median(a, axis=1, keepdims=True), b - np.median(b, axis=1, keepdims=True))
    apart = (darker + stronger * (np.hypot(a, b) / 35).clip(0, 1)).clip(8, 70) - 8
    rows = apart @ np.exp(-((np.linspace(-1, 1, GRID[0]) / 0.62) ** 2))
    rows *= np.interp(np.linspace(0, 1, GRID[1]), [0, 0.25, 0.75, 1], [0.5, 1, 1, 0.45])
    taken = max(1, min(GRID[1], round(GRID[1] * share)))
    seen = np.interp(np.linspace(0, 1, taken), [0, 0.1, 0.75, 1], [0, 1, 1, 0.1])
    shown = np.correlate(rows / max(rows.sum(), 1), seen, "valid")
    usual = (np.linspace(0, 1, len(shown)) - USUAL_CUT) ** 2
    return min(float(np.argmax(shown - FAITH * usual)) / GRID[1], 1 - share)


def _outstanding(picture: Image.Image) -> Any:
    """Return how far each cell differs in colour from its own row: people and animals do, sky and sea do not."""
    colors = _lab(picture)
    return np.abs(colors - np.median(colors, axis=1, keepdims=True)).sum(axis=2).clip(0, 90)


def _lab(picture: Image.Image) -> Any:
    small = picture.resize(GRID, Image.Resampling.BOX).filter(ImageFilter.GaussianBlur(1))
    colors = np.asarray(small.convert("LAB")).astype(float)
    colors[:, :, 1:] -= 256 * (colors[:, :, 1:] > 127)  # Pillow keeps what is below zero as if it were above 127
    return colors


def _usual_height() -> Any:
    return np.interp(np.linspace(0, 1, GRID[1]), [0, 0.25, 0.8, 1], [0.4, 1, 1, 0.5])


def _middle(weights: Any) -> float:
    """Return the weighted median, as a share: a small thing far away does not draw it off."""
    sums = np.cumsum(weights)
    return float((np.searchsorted(sums, sums[-1] / 2) + 0.5) / len(weights))
