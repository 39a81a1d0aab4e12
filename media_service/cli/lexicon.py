"""`media-service lexicon`: words that may be misread, and whether the lexicons are in order."""

from __future__ import annotations

from pathlib import Path

import typer
from rich.text import Text

from media_service import actions, bootstrap
from media_service.cli.desk import DONE, Desk
from media_service.cli.help import Program
from media_service.domain.reading_sheet import outcome
from media_service.domain.suspects import Suspect, suspects
from media_service.reading_answers import read_answers


def lexicon(app: typer.Typer, desk: Desk) -> None:
    """Add the group of commands."""
    group = Program(no_args_is_help=True, help=desk.put("Lexicons: how words are read."))
    app.add_typer(group, name="lexicon")

    @group.command("suggest", help=desk.put("List the words of a job that are most likely to be misread."))
    def suggest(
        job: str = typer.Argument(metavar="JOB", help=desk.put("A job folder, or the name of a job in jobs/.")),
    ) -> int:
        with bootstrap.reading(desk.settings) as (job_files, voices):
            _, episodes = actions.look_over(bootstrap.find_job(job, desk.settings), job_files, voices)
        found = suspects(passage for episode in episodes for passage in episode.passages)
        if not found:
            desk.say("# Nothing that looks foreign or has to be spelt.")
            return DONE
        desk.say(
            "# Write behind each = how it is read; take out what is right already; save as lexicon.txt in the job."
        )
        for suspect in found:
            desk.out.print(_line(suspect, desk), soft_wrap=True)
        return DONE

    @group.command("from", help=desk.put("Write a listener's answers as lines of a lexicon."))
    def from_answers(
        answers: Path = typer.Argument(metavar="ANSWERS", help=desk.put("The file that the page saved.")),
    ) -> int:
        given = read_answers(answers)
        found = outcome(given)
        bootstrap.check_lexicon(found.lines, answers.as_posix())
        desk.say("# {production}, heard by {listener}", production=given.production, listener=given.listener)
        for line in found.lines:
            desk.out.print(Text(line), soft_wrap=True)
        for said in found.open:
            desk.say("# still open: {what}", what=said)
        return DONE

    @group.command("check", help=desk.put("Look lexicons over: the house's, or those named."))
    def check(
        what: list[str] = typer.Argument(None, metavar="[WHAT]...", help=desk.put("Lexicon files, or jobs.")),
    ) -> int:
        for file, entries in bootstrap.lexicons_of(what or (), desk.settings).items():
            desk.say(
                "{file}: no faults. {count} entries, {waiting} of them not reviewed yet.",
                file=file,
                count=len(entries),
                waiting=sum(1 for entry in entries if not entry.reviewer),
            )
        return DONE


def _line(suspect: Suspect, desk: Desk) -> str:
    """Return a suspect as a line of a lexicon whose reading is still to be written."""
    where = desk.put("line {line}, {times} times", line=suspect.line, times=suspect.times)
    spelt = f", {desk.put('letter by letter')}" if suspect.is_spelt else ""
    return f"{suspect.written} =  | {where}{spelt}"
