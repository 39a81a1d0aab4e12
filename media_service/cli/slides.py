"""`media-service slides`: how a work will look, in some seconds, before anything is spoken."""

from __future__ import annotations

from pathlib import Path

import typer

from media_service import bootstrap, preview_actions
from media_service.cli.desk import DONE, Desk
from media_service.cli.help import Program
from media_service.domain.look import Canvas
from media_service.preview_actions import Wish


def slides(app: typer.Typer, desk: Desk) -> None:
    """Add the group of commands."""
    group = Program(no_args_is_help=True, help=desk.put("See how a work will look, before it is made."))
    app.add_typer(group, name="slides")

    @group.command("preview", help=desk.put("Draw all slides of a job on one sheet."))
    def command(
        job: str = typer.Argument(metavar="JOB", help=desk.put("A job folder, or the name of a job in jobs/.")),
        theme: str = typer.Option("", "--theme", metavar="NAME", help=desk.put("Another theme than the job's own.")),
        tall: bool = typer.Option(False, "--tall", help=desk.put("As upright films show them.")),
    ) -> int:
        folder = bootstrap.find_job(job, desk.settings)
        wish = Wish(theme, Canvas.TALL if tall else Canvas.WIDE)
        path = _path(folder, wish, desk)
        with bootstrap.previewing(desk.settings) as doors:
            count = preview_actions.preview(folder, wish, path, doors)
        desk.say("{count} slides are on the sheet {path}.", count=count, path=path)
        return DONE


def _path(job: Path, wish: Wish, desk: Desk) -> Path:
    """Return where the sheet goes: beside what is made of jobs, by the names that people gave."""
    folder = desk.settings.output / "slides"
    folder.mkdir(parents=True, exist_ok=True)
    parts = (job.resolve().name, wish.theme, "tall" if wish.canvas is Canvas.TALL else "")
    return folder / ("-".join(part for part in parts if part).replace("/", "-") + ".jpg")
