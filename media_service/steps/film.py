"""Master and timeline -> films: slides are drawn, shots rendered, and all joined with the film's sound.

Every film of an episode is made here, the main one and those beside it; what they share is made once.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

from media_service.domain.edition import OtherFilm
from media_service.domain.episode import Assembled, Filmed, grow
from media_service.domain.look import Canvas
from media_service.domain.product import Product
from media_service.domain.reels import Reel, reels
from media_service.domain.storyboard import Moving, Read, Shot
from media_service.ports import Tools
from media_service.steps.join import join, sound
from media_service.steps.shoot import Studio, draw, needs, render, shoot

WORK_A_PIECE = 200
"""Frames to encode, about: some seconds of work."""
WORK_BESIDE = 15
"""What a shot takes beside its own frames: slides to draw, and frames in which nothing changes."""


def film(episode: Assembled, tools: Tools) -> Filmed:
    """Draw, render and join an episode's films; shots that are on the shelf are used as they are.

    Every piece waits only for what it is made from, so that slides are drawn while shots before them are encoded.
    """
    tools.progress.begin("film", episode.name)
    made = reels(episode.facts, episode.number, episode.timeline)
    with ThreadPoolExecutor(max(1, tools.at_once - 1)) as pool:  # other episodes are in work beside this one
        try:
            videos = _made(episode, made, _Once(pool), tools)
        except BaseException:  # a stop must not wait for work that has not begun
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    others = tuple(OtherFilm(reel.edition, video) for reel, video in zip(made[1:], videos[1:], strict=True))
    return grow(episode, Filmed, video=videos[0], others=others)


def pieces(episode: Assembled) -> int:
    """Count the pieces that may be made ahead: the sounds, then groups of shots."""
    return 1 + len(_groups(reels(episode.facts, episode.number, episode.timeline)))


def make_piece(episode: Assembled, number: int, tools: Tools) -> None:
    """Make one of the pieces, from 0; a slide that two pieces need is drawn by whoever comes first."""
    tools.progress.begin("film", episode.name)
    made = reels(episode.facts, episode.number, episode.timeline)
    if number == 0:
        for reel in made:
            sound(episode, reel, tools)
        return
    for canvas, shot in _groups(made)[number - 1]:
        shoot(shot, Studio(episode, canvas, tools))


@dataclass(frozen=True, slots=True)
class _Once:
    """A pool that does each thing once, however many ask for it."""

    pool: ThreadPoolExecutor
    asked: dict[Hashable, Future[Any]] = field(default_factory=dict)

    def ask(self, name: Hashable, do: Callable[..., Any], *given: object) -> Future[Any]:
        """Return what will come of it."""
        if name not in self.asked:
            self.asked[name] = self.pool.submit(do, *given)
        return self.asked[name]


def _made(episode: Assembled, made: Sequence[Reel], once: _Once, tools: Tools) -> list[Product[int]]:
    """Return the films, one for each reel."""
    coming = []
    for reel in made:
        heard = once.ask(reel.stretch, sound, episode, reel, tools)
        coming.append((reel, [_shot(shot, Studio(episode, reel.canvas, tools), once) for shot in reel.shots], heard))
    return [
        join(episode, reel, [shot.result() for shot in shots], heard.result(), tools) for reel, shots, heard in coming
    ]


def _shot(shot: Shot, studio: Studio, once: _Once) -> Future[Any]:
    """Ask for a shot. What it waits for was asked for before it, so that it never waits for ever."""
    drawn = {one: once.ask((studio.canvas, one), draw, one, studio) for one in needs(shot)}

    def make() -> Product[None]:
        return render(shot, {one: there.result() for one, there in drawn.items()}, studio)

    return once.ask((studio.canvas, shot), make)


def _groups(made: Sequence[Reel]) -> list[list[tuple[Canvas, Shot]]]:
    """Part the shots of all films, each once, into groups of about as much work."""
    return list(_parted(dict.fromkeys((reel.canvas, shot) for reel in made for shot in reel.shots)))


def _parted(shots: dict[tuple[Canvas, Shot], None]) -> Iterator[list[tuple[Canvas, Shot]]]:
    group: list[tuple[Canvas, Shot]] = []
    work = 0
    for one in shots:
        group.append(one)
        work += _work(one[1])
        if work >= WORK_A_PIECE:
            yield group
            group, work = [], 0
    if group:
        yield group


def _work(shot: Shot) -> int:
    """Return about how many frames are encoded for a shot."""
    if isinstance(shot, Read):
        return 2 * len(shot.lit) + WORK_BESIDE
    return (shot.frames if isinstance(shot, Moving) else WORK_BESIDE) + WORK_BESIDE
