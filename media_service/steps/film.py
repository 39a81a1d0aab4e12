"""Master and timeline -> film: slides are drawn, shots rendered, and all joined with the film's sound."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from media_service.domain.episode import Assembled, Filmed, grow
from media_service.domain.fingerprint import fingerprint
from media_service.domain.product import Key, Product
from media_service.domain.slide import Slide, picture_of, unnamed
from media_service.domain.storyboard import Fade, Shot, shots, slides_of
from media_service.ports import Tools
from media_service.steps.paint import paint

VERSION = 1
"""Raise it when films made before must be made again."""
AT_ONCE = 3
"""Pieces in work at the same time: one slide being drawn and two shots being encoded keep a small machine busy."""


def film(episode: Assembled, tools: Tools) -> Filmed:
    """Draw, render and join an episode's film; shots that are on the shelf are used as they are.

    Every piece waits only for what it is made from, so that slides are drawn while shots before them are encoded.
    """
    tools.progress.begin("film", episode.name)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        try:
            sound = pool.submit(_sound, episode, tools)
            drawn: dict[Slide, Future[Product[None]]] = {}
            rendered = []
            for shot in shots(episode.timeline):
                for slide in slides_of(shot):
                    if slide not in drawn:
                        drawn[slide] = pool.submit(_draw, episode, tools, slide)
                rendered.append(pool.submit(_render, shot, [drawn[slide] for slide in slides_of(shot)], tools))
            video = _join(episode, [shot.result() for shot in rendered], sound.result(), tools)
        except BaseException:  # a stop must not wait for work that has not begun
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    return grow(episode, Filmed, video=video)


def _sound(episode: Assembled, tools: Tools) -> Product[None]:
    key = Key("film-sound", fingerprint(VERSION, episode.master.key, tools.sound.version()), ".m4a")
    return tools.shelf.obtain(key, type(None), lambda path: tools.sound.film_sound(episode.master.path, path))


def _draw(episode: Assembled, tools: Tools, slide: Slide) -> Product[None]:
    style = episode.facts.kind.value
    painted = paint(picture_of(slide), episode, tools)
    key = Key("slide", fingerprint(VERSION, unnamed(slide), style, tools.slides.version(slide, style)), ".png")
    return tools.shelf.obtain(key, type(None), lambda path: tools.slides.draw(slide, style, painted, path))


def _render(shot: Shot, drawn: Sequence[Future[Product[None]]], tools: Tools) -> Product[None]:
    """Render a shot from its slides, in order; their drawing was asked for before, so it never waits for ever."""
    slides = [slide.result() for slide in drawn]
    name = fingerprint(VERSION, [slide.key for slide in slides], shot.frames, tools.film.version())
    key, paths = Key("shot", name, ".mp4"), [slide.path for slide in slides]

    def make(path: Path) -> None:
        if isinstance(shot, Fade):
            tools.film.fade(paths[0], paths[1], shot.frames, path)
        else:
            tools.film.still(paths[0], shot.frames, path)

    return tools.shelf.obtain(key, type(None), make)


def _join(episode: Assembled, rendered: Sequence[Product[None]], sound: Product[None], tools: Tools) -> Product[int]:
    name = fingerprint(VERSION, [shot.key for shot in rendered], sound.key, episode.facts.language)

    def make(path: Path) -> int:
        tools.film.join([shot.path for shot in rendered], sound.path, episode.facts.language, path)
        return episode.timeline.length

    return tools.shelf.obtain(Key("video", name, ".mp4"), int, make)
