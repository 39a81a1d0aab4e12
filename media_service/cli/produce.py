"""`media-service produce`: job folders become finished productions."""

from __future__ import annotations

import dataclasses
from datetime import datetime, timedelta
from pathlib import Path

import typer

from media_service import actions, bootstrap
from media_service.cli.desk import DONE, MENDABLE, Desk
from media_service.cli.progress import Watch
from media_service.domain.manifest import Manifest
from media_service.domain.obstacles import missed
from media_service.errors import MediaServiceError


def produce(app: typer.Typer, desk: Desk) -> None:
    """Add the command."""

    @app.command("produce", help=desk.put("Make productions: sound, film, captions, thumbnail, description."))
    def command(
        jobs: list[str] = typer.Argument(metavar="JOB...", help=desk.put("Job folders, or names of jobs in jobs/.")),
        output: Path | None = typer.Option(None, "--output", help=desk.put("Where productions are made (output/).")),
    ) -> int:
        settings = dataclasses.replace(desk.settings, output=output.absolute()) if output else desk.settings
        return max(_produce(job, dataclasses.replace(desk, settings=settings)) for job in jobs)


def _produce(name: str, desk: Desk) -> int:
    job = bootstrap.find_job(name, desk.settings)
    try:
        with Watch(desk) as watch, bootstrap.tools(desk.settings, watch.tally) as tools:
            made = actions.produce(job, datetime.now().astimezone(), tools)
    except MediaServiceError as fault:
        desk.complain(fault)
        return MENDABLE
    _report(made, desk)
    return DONE


def _report(made: Manifest, desk: Desk) -> None:
    desk.say(
        "“{title}”: {count} episode(s), {length} in all; {new} made, {old} reused, in {spent}.",
        title=made.title,
        count=len(made.episodes),
        length=desk.length(timedelta(seconds=sum(episode.duration_s for episode in made.episodes))),
        new=sum(made.work.made.values()),
        old=sum(made.work.reused.values()),
        spent=desk.length(timedelta(seconds=sum(made.work.seconds.values()))),
    )
    folder = desk.settings.output / made.slug
    for episode in made.episodes:
        length = desk.length(timedelta(seconds=episode.duration_s))
        desk.out.print(f"  {episode.number:02d}  {length}  {folder / episode.files['video']}", soft_wrap=True)
        for gate in episode.failed_gates:
            desk.add(missed(gate))
    if made.draft_voice:
        desk.note("The voice is a draft: good to check the work by ear, not to publish it.")
