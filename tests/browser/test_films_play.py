"""A joined film in a real Chromium: it plays, goes where one seeks to, and shows there what it should."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from media_service.domain.motion import Way, move
from media_service.ffmpeg.film import FfmpegFilm
from media_service.ffmpeg.process import bundled
from media_service.ffmpeg.sound import FfmpegSound
from media_service.ffmpeg.streams import write_flac
from media_service.screens import Shown

pytestmark = pytest.mark.film
RED, BLUE = (200, 30, 30), (30, 30, 200)
PAGE = '<body style="margin:0"><video src="film.mp4" width="640" height="360" preload="auto"></video>'
FACTS = "v => [v.duration, v.videoWidth, v.videoHeight, v.error && v.error.message]"
PLAYED = """v => v.play().then(() => new Promise(done => {
  const begun = Date.now(), look = () => (v.currentTime > 0.6 || Date.now() - begun > 20000)
    ? (v.pause(), done(v.currentTime)) : setTimeout(look, 50); look(); }))"""
SOUGHT = """(v, to) => new Promise(done => {
  v.onseeked = () => setTimeout(() => done(v.currentTime), 200);  // until it is painted
  setTimeout(() => done(-1), 20000);
  v.currentTime = to; })"""


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two seconds red, a fade, a move over blue, and then blue: every kind of shot behind another."""
    folder = tmp_path_factory.mktemp("plays")
    maker, plan = FfmpegFilm(bundled()), move(Way.NEARER, 60)
    for name, color in (("red", RED), ("blue", BLUE)):
        Image.new("RGB", (1920, 1080), color).save(folder / f"{name}.png")
    maker.still(Shown(folder / "red.png"), 60, folder / "0.mp4")
    maker.fade(Shown(folder / "red.png"), Shown(folder / "blue.png"), 16, folder / "1.mp4")
    maker.moving(folder / "blue.png", plan, range(60), folder / "2.mp4")
    maker.still(Shown(folder / "blue.png", plan.end), 44, folder / "3.mp4")
    tone = 3_000 * np.sin(np.arange(6 * 48_000) * 2 * np.pi * 220 / 48_000)
    write_flac(tone.astype(np.int16), folder / "tone.flac")
    FfmpegSound(bundled()).film_sound(folder / "tone.flac", folder / "tone.m4a")
    maker.join([folder / f"{number}.mp4" for number in range(4)], folder / "tone.m4a", "vi", folder / "film.mp4")
    (folder / "film.html").write_text(PAGE, encoding="utf-8")
    return folder / "film.html"


def color(page: Any) -> tuple[int, ...]:
    """Return what is seen in the middle of the picture."""
    seen = Image.open(io.BytesIO(page.screenshot())).convert("RGB").getpixel((320, 180))
    return tuple(int(part) for part in seen)


def test_a_film_plays_and_is_sought_in_chromium(chromium: Any, film: Path) -> None:
    page = chromium.new_page(viewport={"width": 640, "height": 360})
    page.goto(film.as_uri())
    page.wait_for_function("document.querySelector('video').readyState >= 3")
    video = page.locator("video")
    assert video.evaluate(FACTS) == [pytest.approx(6, abs=0.05), 1920, 1080, None]
    assert video.evaluate(PLAYED) > 0.6
    for to, wanted in ((5.5, BLUE), (0.5, RED), (3.1, BLUE), (1.9, RED), (2.6, BLUE)):
        assert video.evaluate(SOUGHT, to) == pytest.approx(to, abs=0.001)
        assert color(page) == pytest.approx(wanted, abs=12), to
    page.close()
