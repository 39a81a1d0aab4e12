"""`media-service doctor`: what this machine has, what it lacks, and what to do about it."""

from __future__ import annotations

import typer
from rich.text import Text

from media_service import diagnosis
from media_service.cli.desk import DONE, MENDABLE, Desk


def doctor(app: typer.Typer, desk: Desk) -> None:
    """Add the command."""

    @app.command("doctor", help=desk.put("Say what is there, what is missing, and what to do."))
    def command() -> int:
        from media_service import service_diagnosis  # noqa: PLC0415  # the queue's libraries are loaded where they are needed

        findings = (*diagnosis.examine(desk.settings), *service_diagnosis.examine(desk.settings))
        for finding in findings:
            mark, style = ("✓", "green") if finding.well else ("✗", "red")
            desk.out.print(
                Text(f"{mark} ", style=style) + Text(f"{desk.translate(finding.part)}: {desk.translate(finding.said)}"),
                soft_wrap=True,
            )
        return DONE if all(finding.well for finding in findings) else MENDABLE
