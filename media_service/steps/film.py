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
from media_service.steps.paint import paint, reach

VERSION = 1
"""Raise it when films made before must be made again."""
SHOTS_A_PIECE = 4
"""Two pictures and what leads on from them: some seconds of work."""


def film(episode: Assembled, tools: Tools) -> Filmed:
    """Draw, render and join an episode's film; shots that are on the shelf are used as they are.

    Every piece waits only for what it is made from, so that slides are drawn while shots before them are encoded.
    """
    tools.progress.begin("film", episode.name)
    with ThreadPoolExecutor(tools.at_once) as pool:
        try:
            sound = pool.submit(_sound, episode, tools)
            drawn: dict[Slide, Future[Product[None]]] = {}
            rendered = []
            for shot in shots(episode.timeline):
                for slide in slides_of(shot):
                    if slide not in drawn:
                        drawn[slide] = pool.submit(_draw, episode, tools, slide)
                rendered.append(pool.submit(_render_drawn, shot, [drawn[slide] for slide in slides_of(shot)], tools))
            video = _join(episode, [shot.result() for shot in rendered], sound.result(), tools)
        except BaseException:  # a stop must not wait for work that has not begun
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    return grow(episode, Filmed, video=video)


def pieces(episode: Assembled) -> int:
    """Count the pieces that may be made ahead: the sound, then groups of shots."""
    return 1 + -(-len(shots(episode.timeline)) // SHOTS_A_PIECE)


def make_piece(episode: Assembled, number: int, tools: Tools) -> None:
    """Make one of the pieces, from 0; a slide that two pieces need is drawn by whoever comes first."""
    tools.progress.begin("film", episode.name)
    if number == 0:
        _sound(episode, tools)
        return
    for shot in shots(episode.timeline)[(number - 1) * SHOTS_A_PIECE : number * SHOTS_A_PIECE]:
        _render(shot, [_draw(episode, tools, slide) for slide in slides_of(shot)], tools)


def _sound(episode: Assembled, tools: Tools) -> Product[None]:
    key = Key("film-sound", fingerprint(VERSION, episode.master.key, tools.sound.version()), ".m4a")
    return tools.shelf.obtain(
        key, type(None), lambda path: tools.sound.film_sound(tools.shelf.reach(episode.master.key), path)
    )


def _draw(episode: Assembled, tools: Tools, slide: Slide) -> Product[None]:
    style = episode.facts.kind.value
    painted = paint(picture_of(slide), episode, tools)
    key = Key("slide", fingerprint(VERSION, unnamed(slide), style, tools.slides.version(slide, style)), ".png")
    return tools.shelf.obtain(
        key, type(None), lambda path: tools.slides.draw(slide, style, reach(painted, tools), path)
    )


def _render_drawn(shot: Shot, drawn: Sequence[Future[Product[None]]], tools: Tools) -> Product[None]:
    """Render a shot once its slides are drawn; their drawing was asked for before, so it never waits for ever."""
    return _render(shot, [slide.result() for slide in drawn], tools)


def _render(shot: Shot, slides: Sequence[Product[None]], tools: Tools) -> Product[None]:
    """Render a shot from its slides, in order."""
    name = fingerprint(VERSION, [slide.key for slide in slides], shot.frames, tools.film.version())

    def make(path: Path) -> None:
        paths = [tools.shelf.reach(slide.key) for slide in slides]
        if isinstance(shot, Fade):
            tools.film.fade(paths[0], paths[1], shot.frames, path)
        else:
            tools.film.still(paths[0], shot.frames, path)

    return tools.shelf.obtain(Key("shot", name, ".mp4"), type(None), make)


def _join(episode: Assembled, rendered: Sequence[Product[None]], sound: Product[None], tools: Tools) -> Product[int]:
    name = fingerprint(VERSION, [shot.key for shot in rendered], sound.key, episode.facts.language)

    def make(path: Path) -> int:
        shown = [tools.shelf.reach(shot.key) for shot in rendered]
        tools.film.join(shown, tools.shelf.reach(sound.key), episode.facts.language, path)
        return episode.timeline.length

    return tools.shelf.obtain(Key("video", name, ".mp4"), int, make)
