from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import av
import numpy as np
import pytest

from media_service.domain.strip import ACROSS, HEIGHT, WIDTH, field, moments, sheet
from media_service.errors import ToolFailedError
from media_service.ffmpeg.strip import strip
from tests import make

COLOURS = [(200, 30, 30), (30, 180, 30), (30, 30, 200), (220, 220, 40), (20, 200, 200), (200, 20, 200), (120, 120, 120)]


def film(path: Path, width: int, height: int) -> Path:
    """A second of each colour."""
    with av.open(str(path), "w", format="mp4") as file:
        stream = file.add_stream("libx264", rate=10, options={"g": "15", "preset": "ultrafast"})
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        for colour in COLOURS:
            picture = np.full((height, width, 3), colour, np.uint8)
            for _ in range(10):
                file.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
        file.mux(stream.encode(None))
    return path


def seen(path: Path) -> np.ndarray:
    with av.open(str(path)) as file:
        return next(file.decode(video=0)).to_ndarray(format="rgb24").astype(int)


@pytest.mark.parametrize(("width", "height"), [(320, 180), (180, 320)])
def test_each_field_shows_what_is_seen_at_its_moment(width: int, height: int, tmp_path: Path) -> None:
    at = [number + 0.3 for number in range(len(COLOURS))]
    strip(film(tmp_path / "film.mp4", width, height), at, tmp_path / "strip.jpg")
    picture = seen(tmp_path / "strip.jpg")
    assert picture.shape[1::-1] == sheet(len(COLOURS))
    for number, colour in enumerate(COLOURS):
        left, top = field(number)
        assert np.abs(picture[top + HEIGHT // 2, left + WIDTH // 2] - colour).max() < 25


def test_a_moment_behind_the_end_shows_the_last_picture(tmp_path: Path) -> None:
    strip(film(tmp_path / "film.mp4", 320, 180), [99.0], tmp_path / "strip.jpg")
    assert np.abs(seen(tmp_path / "strip.jpg")[HEIGHT // 2, WIDTH // 2] - COLOURS[-1]).max() < 25


def test_what_is_no_film_is_refused(tmp_path: Path) -> None:
    (tmp_path / "no.mp4").write_bytes(b"\0\0\0\x20ftypmp42 nothing to see")
    with pytest.raises(ToolFailedError):
        strip(tmp_path / "no.mp4", [0.0], tmp_path / "strip.jpg")


def test_fields_lie_side_by_side_and_moments_within_the_film() -> None:
    corners = [field(number) for number in range(ACROSS + 1)]
    assert all(right - left == WIDTH for (left, _), (right, _) in pairwise(corners[:ACROSS]))
    assert corners[ACROSS] == (0, HEIGHT)
    told = moments(make.timeline(make.title_slide(), make.picture_slide(), seconds=3.0))
    assert [0 <= at <= 6.0 for at in told] == [True, True]
