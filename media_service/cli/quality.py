"""`media-service quality`: how a production keeps the library's standards, as a table, for programs or as pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import timedelta
from pathlib import PurePath

import typer
from rich.text import Text

from media_service import bootstrap
from media_service.cli.desk import DONE, Desk
from media_service.domain.obstacles import measured
from media_service.domain.quality import Flaw, Gate, Report
from media_service.messages import Message, message
from media_service.quality_actions import EpisodeQuality, qualities

TITLES = (message("standard"), message("measured"), message("wanted"), message("what"))
"""Of the columns of the table."""
NOT_KEPT = 1
"""How the program ends where a standard does not hold."""
MOST_FLAWS = 8
"""Places of one standard that are told; the page shows them all."""


def quality(app: typer.Typer, desk: Desk) -> None:
    """Add the command."""

    @app.command("quality", help=desk.put("Show how a production keeps the standards, and where not."))
    def command(
        slug: str = typer.Argument(metavar="PRODUCTION", help=desk.put("A production, by its folder in output/.")),
        json: bool = typer.Option(False, "--json", help=desk.put("Print it for programs.")),
        page: bool = typer.Option(False, "--page", help=desk.put("Say only where the pages to read lie.")),
    ) -> int:
        found = qualities(PurePath(slug).name, bootstrap.display(desk.settings))
        if json:
            desk.json({"episodes": [asdict(one) for one in found]})
        else:
            for one in found:
                _show(one, desk, brief=page)
        return NOT_KEPT if any(one.report.failed for one in found) else DONE


def _show(episode: EpisodeQuality, desk: Desk, *, brief: bool) -> None:
    page = desk.settings.output / episode.page
    if brief:
        desk.out.print(Text(str(page)), soft_wrap=True)
        return
    failed, all_ = len(episode.report.failed), len(episode.report.gates)
    if failed:
        desk.say(
            "{number:02d}: {failed} of {all} standards do not hold.", number=episode.number, failed=failed, all=all_
        )
    else:
        desk.say("{number:02d}: all {all} standards hold.", number=episode.number, all=all_)
    _table(episode.report, desk)
    for gate in episode.report.failed:
        flaws(gate.flaws, desk)
    desk.note("To be read at ease: {page}", page=str(page))


def _table(report: Report, desk: Desk) -> None:
    table = desk.table(*TITLES)
    for gate in report.gates:
        table.add_row(*map(Text, _row(gate, desk)))
    desk.out.print(table)


def _row(gate: Gate, desk: Desk) -> tuple[str, str, str, str]:
    value, wanted = (desk.translate(measured(written)) for written in (gate.value, gate.wanted))
    return f"{'✓' if gate.passed else '✗'} {gate.id}", value, wanted, desk.translate(Message(gate.name))


def flaws(found: Sequence[Flaw], desk: Desk) -> None:
    """Print where a standard does not hold: time code, what is wrong, in which words."""
    for flaw in found[:MOST_FLAWS]:
        said = desk.translate(Message(flaw.what))
        value = f" ({flaw.value})" if flaw.value else ""
        words = f" “{flaw.text}”" if flaw.text else ""
        at = desk.length(timedelta(seconds=int(flaw.at_s)))
        desk.out.print(Text(f"    {at} {said}{value}{words}"), soft_wrap=True)
    if len(found) > MOST_FLAWS:
        desk.note("… and {count} more.", count=len(found) - MOST_FLAWS)
