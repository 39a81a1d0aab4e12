"""What is seen in films that are known: eight clips that flash or do not, black, empty and repeated ones."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import av
import numpy as np
import pytest

from media_service.errors import ToolFailedError
from media_service.ffmpeg.inspector import FfmpegInspector

RATE, SECONDS = 30, 4
HEIGHT, WIDTH = 180, 320
DOWN, RIGHT = np.mgrid[0:HEIGHT, 0:WIDTH]
X264 = {"preset": "veryfast", "g": "15", "bf": "2", "crf": "18", "sc_threshold": "0"}
HILLS = (90 + 30 * np.sin(RIGHT / 21) + 25 * np.cos(DOWN / 17)).astype(np.uint8)
SKY = (190 + 25 * np.sin(RIGHT / 33 + DOWN / 50)).astype(np.uint8)
Clip = Callable[[float], np.ndarray]


def mixed(share: float) -> np.ndarray:
    return (HILLS * (1 - share) + SKY * share).astype(np.uint8)


def blinking(hz: float, part: slice = slice(None)) -> Clip:
    """Bright and dark in turn, `hz` times a second, in a part of the columns."""

    def at(second: float) -> np.ndarray:
        frame = HILLS.copy()
        if int(second * hz * 2 + 1e-6) % 2:
            frame[:, part] = SKY[:, part]
        return frame

    return at


def zoom(second: float) -> np.ndarray:
    scale = 1 + 0.015 * second
    down = ((DOWN - HEIGHT / 2) / scale + HEIGHT / 2).astype(int)
    right = ((RIGHT - WIDTH / 2) / scale + WIDTH / 2).astype(int)
    return HILLS[down, right]


CLIPS: dict[str, tuple[Clip, float]] = {
    "fade": (lambda second: (SKY * (1 - 0.7 * second / SECONDS)).astype(np.uint8), 0.5),
    "cross-fade": (lambda second: mixed(min(1, max(0, (second - 1) / 0.53))), 0.5),
    "cuts": (lambda second: mixed(int(second) % 2), 0.5),
    "zoom": (zoom, 0.0),
    "2 Hz": (blinking(2), 2.0),
    "3 Hz": (blinking(3), 3.0),
    "4 Hz": (blinking(4), 4.0),
    "5 Hz": (blinking(5), 5.0),
}
"""The clips of the standards, section V8, and the flashes in a second that each has: a cut is half of one."""


def film(clip: Clip, path: Path, seconds: float = SECONDS, colour: tuple[int, int] = (128, 128)) -> Path:
    """Encode a clip as films are here: closed groups of 15, two B-frames."""
    with av.open(str(path), "w") as file:
        stream = file.add_stream("libx264", rate=RATE, options=X264)
        stream.width, stream.height, stream.pix_fmt = WIDTH, HEIGHT, "yuv420p"
        for picture in frames(clip, seconds, colour):
            file.mux(stream.encode(picture))
        file.mux(stream.encode(None))
    return path


def frames(clip: Clip, seconds: float, colour: tuple[int, int]) -> Iterator[av.VideoFrame]:
    for number in range(round(seconds * RATE)):
        bright = np.clip(clip(number / RATE), 16, 235).astype(np.uint8)
        tint = [np.full((HEIGHT // 4, WIDTH), value, np.uint8) for value in colour]
        yield av.VideoFrame.from_ndarray(np.concatenate([bright, *tint]), format="yuv420p")


@pytest.mark.parametrize("name", CLIPS)
def test_flashes_are_counted_as_they_are(name: str, inspector: FfmpegInspector, tmp_path: Path) -> None:
    clip, flashes = CLIPS[name]
    seen = inspector.seen(film(clip, tmp_path / "clip.mp4"), ())
    assert seen.flashes == flashes
    assert bool(seen.flashing) == (flashes > 1)
    assert seen.black == seen.blank == ()


def test_a_quarter_of_the_frame_that_flashes_is_found(inspector: FfmpegInspector, tmp_path: Path) -> None:
    corner = blinking(3, slice(0, WIDTH // 2))
    clip = film(lambda second: np.concatenate([corner(second)[:90], HILLS[90:]]), tmp_path / "clip.mp4")
    assert inspector.seen(clip, ()).flashes == 3


def test_red_that_comes_and_goes_is_found(inspector: FfmpegInspector, tmp_path: Path) -> None:
    path = tmp_path / "clip.mp4"
    with av.open(str(path), "w") as file:
        stream = file.add_stream("libx264", rate=RATE, options=X264)
        stream.width, stream.height, stream.pix_fmt = WIDTH, HEIGHT, "yuv420p"
        for number in range(60):
            red = number // 5 % 2
            planes = [
                HILLS // 4 + 60,
                *(np.full((HEIGHT // 4, WIDTH), tint, np.uint8) for tint in (110, 230 if red else 120)),
            ]
            file.mux(
                stream.encode(av.VideoFrame.from_ndarray(np.concatenate(planes).astype(np.uint8), format="yuv420p"))
            )
        file.mux(stream.encode(None))
    seen = inspector.seen(path, ())
    assert seen.flashes < 1
    assert seen.red_flashes == 3


def test_black_and_empty_frames_are_found_where_they_are(inspector: FfmpegInspector, tmp_path: Path) -> None:
    def clip(second: float) -> np.ndarray:
        if second < 1 or second >= 3:
            return HILLS
        return np.full_like(HILLS, 16 if second < 2 else 200)

    seen = inspector.seen(film(clip, tmp_path / "clip.mp4"), ())
    ((black_start, black_end),) = [(span.start_s, span.end_s) for span in seen.black]
    ((blank_start, blank_end),) = [(span.start_s, span.end_s) for span in seen.blank]
    assert (black_start, black_end) == (pytest.approx(1, abs=0.5), pytest.approx(2, abs=0.5))
    assert (blank_start, blank_end) == (pytest.approx(1, abs=0.5), pytest.approx(3, abs=0.5))


def test_a_frame_is_shown_small(inspector: FfmpegInspector, tmp_path: Path) -> None:
    from PIL import Image

    clip = film(lambda second: mixed(second >= 2), tmp_path / "clip.mp4")
    inspector.frame(clip, 3.0, tmp_path / "frame.jpg")
    with Image.open(tmp_path / "frame.jpg") as picture:
        assert picture.format == "JPEG"
        assert picture.width == 320
        assert np.asarray(picture.convert("L")).mean() == pytest.approx((float(SKY.mean()) - 16) * 255 / 219, abs=3)


def test_what_is_no_film_is_refused_by_name(inspector: FfmpegInspector, tmp_path: Path) -> None:
    (tmp_path / "phim.mp4").write_bytes(b"\0\0\0\x18ftypmp42" + bytes(40))
    with pytest.raises(ToolFailedError, match=r"phim\.mp4"):
        inspector.seen(tmp_path / "phim.mp4", ())
