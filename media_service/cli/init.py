"""`media-service init`: a folder of one's own, with voices, templates and jobs to begin with."""

from __future__ import annotations

import fnmatch
import shlex
import shutil
import sys
from pathlib import Path

import typer

from media_service import bootstrap
from media_service.cli.desk import DONE, Desk
from media_service.errors import NotWritableError
from media_service.messages import message
from media_service.settings import shipped_defaults

PARTS = ("voices", "templates", "jobs")
SAMPLES = ("su-tich-dua-hau", "rua-con-ve-bien", "gioi-thieu-de-men", "thap-po-sah-inu")
"""The jobs that come with the program; in a checkout, others may lie beside them."""


def init(app: typer.Typer, desk: Desk) -> None:
    """Add the command."""

    @app.command("init", help=desk.put("Make a folder for works, with voices, templates and sample jobs."))
    def command(
        folder: Path = typer.Argument(metavar="DIR", help=desk.put("The folder to make.")),
    ) -> int:
        try:
            kept = [part for part in PARTS if (folder / part).exists()]
            for part in PARTS:
                if part not in kept:
                    shutil.copytree(shipped_defaults() / part, folder / part, ignore=_only_ours)
        except OSError as fault:
            said = message(
                "{path} cannot be made ({reason}); choose another folder.", path=folder, reason=fault.strerror or fault
            )
            raise NotWritableError(said) from fault
        if kept:
            desk.say("These were there already and stay as they are: {parts}.", parts=", ".join(kept))
        desk.say(
            "{folder} is ready. Go on with: cd {quoted} && {program} produce {job}",
            folder=folder,
            quoted=shlex.quote(str(folder)),
            program=shlex.quote(sys.argv[0]),
            job=SAMPLES[0],
        )
        outlook = bootstrap.outlook(desk.settings)
        if outlook.best is not None:
            desk.say("The best voice for Vietnamese that works here: {voice}.", voice=outlook.best.name)
        desk.add(outlook.advice)
        return DONE


def _only_ours(folder: str, names: list[str]) -> set[str]:
    """Leave out of a copy what is somebody's own job, or a cache."""
    if Path(folder) != shipped_defaults() / "jobs":
        return set(fnmatch.filter(names, "__pycache__"))
    return set(names) - set(SAMPLES)
