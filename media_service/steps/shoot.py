"""A shot of a film -> a product: its slides and blocks of text are drawn, then what happens on them is encoded."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from media_service.domain.episode import Assembled
from media_service.domain.fingerprint import fingerprint
from media_service.domain.look import Canvas, Look, look_of
from media_service.domain.product import Key, Product
from media_service.domain.read_along import Block, Lettering
from media_service.domain.slide import Slide, SlideFacts, picture_of, unnamed
from media_service.domain.storyboard import Fade, Moving, Read, Scene, Shot, Still, scenes_of
from media_service.domain.timeline import FRAME_RATE
from media_service.ports import Tools
from media_service.screens import Lettered, Shown
from media_service.steps.paint import paint, reach

VERSION = 3
"""Raise it when shots made before must be made again."""
DRAWN_VERSION = 2
"""Raise it when slides and blocks drawn before must be drawn again."""
Drawn = Product[SlideFacts] | Product[Lettering]
"""A slide, or a block of text, on the shelf."""


@dataclass(frozen=True, slots=True)
class Studio:
    """Where a film is shot: whose it is, on which canvas, and the tools."""

    episode: Assembled
    canvas: Canvas
    tools: Tools

    @property
    def look(self) -> Look:
        """How its slides look."""
        return look_of(self.episode.facts, self.canvas)


def shoot(shot: Shot, studio: Studio) -> Product[None]:
    """Return a shot, drawn and encoded where it is not on the shelf yet."""
    return render(shot, {one: draw(one, studio) for one in needs(shot)}, studio)


def needs(shot: Shot) -> tuple[Slide | Block, ...]:
    """Return what must be drawn for a shot, each once."""
    scenes = scenes_of(shot)
    return tuple(dict.fromkeys([scene.slide for scene in scenes] + [scene.block for scene in scenes if scene.block]))


def first_shown(shots: Iterable[Shot]) -> dict[Slide | Block, float]:
    """Return all that is drawn for a film, each with the second at which it is first needed."""
    seen: dict[Slide | Block, float] = {}
    frames = 0
    for shot in shots:
        for one in needs(shot):
            seen.setdefault(one, frames / FRAME_RATE)
        frames += shot.frames
    return seen


def draw(one: Slide | Block, studio: Studio) -> Drawn:
    """Return a slide or a block of text, drawn."""
    return _letter(one, studio) if isinstance(one, Block) else _draw(one, studio)


def render(shot: Shot, drawn: Mapping[Slide | Block, Drawn], studio: Studio) -> Product[None]:
    """Return a shot, encoded from what was drawn for it."""
    tools = studio.tools
    seen = [(drawn[scene.slide].key, scene.view, scene.block and drawn[scene.block].key) for scene in scenes_of(shot)]
    name = fingerprint(VERSION, type(shot).__name__, seen, _course(shot), tools.film.version())
    make = _maker(shot, lambda scene: _shown(scene, drawn, tools), tools)
    return tools.shelf.obtain(Key("shot", name, ".mp4"), type(None), make)


def _course(shot: Shot) -> object:
    """Return what happens in a shot, and for how long."""
    if isinstance(shot, Moving):
        return shot.move
    return shot.lit if isinstance(shot, Read) else shot.frames


def _maker(shot: Shot, shown: Callable[[Scene], Shown], tools: Tools) -> Callable[[Path], None]:
    match shot:
        case Still(scene, frames):
            return lambda path: tools.film.still(shown(scene), frames, path)
        case Fade(before, after, frames):
            return lambda path: tools.film.fade(shown(before), shown(after), frames, path)
        case Moving(slide, move):
            return lambda path: tools.film.moving(shown(Scene(slide)).slide, move, range(move.frames), path)
        case Read(scene, lit):
            return lambda path: tools.film.read(shown(scene), lit, path)


def _shown(scene: Scene, drawn: Mapping[Slide | Block, Drawn], tools: Tools) -> Shown:
    slide = tools.shelf.reach(drawn[scene.slide].key)
    if scene.block is None:
        return Shown(slide, scene.view)
    block = drawn[scene.block]
    if not isinstance(block.facts, Lettering):
        raise TypeError(f"{block.key} is no block of text")
    return Shown(slide, scene.view, Lettered(tools.shelf.reach(block.key), block.facts))


def _draw(slide: Slide, studio: Studio) -> Product[SlideFacts]:
    look, tools = studio.look, studio.tools
    painted = paint(picture_of(slide), studio.episode, tools)
    key = Key("slide", fingerprint(DRAWN_VERSION, unnamed(slide), look, tools.slides.version(slide, look)), ".png")
    return tools.shelf.obtain(key, SlideFacts, lambda path: tools.slides.draw(slide, look, reach(painted, tools), path))


def _letter(block: Block, studio: Studio) -> Product[Lettering]:
    look, tools = studio.look, studio.tools
    key = Key("letters", fingerprint(DRAWN_VERSION, block, look, tools.slides.version(block, look)), ".png")
    return tools.shelf.obtain(key, Lettering, lambda path: tools.slides.letter(block, look, path))
