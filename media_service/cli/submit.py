"""`media-service submit`: jobs are handed in to the service; workers make them, now or when they run again."""

from __future__ import annotations

import typer

from media_service import bootstrap, service_actions
from media_service.cli.airing import take_back
from media_service.cli.desk import MENDABLE, Desk
from media_service.errors import MediaServiceError
from media_service.ports import Tools
from media_service.service_actions import HandedIn
from media_service.stores import Stores
from media_service.tally import Tally


def submit(app: typer.Typer, desk: Desk) -> None:
    """Add the command."""

    @app.command("submit", help=desk.put("Hand jobs in for the service to make; every stop is outlived."))
    def command(
        jobs: list[str] = typer.Argument(metavar="JOB...", help=desk.put("Job folders, or names of jobs in jobs/.")),
        name: str = typer.Option("", "--as", metavar="NAME", help=desk.put("Who asks, for the audit log.")),
    ) -> int:
        who = desk.who(name)
        with bootstrap.stores(desk.settings) as stores, bootstrap.tools(desk.settings, Tally()) as tools:
            code = max(_submit(job, who, (tools, stores), desk) for job in jobs)
            if not stores.records.workers(service_actions.ALIVE):
                desk.say("No worker runs now. Work begins with: media-service up")
        return code


def _submit(name: str, who: str, doors: tuple[Tools, Stores], desk: Desk) -> int:
    tools, stores = doors
    job = bootstrap.find_job(name, desk.settings)
    try:
        handed_in = service_actions.submit(job, who, tools, stores.works)
    except MediaServiceError as fault:
        desk.complain(fault)
        return MENDABLE
    _report(handed_in, desk)
    return take_back(handed_in.accepted.slug, handed_in.accepted.changed, stores, desk)


def _report(handed_in: HandedIn, desk: Desk) -> None:
    accepted = handed_in.accepted
    desk.say(
        "“{title}” is accepted as {slug}: {count} episode(s), about {length} in all.",
        title=handed_in.production.facts.title,
        slug=accepted.slug,
        count=len(handed_in.production.episodes),
        length=desk.length(handed_in.length),
    )
    if not accepted.changed:
        desk.note("Nothing has changed since it was handed in last; what is made stays.")
    elif accepted.kept:
        desk.note(
            "Episodes made anew: {changed}; {kept} stay(s) as they are.",
            changed=", ".join(map(str, accepted.changed)),
            kept=len(accepted.kept),
        )
