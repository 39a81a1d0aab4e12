"""`media-service review-reading`: one page on which a native listener hears the readings most likely to be wrong."""

from __future__ import annotations

import json
from pathlib import Path, PurePath

import typer

from media_service import actions, bootstrap
from media_service.cli.desk import DONE, Desk
from media_service.cli.progress import Watch

MOST = 500
"""Readings on one page: more than an afternoon's listening, and as much as a browser likes to hold."""


def review_reading(app: typer.Typer, desk: Desk) -> None:
    """Add the command."""

    @app.command("review-reading", help=desk.put("Write a page for hearing what may be misread."))
    def command(
        production: str = typer.Argument(
            metavar="PRODUCTION", help=desk.put("A production, or the job it is made from.")
        ),
        count: int = typer.Option(100, "--count", min=1, max=MOST, help=desk.put("How many readings to hear.")),
    ) -> int:
        with Watch(desk) as watch, bootstrap.tools(desk.settings, watch.tally) as tools:
            name, there = actions.reviewable(_job(production, desk), count, tools)
        desk.say(
            "{count} readings to be heard: {page}",
            count=there,
            page=str(desk.settings.output / name),
        )
        desk.note("What comes back becomes a lexicon: media-service lexicon from ANSWERS")
        return DONE


def _job(named: str, desk: Desk) -> Path:
    """Return the job that a production in the output folder was made from; else the job of that name."""
    manifest = bootstrap.display(desk.settings).read(f"{PurePath(named).name}/production.json")
    try:
        job = str(json.loads(manifest or b"{}")["job"])
    except (ValueError, KeyError, TypeError, RecursionError):
        job = named
    return bootstrap.find_job(named if Path(named).is_dir() else job, desk.settings)
