"""`media-service status`: where productions stand, once or live, and what keeps them waiting."""

from __future__ import annotations

import time
from collections.abc import Callable

import typer
from rich.live import Live

from media_service import bootstrap, service_actions
from media_service.cli.desk import DONE, MENDABLE, Desk
from media_service.cli.picture import Scene, lines, picture, show
from media_service.domain.service import Standing
from media_service.domain.share import at_rest
from media_service.stores import Stores

EVERY_S = 1.0
"""How often a live table looks again."""


def status(app: typer.Typer, desk: Desk) -> None:
    """Add the command."""

    @app.command("status", help=desk.put("Say where productions stand and how long they still take."))
    def command(
        slug: str = typer.Argument("", metavar="[SLUG]", help=desk.put("A production, by the name that status shows.")),
        watch: bool = typer.Option(False, "--watch", help=desk.put("Stay, and show every change; Ctrl-C ends it.")),
        json: bool = typer.Option(False, "--json", help=desk.put("Print it for programs.")),
    ) -> int:
        with bootstrap.stores(desk.settings) as stores:
            if watch:
                return _watch(lambda: _look(slug, stores), desk)
            scene = _look(slug, stores)
        if json:
            desk.json({"productions": scene.works, "workers": scene.workers, "unattended": scene.unattended})
        else:
            show(scene, desk)
        return DONE


def _look(slug: str, stores: Stores) -> Scene:
    works = (service_actions.find(slug, stores.works),) if slug else stores.works.status()
    workers = stores.records.workers(service_actions.ALIVE)
    return Scene(works, workers, service_actions.unattended(works, workers), detailed=bool(slug))


def _watch(look: Callable[[], Scene], desk: Desk) -> int:
    """Show what changes until Ctrl-C, or until the one production that is watched changes by itself no more."""
    scene = look()
    try:
        if desk.out.is_terminal:
            with Live(picture(scene, desk), console=desk.out, auto_refresh=False) as live:
                while not _over(scene):
                    time.sleep(EVERY_S)
                    scene = look()
                    live.update(picture(scene, desk), refresh=True)
        else:
            scene = _tell(scene, look, desk)
    except KeyboardInterrupt:
        return DONE
    stuck = any(work.standing is Standing.STUCK for work in scene.works)
    return MENDABLE if stuck and scene.detailed else DONE


def _tell(scene: Scene, look: Callable[[], Scene], desk: Desk) -> Scene:
    """Print a line for every change, where a table cannot be drawn over; returns what was seen last."""
    told: set[str] = set()
    while True:
        now = lines(scene, desk)
        for line in now:
            if line not in told:
                desk.out.print(line, soft_wrap=True)
        told = set(now)
        if _over(scene):
            return scene
        time.sleep(EVERY_S)
        scene = look()


def _over(scene: Scene) -> bool:
    return scene.detailed and all(map(at_rest, scene.works))
