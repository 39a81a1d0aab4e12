"""`media-service up`: the whole service of one machine in the foreground, until Ctrl-C or SIGTERM."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

from media_service.cli.desk import DONE, Desk
from media_service.cli.local_channel import local_channel
from media_service.cli.studio import studio_beside
from media_service.domain.nearest import nearest
from media_service.domain.stage import Queue
from media_service.errors import NoSpaceError, refused
from media_service.messages import message
from media_service.settings import Settings
from media_service.words import QUEUES

if TYPE_CHECKING:  # what starts no worker starts without the queue's libraries
    from media_service.worker.supervise import Service


def up(app: typer.Typer, desk: Desk) -> None:
    """Add the command."""

    @app.command("up", help=desk.put("Run the service until Ctrl-C; what was stopped goes on by itself."))
    def command(
        cores: int | None = typer.Option(None, "--cores", min=1, help=desk.put("Pieces of work at the same time.")),
        queues: str = typer.Option("", "--queues", metavar="Q,Q", help=desk.put("Serve these queues only.")),
    ) -> int:
        from media_service import service_diagnosis  # noqa: PLC0415  # as above
        from media_service.worker import log, supervise  # noqa: PLC0415

        settings = with_cores(desk.settings, cores)
        wanted = read_queues(queues)
        service_diagnosis.require_shelf(settings)
        hands = tuple(queue for queue in supervise.company(settings) if queue in wanted)
        log.configure(settings)
        supervise.up(settings, supervise.Company(hands, lambda service: _beside(service, desk)))
        desk.say("Stopped; nothing is lost, the same command goes on.")
        return DONE


@contextmanager
def _beside(service: Service, desk: Desk) -> Iterator[None]:
    """Serve health and figures, and say that the service works."""
    from media_service.monitoring.server import serve  # noqa: PLC0415  # as above

    settings = service.settings
    places = {"output": settings.output, "state": settings.state}
    with (
        serve(
            settings.service.listen, service.stores.records, service.pulse, places, settings.service.free_bytes
        ) as url,
        local_channel(settings, service.stores.ledgers) as page,
        studio_beside(settings, service.stores, desk),
    ):
        desk.say(
            "The service works for {queues} with {cores} core(s); productions appear in {folder}. Ctrl-C stops it.",
            queues=names(service.queues, desk),
            cores=settings.service.cores,
            folder=settings.output,
        )
        if url:
            desk.say("Health and figures: {url}/readyz, {url}/metrics", url=url)
        if page:
            desk.say("The channel of this machine: {url}", url=page)
        warn_without_room(settings, desk)
        yield


def warn_without_room(settings: Settings, desk: Desk) -> None:
    """Say where the disk is too full for work to begin; it does by itself as soon as there is room."""
    from media_service import service_diagnosis  # noqa: PLC0415  # as above

    try:
        service_diagnosis.require_free_room(settings)
    except NoSpaceError as fault:
        desk.complain(fault)
        desk.hint("No piece of work begins until there is that much room; then the work goes on by itself.")


def with_cores(settings: Settings, cores: int | None) -> Settings:
    """Return the settings with the cores that a command asked for, if it did."""
    if cores is None:
        return settings
    return dataclasses.replace(settings, service=dataclasses.replace(settings.service, cores=cores))


def read_queues(written: str) -> tuple[Queue, ...]:
    """Read a list of queues as people write it; all of them where none is named. Raises InputError."""
    names = [name.strip() for name in written.split(",") if name.strip()]
    for name in names:
        if name not in set(Queue):
            near = nearest(name, Queue)
            known = near or ", ".join(Queue)
            raise refused("", message("There is no queue “{name}”; did you mean {known}?", name=name, known=known))
    return tuple(dict.fromkeys(map(Queue, names))) or tuple(Queue)


def names(queues: tuple[Queue, ...], desk: Desk) -> str:
    """Return what people call the queues, each once."""
    return ", ".join(desk.translate(QUEUES[queue]) for queue in dict.fromkeys(queues))
