"""Slides drawn for looking at: a door on the shipped templates, and what a viewer could measure on them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from media_service.domain.look import Look
from media_service.slides import composing
from media_service.slides.layers import Drawing

SHIPPED = Path(__file__).parents[2] / "templates"


class Viewer:
    """Draws with the shipped templates, the folders given first winning over them."""

    def __init__(self, *folders: Path) -> None:
        self.folders = (*folders, SHIPPED)

    def compose(self, slide: object, style: str = "audiobook", picture: Path | None = None) -> Drawing:
        return composing.compose(self.folders, slide, Look(style), picture)


@pytest.fixture
def viewer() -> Viewer:
    return Viewer()


@pytest.fixture
def viewer_without_mark(tmp_path: Path) -> Viewer:
    """For looking at set text alone: the library's own name is drawn, not set."""
    parts = tmp_path / "markless" / "slides" / "parts"
    parts.mkdir(parents=True)
    (parts / "mark.svg").write_text("<g/>", "utf-8")
    return Viewer(tmp_path / "markless")


@pytest.fixture
def picture_file(tmp_path: Path) -> Callable[..., Path]:
    """Write a picture: harsh noise of black and white, the worst thing text could stand on."""

    def write(name: str = "noise.png", size: tuple[int, int] = (1600, 900), **how: object) -> Path:
        blocks = np.random.default_rng(7).integers(0, 2, (size[1] // 20 + 1, size[0] // 20 + 1, 1)) * 255
        noise = np.kron(blocks, np.ones((20, 20, 1)))[: size[1], : size[0]].repeat(3, axis=2).astype(np.uint8)
        path = tmp_path / name
        Image.fromarray(noise).save(path, **how)
        return path

    return write
