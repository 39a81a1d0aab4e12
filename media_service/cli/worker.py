"""`media-service worker`: workers only, on a machine that helps a service which runs elsewhere or beside it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

from media_service.cli.desk import DONE, Desk
from media_service.cli.up import names, read_queues, warn_without_room

if TYPE_CHECKING:  # what starts no worker starts without the queue's libraries
    from media_service.worker.supervise import Service


def worker(app: typer.Typer, desk: Desk) -> None:
    """Add the command."""

    @app.command("worker", help=desk.put("Run workers that help a service elsewhere, until Ctrl-C."))
    def command(
        queues: str = typer.Option("", "--queues", metavar="Q,Q", help=desk.put("Serve these queues only.")),
        each: int | None = typer.Option(None, "-n", min=1, help=desk.put("Workers for each queue.")),
    ) -> int:
        from media_service import service_diagnosis  # noqa: PLC0415  # as above
        from media_service.worker import log, supervise  # noqa: PLC0415

        wanted = read_queues(queues)
        service_diagnosis.require_shelf(desk.settings)
        service_diagnosis.require_redis(desk.settings)
        hands = tuple(queue for queue in supervise.company(desk.settings) if queue in wanted)
        if each:
            hands = tuple(queue for queue in wanted for _ in range(each))
        log.configure(desk.settings)
        supervise.supervise(desk.settings, supervise.Company(hands, lambda service: _beside(service, desk)))
        desk.say("Stopped; nothing is lost, the same command goes on.")
        return DONE


@contextmanager
def _beside(service: Service, desk: Desk) -> Iterator[None]:
    desk.say(
        "{count} worker(s) for {queues} help the service. Ctrl-C stops them.",
        count=len(service.queues),
        queues=names(service.queues, desk),
    )
    warn_without_room(service.settings, desk)
    yield
