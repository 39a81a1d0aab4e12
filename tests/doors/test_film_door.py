"""What every Film keeps, the fake one that the steps are tested with and the real one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image

from media_service.domain.timeline import SAMPLES_PER_FRAME
from media_service.ffmpeg.film import FfmpegFilm
from media_service.ffmpeg.process import bundled
from media_service.ffmpeg.sound import FfmpegSound
from media_service.ffmpeg.streams import write_flac
from media_service.screens import Film, Shown
from tests import fakes

STILL, FADE, REST = 16, 3, 2
FRAMES = STILL + FADE + REST


@dataclass(frozen=True)
class Bench:
    """A door, two slides and a sound of FRAMES frames that it can use, and how many frames a file of its making has."""

    film: Film
    slides: tuple[Path, Path]
    sound: Path
    frames: Callable[[Path], int]


def decoded_frames(path: Path) -> int:
    with av.open(str(path)) as file:
        return sum(1 for _ in file.decode(video=0))


def fake(folder: Path) -> Bench:
    paths = folder / "dark.png", folder / "light.png"
    for path in paths:
        path.write_text(path.stem, encoding="utf-8")
    (folder / "sound.m4a").write_text(f"<{FRAMES * SAMPLES_PER_FRAME}>", encoding="utf-8")
    return Bench(fakes.FakeFilm(), paths, folder / "sound.m4a", fakes.frames)


def real(folder: Path) -> Bench:
    paths = folder / "dark.png", folder / "light.png"
    for path, colour in zip(paths, ("navy", "beige"), strict=True):
        Image.new("RGB", (1920, 1080), colour).save(path)
    hum = 4_000 * np.sin(2 * np.pi * 220 * np.arange(FRAMES * SAMPLES_PER_FRAME) / 48_000)
    write_flac(hum.astype(np.int16), folder / "hum.flac")
    FfmpegSound(bundled()).film_sound(folder / "hum.flac", folder / "sound.m4a")
    return Bench(FfmpegFilm(bundled()), paths, folder / "sound.m4a", decoded_frames)


@pytest.fixture(scope="module", params=["fake", pytest.param("ffmpeg", marks=pytest.mark.film)])
def bench(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Bench:
    return {"fake": fake, "ffmpeg": real}[request.param](tmp_path_factory.mktemp("film-door"))


class TestFilm:
    @pytest.mark.parametrize("frames", [1, STILL])
    def test_a_still_has_the_frames_asked_for(self, bench: Bench, tmp_path: Path, frames: int) -> None:
        bench.film.still(Shown(bench.slides[0]), frames, tmp_path / "s.mp4")
        assert bench.frames(tmp_path / "s.mp4") == frames

    def test_a_fade_has_the_frames_asked_for(self, bench: Bench, tmp_path: Path) -> None:
        bench.film.fade(*map(Shown, bench.slides), FADE, tmp_path / "f.mp4")
        assert bench.frames(tmp_path / "f.mp4") == FADE

    def test_a_film_has_the_frames_of_its_shots_together(self, bench: Bench, tmp_path: Path) -> None:
        shots = [tmp_path / name for name in ("1.mp4", "2.mp4", "3.mp4")]
        bench.film.still(Shown(bench.slides[0]), STILL, shots[0])
        bench.film.fade(*map(Shown, bench.slides), FADE, shots[1])
        bench.film.still(Shown(bench.slides[1]), REST, shots[2])
        bench.film.join(shots, bench.sound, "vi", tmp_path / "film.mp4")
        assert bench.frames(tmp_path / "film.mp4") == FRAMES

    def test_one_encoder_has_one_version(self, bench: Bench) -> None:
        assert bench.film.version() == bench.film.version() != ""
