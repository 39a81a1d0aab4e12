"""`media-service demo`: the shipped works through the real service onto a channel of our own, to be looked at.

Its database, queue and channel lie apart from the real ones; what is made is found under output/ like everything.
"""

from __future__ import annotations

import dataclasses
import os
import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from threading import Thread
from typing import TYPE_CHECKING

import typer

from media_service import bootstrap, service_actions
from media_service.cli.demo_check import faults
from media_service.cli.demo_direction import Direction
from media_service.cli.desk import DONE, MENDABLE, Desk
from media_service.cli.local_channel import answers, local_channel
from media_service.errors import MediaServiceError
from media_service.settings import SANDBOX, Publishing, Service, Settings
from media_service.tally import Tally

if TYPE_CHECKING:  # what starts no worker starts without the queue's libraries
    from media_service.worker.supervise import Service as AtWork

SHIPPED = ("rua-con-ve-bien", "su-tich-dua-hau", "gioi-thieu-de-men", "thap-po-sah-inu")
WHO = "demo"
_PORT = 9760


def demo(app: typer.Typer, desk: Desk) -> None:
    """Add the command."""

    @app.command("demo", help=desk.put("Make the shipped works and show them on a channel of ours."))
    def command(
        once: bool = typer.Option(False, "--once", help=desk.put("Check the channel, then end.")),
        jobs: str = typer.Option(
            ",".join(SHIPPED), "--jobs", metavar="J,J", help=desk.put("Job folders, or names of jobs in jobs/.")
        ),
    ) -> int:
        ours = dataclasses.replace(desk, settings=settings_of(desk.settings))
        names = [name.strip() for name in jobs.split(",") if name.strip()]
        return Demo(ours, once=once).run(names)


def settings_of(real: Settings) -> Settings:
    """Return the settings of a demo: all of its own, but for where works are made and with how many cores."""
    service = Service(
        state=real.output / ".demo",
        cores=real.service.cores,
        lease=real.service.lease,
        free_bytes=real.service.free_bytes,
        listen="",
        log=real.service.log,
        who=WHO,
    )
    port = _PORT if not answers("127.0.0.1", _PORT) else 0
    return dataclasses.replace(
        real, service=service, publishing=Publishing(SANDBOX, f"http://127.0.0.1:{port or _free_port()}")
    )


def _free_port() -> int:
    from socket import socket  # noqa: PLC0415  # hardly ever needed

    with socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


class Demo:
    """One demo: works handed in, a service beside which somebody approves, a channel to look at."""

    def __init__(self, desk: Desk, *, once: bool) -> None:
        self._desk = desk
        self._once = once
        self._slugs: Sequence[str] = ()
        self._code = MENDABLE
        """What it comes to: nothing was checked yet."""

    def run(self, jobs: Sequence[str]) -> int:
        """Run it to its end, or until Ctrl-C; a second one goes on where it was."""
        from media_service.worker import log, supervise  # noqa: PLC0415  # as above

        settings = self._desk.settings
        self._slugs = self._hand_in(jobs)
        log.configure(settings)
        supervise.up(settings, supervise.Company(supervise.company(settings), self._beside))
        if not self._once or self._code != DONE:
            self._desk.say("Stopped; the same command goes on.")
        return self._code if self._once else DONE

    def _hand_in(self, jobs: Sequence[str]) -> list[str]:
        settings = self._desk.settings
        with bootstrap.stores(settings) as stores, bootstrap.tools(settings, Tally()) as tools:
            found = [bootstrap.find_job(name, settings) for name in jobs]
            return [service_actions.submit(job, WHO, tools, stores.works).accepted.slug for job in found]

    @contextmanager
    def _beside(self, service: AtWork) -> Iterator[None]:
        with local_channel(service.settings, service.stores.ledgers) as url:
            direction = Direction(service.stores, self._slugs, self._desk)
            thread = Thread(target=self._direct, args=(direction, service, url), name="demo", daemon=True)
            thread.start()
            try:
                yield
            finally:
                direction.end()
                thread.join(timeout=5)

    def _direct(self, direction: Direction, service: AtWork, url: str) -> None:
        """See the works onto the channel, then check it or show it; ends the service after `--once`."""
        try:
            if direction.until_published():
                self._show(service, url)
        except MediaServiceError as fault:
            self._desk.complain(fault)
        finally:
            if self._once and not direction.ended:
                os.kill(os.getpid(), signal.SIGTERM)

    def _show(self, service: AtWork, url: str) -> None:
        found = faults(service.settings, service.stores, self._slugs, url)
        for fault in found:
            self._desk.add(fault)
        self._code = MENDABLE if found else DONE
        for slug in self._slugs:
            self._desk.say("{folder}", folder=self._desk.settings.output / slug)
        if not found:
            self._desk.say(
                "All {count} works are on the channel as they should be: {url}", count=len(self._slugs), url=url
            )
        if not self._once:
            self._desk.say("Look at it in a browser; Ctrl-C ends the demo.")
            import webbrowser  # noqa: PLC0415  # no other command opens one

            webbrowser.open(url)
