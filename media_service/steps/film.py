"""Track and timeline -> film: slides are drawn, shots rendered, and all joined with the film's sound."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from media_service.domain.episode import Assembled, Filmed, grow
from media_service.domain.fingerprint import fingerprint
from media_service.domain.product import Key, Product
from media_service.domain.slide import Slide, picture_of
from media_service.domain.storyboard import Fade, Shot, shots
from media_service.ports import Tools

VERSION = 1
"""Raise it when films made before must be made again."""
AT_ONCE = 2
"""Slides and shots in work at the same time; each encoder runs threads of its own."""


def film(episode: Assembled, tools: Tools) -> Filmed:
    """Draw, render and join an episode's film; shots that are on the shelf are used as they are."""
    storyboard = shots(episode.timeline)
    slides = tuple(dict.fromkeys(standing.slide for standing in episode.timeline.slides))
    tools.progress.begin("film", episode.name)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        try:
            sound = pool.submit(_sound, episode, tools)
            drawn = dict(zip(slides, pool.map(partial(_draw, episode, tools), slides), strict=True))
            rendered = tuple(pool.map(partial(_render, drawn, tools), storyboard))
            video = _join(rendered, sound.result(), episode.timeline.length, tools)
        except BaseException:  # a stop must not wait for work that has not begun
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    return grow(episode, Filmed, video=video)


def _sound(episode: Assembled, tools: Tools) -> Product[None]:
    key = Key("film-sound", fingerprint(VERSION, episode.master.key), ".m4a")
    return tools.shelf.obtain(key, type(None), lambda path: tools.sound.film_sound(episode.master.path, path))


def _draw(episode: Assembled, tools: Tools, slide: Slide) -> Product[None]:
    style = episode.facts.kind.value
    shown = picture_of(slide)
    picture = episode.pictures[shown.sha256].path if shown else None
    key = Key("slide", fingerprint(VERSION, slide, style, tools.slides.version(slide, style)), ".png")
    return tools.shelf.obtain(key, type(None), lambda path: tools.slides.draw(slide, style, picture, path))


def _render(drawn: dict[Slide, Product[None]], tools: Tools, shot: Shot) -> Product[None]:
    if isinstance(shot, Fade):
        before, after = drawn[shot.before], drawn[shot.after]
        key = Key("shot", fingerprint(VERSION, before.key, after.key, shot.frames), ".mp4")
        return tools.shelf.obtain(
            key, type(None), lambda path: tools.film.fade(before.path, after.path, shot.frames, path)
        )
    slide = drawn[shot.slide]
    key = Key("shot", fingerprint(VERSION, slide.key, shot.frames), ".mp4")
    return tools.shelf.obtain(key, type(None), lambda path: tools.film.still(slide.path, shot.frames, path))


def _join(rendered: tuple[Product[None], ...], sound: Product[None], length: int, tools: Tools) -> Product[int]:
    key = Key("video", fingerprint(VERSION, [shot.key for shot in rendered], sound.key), ".mp4")

    def make(path: Path) -> int:
        tools.film.join([shot.path for shot in rendered], sound.path, path)
        return length

    return tools.shelf.obtain(key, int, make)
