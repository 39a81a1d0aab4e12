"""What moves in a film, and what is read in it: looked at frame by frame, to a fraction of a pixel."""

from __future__ import annotations

from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image

from media_service.domain.motion import Move, Way, move
from media_service.domain.read_along import Box, Lettering, Lit
from media_service.errors import SetupError
from media_service.ffmpeg.film import FfmpegFilm
from media_service.screens import Lettered, Shown
from tests.ffmpeg.rendering import Episode

pytestmark = pytest.mark.film
STARS = ((0.3, 0.4), (0.52, 0.55), (0.7, 0.3))
"""Places on the slide, as shares, where something small and soft can be followed."""
TRACKED_PX = 0.1


def lights(path: Path) -> list[np.ndarray]:
    """Return the light of every frame."""
    with av.open(str(path)) as file:
        return [frame.to_ndarray()[: frame.height].astype(float) for frame in file.decode(video=0)]


@pytest.fixture(scope="module")
def sky(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dark slide with three soft stars."""
    down, right = np.mgrid[0:1080, 0:1920]
    light = np.full((1080, 1920), 30.0)
    for x, y in STARS:
        light += 190 * np.exp(-((right + 0.5 - x * 1920) ** 2 + (down + 0.5 - y * 1080) ** 2) / (2 * 5.0**2))
    path = tmp_path_factory.mktemp("sky") / "sky.png"
    Image.fromarray(np.repeat(light[..., None], 3, 2).clip(0, 255).astype(np.uint8)).save(path)
    return path


def planned(plan: Move, frame: int, star: tuple[float, float]) -> np.ndarray:
    """Return where a star should be seen in a frame, in pixels."""
    view = plan.at(frame)
    shares = [(place - middle) * view.zoom + 0.5 for place, middle in zip(star, (view.x, view.y), strict=True)]
    return np.array(shares) * (1920, 1080)


def found(light: np.ndarray, near: np.ndarray) -> np.ndarray:
    """Return the middle of what is bright near a place, in pixels."""
    left, top = (near - 24).astype(int)
    patch = (light[top : top + 48, left : left + 48] - 60).clip(0)
    down, right = np.mgrid[0:48, 0:48]
    middle = np.array([(patch * right).sum(), (patch * down).sum()]) / patch.sum()
    return middle + (left, top) + 0.5


@pytest.mark.parametrize("way", [Way.NEARER, Way.LEFTWARD])
def test_what_moves_follows_its_path_to_a_tenth_of_a_pixel(
    way: Way, film: FfmpegFilm, sky: Path, tmp_path: Path
) -> None:
    plan = move(way, 240)
    film.moving(sky, plan, range(100, 130), tmp_path / "m.mp4")
    seen = lights(tmp_path / "m.mp4")
    assert len(seen) == 30
    away = []
    for number, light in enumerate(seen):
        for star in STARS:
            place = planned(plan, 100 + number, star)
            away.append(found(light, place) - place)
    rms = float(np.sqrt((np.array(away) ** 2).sum(axis=1).mean()))
    assert rms <= TRACKED_PX
    gone = planned(plan, 129, STARS[0]) - planned(plan, 100, STARS[0])
    assert np.hypot(*gone) > 3  # it has moved far more than that


def test_a_move_made_in_parts_and_its_rest_join_without_a_jump(film: FfmpegFilm, sky: Path, tmp_path: Path) -> None:
    plan = move(Way.NEARER, 240)
    for number, frames in enumerate((range(112, 120), range(120, 124))):
        film.moving(sky, plan, frames, tmp_path / f"{number}.mp4")
    film.still(Shown(sky, plan.end), 3, tmp_path / "rest.mp4")
    film.moving(sky, plan, range(238, 240), tmp_path / "last.mp4")
    for before, after, first in ((lights(tmp_path / "0.mp4")[-1], lights(tmp_path / "1.mp4")[0], 119),):
        star = STARS[2]
        step = found(after, planned(plan, first + 1, star)) - found(before, planned(plan, first, star))
        assert step == pytest.approx(planned(plan, first + 1, star) - planned(plan, first, star), abs=0.12)
    rest, last = lights(tmp_path / "rest.mp4"), lights(tmp_path / "last.mp4")[-1]
    assert np.abs(rest[0] - last).mean() < 0.5
    assert all(np.array_equal(light, rest[0]) for light in rest)


@pytest.fixture(scope="module")
def letters(tmp_path_factory: pytest.TempPathFactory) -> Lettered:
    """A block of two words: grey, and behind each a brighter patch where it is lit."""
    path = tmp_path_factory.mktemp("letters") / "b.png"
    drawn = np.full((400, 800, 4), 255, np.uint8)
    drawn[:200, :, :3], drawn[200:, :, :3] = 90, 210
    Image.fromarray(drawn).save(path)
    words = Box(600, 820, 800, 900), Box(820, 820, 1000, 900)
    return Lettered(path, Lettering(Box(560, 800, 1360, 1000), words))


def test_words_are_lit_for_their_frames_and_nothing_else_changes(
    film: FfmpegFilm, sky: Path, letters: Lettered, tmp_path: Path
) -> None:
    lit = (Lit(0, 0, 4), Lit(0, 1, 9), Lit(1, 2, 20), Lit(2, 2, 7))
    film.read(Shown(sky, letters=letters), lit, tmp_path / "r.mp4")
    seen = lights(tmp_path / "r.mp4")
    first, second = np.s_[840:880, 620:780], np.s_[840:880, 840:980]
    shown = [(light[first].mean() > 150, light[second].mean() > 150) for light in seen]
    assert shown == [(False, False)] * 4 + [(True, False)] * 9 + [(False, True)] * 20 + [(False, False)] * 7
    assert max(np.abs(light[:780] - seen[0][:780]).mean() for light in seen) < 0.3
    assert seen[0][950, 1300] == pytest.approx(92, abs=6)


def test_what_stands_stands_to_the_last_bit(film: FfmpegFilm, slides: tuple[Path, Path], tmp_path: Path) -> None:
    for frames in (3, 5, 31):
        film.still(Shown(slides[0]), frames, tmp_path / "s.mp4")
        seen = lights(tmp_path / "s.mp4")
        assert len(seen) == frames
        assert all(np.array_equal(light, seen[0]) for light in seen)


def test_upright_shots_join_each_other_and_no_broad_ones(
    film: FfmpegFilm, slides: tuple[Path, Path], episode: Episode, tmp_path: Path
) -> None:
    Image.new("RGB", (1080, 1920), "navy").save(tmp_path / "tall.png")
    film.still(Shown(tmp_path / "tall.png"), 20, tmp_path / "1.mp4")
    film.still(Shown(slides[0]), 20, tmp_path / "2.mp4")
    film.join([tmp_path / "1.mp4"] * 2, episode.film_sound, "vi", tmp_path / "film.mp4")
    with av.open(str(tmp_path / "film.mp4")) as file:
        assert (file.streams.video[0].width, file.streams.video[0].height) == (1080, 1920)
    with pytest.raises(SetupError, match=r"2\.mp4"):
        film.join([tmp_path / "1.mp4", tmp_path / "2.mp4"], episode.film_sound, "vi", tmp_path / "film.mp4")


def test_every_second_of_a_film_can_be_sought(
    film: FfmpegFilm, sky: Path, slides: tuple[Path, Path], episode: Episode, tmp_path: Path
) -> None:
    """Every kind of shot in one film: what is shown after seeking is what is shown when all is played."""
    plan = move(Way.RIGHTWARD, 90)
    paths = [tmp_path / f"{number}.mp4" for number in range(4)]
    film.still(Shown(slides[1]), 37, paths[0])
    film.fade(Shown(slides[1]), Shown(sky, plan.start), 16, paths[1])
    film.moving(sky, plan, range(60), paths[2])
    film.still(Shown(sky, plan.at(59)), 25, paths[3])
    film.join(paths, episode.film_sound, "vi", tmp_path / "film.mp4")
    played = lights(tmp_path / "film.mp4")
    assert len(played) == 138
    for second in range(4):
        with av.open(str(tmp_path / "film.mp4")) as file:
            stream = file.streams.video[0]
            file.seek(second * stream.time_base.denominator // stream.time_base.numerator, stream=stream)
            sought = next(one for one in file.decode(stream) if one.time >= second - 1e-6)
            assert np.array_equal(sought.to_ndarray()[:1080], played[second * 30].astype(np.uint8))
