"""`media-service check`: a job is read and planned, nothing is made."""

from __future__ import annotations

from datetime import timedelta

import typer

from media_service import actions, bootstrap
from media_service.cli.desk import DONE, MENDABLE, Desk
from media_service.domain.episode import Planned
from media_service.domain.obstacles import DRAFT, unanswered
from media_service.domain.script import Script
from media_service.domain.workload import estimate
from media_service.errors import MediaServiceError


def check(app: typer.Typer, desk: Desk) -> None:
    """Add the command."""

    @app.command("check", help=desk.put("Look jobs over and say how long they will be; nothing is made."))
    def command(
        jobs: list[str] = typer.Argument(metavar="JOB...", help=desk.put("Job folders, or names of jobs in jobs/.")),
    ) -> int:
        return max(_check(job, desk) for job in jobs)


def _check(name: str, desk: Desk) -> int:
    job = bootstrap.find_job(name, desk.settings)
    try:
        with bootstrap.reading(desk.settings) as (job_files, voices):
            script, episodes = actions.look_over(job, job_files, voices)
    except MediaServiceError as fault:
        desk.complain(fault)
        return MENDABLE
    _show(script, episodes, desk)
    _notices(script, episodes, desk)
    return DONE


def _show(script: Script, episodes: tuple[Planned, ...], desk: Desk) -> None:
    lengths = [estimate(episode) for episode in episodes]
    desk.say(
        "“{title}”: no faults. {count} episode(s), about {length} in all.",
        title=script.facts.title,
        count=len(episodes),
        length=desk.length(sum(lengths, timedelta())),
    )
    for episode, length in zip(episodes, lengths, strict=True):
        desk.note(
            "{number:02d}  about {length}  {sentences} sentences, {pictures} pictures  {title}",
            number=episode.number,
            length=desk.length(length),
            sentences=len(episode.passages),
            pictures=sum(1 for _ in script.chapters[episode.number - 1].cues()),
            title=episode.name,
        )


def _notices(script: Script, episodes: tuple[Planned, ...], desk: Desk) -> None:
    """Say what may have been meant otherwise, and what stands in the way of publishing, though not of making."""
    for notice in script.notices:
        desk.mention(notice)
    draft = any(voice.draft for voice in episodes[0].cast.voices())
    for obstacle in (*unanswered(script.facts.rights, script.facts.made_for_kids), *([DRAFT] if draft else [])):
        desk.add(obstacle)
