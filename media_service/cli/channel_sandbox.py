"""`media-service channel sandbox`: a channel of our own on this machine, with its page, until Ctrl-C."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import typer

from media_service import listening
from media_service.cli.desk import DONE, Desk


def sandbox(group: typer.Typer, desk: Desk) -> None:
    """Add the command."""

    @group.command("sandbox", help=desk.put("Run a channel of your own on this machine, in place of YouTube."))
    def command(
        folder: Path | None = typer.Option(None, "--folder", help=desk.put("Where it keeps what it gets.")),
        listen: str = typer.Option("127.0.0.1:9760", "--listen", help=desk.put("Address and port of its page.")),
        faults: bool = typer.Option(False, "--faults", help=desk.put("It can be told to misbehave, for tests.")),
    ) -> int:
        from media_service.youtube.sandbox import server  # noqa: PLC0415  # other commands start without its libraries
        from media_service.youtube.sandbox.sandbox import Options  # noqa: PLC0415

        place = (folder or desk.settings.output / ".sandbox").absolute()
        options = Options(place, desk.settings.folders("templates"), faults)
        with listening.listen(listen, "--listen") as door:
            desk.say(
                "The channel is at {url}, its owner's view at {url}/?owner=1; all lies in {folder}. Ctrl-C stops it.",
                url=listening.address(door),
                folder=place,
            )
            with suppress(KeyboardInterrupt):  # that is how it is meant to end
                server.run(options, door)
        desk.say("Stopped; the channel keeps what it has.")
        return DONE
