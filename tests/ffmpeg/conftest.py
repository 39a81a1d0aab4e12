"""Real speech, real slides and one small episode rendered once, for the tests of this room to listen to and look at."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from media_service.ffmpeg.film import FfmpegFilm
from media_service.ffmpeg.inspector import FfmpegInspector
from media_service.ffmpeg.process import bundled
from media_service.ffmpeg.sound import FfmpegSound
from media_service.ports import Recording, Silence
from tests.ffmpeg.rendering import TAGS, Episode

SPEAKER = Path(__file__).with_name("speaker.py")


@pytest.fixture(scope="session")
def ffmpeg() -> Path:
    return bundled()


@pytest.fixture(scope="session")
def sound(ffmpeg: Path) -> FfmpegSound:
    return FfmpegSound(ffmpeg)


@pytest.fixture(scope="session")
def film(ffmpeg: Path) -> FfmpegFilm:
    return FfmpegFilm(ffmpeg)


@pytest.fixture(scope="session")
def inspector(ffmpeg: Path) -> FfmpegInspector:
    return FfmpegInspector(ffmpeg)


@pytest.fixture(scope="session")
def recordings(tmp_path_factory: pytest.TempPathFactory) -> tuple[Recording, ...]:
    """Speech of eSpeak NG in four voices, made by a process of its own since the library's state is global."""
    folder = tmp_path_factory.mktemp("speech")
    subprocess.run([sys.executable, str(SPEAKER), str(folder)], check=True, timeout=60)
    return tuple(Recording(path.read_bytes(), 22050, ()) for path in sorted(folder.glob("*.pcm")))


@pytest.fixture(scope="session")
def cover(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("cover") / "cover.jpg"
    Image.new("RGB", (300, 300), "navy").save(path)
    return path


@pytest.fixture(scope="session")
def episode(
    recordings: tuple[Recording, ...], sound: FfmpegSound, cover: Path, tmp_path_factory: pytest.TempPathFactory
) -> Episode:
    folder = tmp_path_factory.mktemp("episode")
    parts: list[Path | Silence] = [Silence(36_000)]
    for number, recording in enumerate(recordings):
        clip = folder / f"clip-{number}.flac"
        sound.clip(recording, clip)
        parts += [clip, Silence(28_800)]
    parts[-1] = Silence(144_000)
    master, mp3, film_sound = folder / "master.flac", folder / "copy.mp3", folder / "film.m4a"
    length = sound.master(iter(parts), master)
    sound.mp3(master, TAGS, cover, mp3)
    sound.film_sound(master, film_sound)
    return Episode(master, mp3, film_sound, tuple(parts), length)


@pytest.fixture(scope="session")
def slides(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A dark slide with a gradient and a light one, each with a patch of strong colour at its upper left."""
    folder = tmp_path_factory.mktemp("slides")
    down, right = np.mgrid[0:1080, 0:1920]
    dark = np.stack([20 + down / 30, 30 + right / 60, 60 + down / 40], -1).astype(np.uint8)
    light = np.full((1080, 1920, 3), (225, 215, 190), np.uint8)
    dark[100:300, 100:300], light[100:300, 100:300] = (200, 30, 40), (20, 120, 60)
    paths = folder / "dark.png", folder / "light.png"
    for path, pixels in zip(paths, (dark, light), strict=True):
        Image.fromarray(pixels).save(path)
    return paths
