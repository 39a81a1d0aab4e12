"""`media-service import`: book files become job folders, to be read over before a minute of speech is made."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import typer

from media_service import bootstrap, import_actions
from media_service.cli.desk import DONE, MENDABLE, Desk
from media_service.domain.draft import Wishes
from media_service.domain.script import Kind
from media_service.errors import MediaServiceError
from media_service.import_actions import Imported


def import_(app: typer.Typer, desk: Desk) -> None:
    """Add the command."""

    @app.command("import", help=desk.put("Make jobs of book files: EPUB, DOCX, PDF, HTML, text."))
    def command(  # noqa: PLR0913, PLR0917  # each is an option of the command line
        files: list[Path] = typer.Argument(metavar="FILE...", help=desk.put("Book files.")),
        into: Path = typer.Option(Path("jobs"), "--into", metavar="DIR", help=desk.put("Where job folders are made.")),
        kind: Kind = typer.Option(Kind.AUDIOBOOK, "--kind", help=desk.put("What sort of work it becomes.")),
        record: Path | None = typer.Option(
            None, "--record", metavar="FILE", help=desk.put("A catalogue record: MARC 21, MARCXML or Dublin Core.")
        ),
        suggest_cast: bool = typer.Option(False, "--suggest-cast", help=desk.put("Suggest who speaks which line.")),
        longest: float = typer.Option(
            60.0, "--longest", metavar="MINUTES", min=5, help=desk.put("Split chapters that are longer.")
        ),
        ocr: bool = typer.Option(False, "--ocr", help=desk.put("Recognise letters in scans (slow).")),
    ) -> int:
        wishes = Wishes(kind, record, suggest_cast, longest, ocr)
        with bootstrap.importing(ocr=ocr) as doors:
            return max(_import(path, into, wishes, doors, desk) for path in files)


def _import(path: Path, into: Path, wishes: Wishes, doors: bootstrap.Importing, desk: Desk) -> int:
    try:
        imported = import_actions.import_book(path, into, wishes, *doors)
    except MediaServiceError as fault:
        desk.complain(fault)
        return MENDABLE
    _show(imported, desk)
    return DONE


def _show(imported: Imported, desk: Desk) -> None:
    report = imported.report
    desk.say(
        "“{title}” lies in {job}: {chapters} chapter(s), about {length}.",
        title=report.metadata.title,
        job=imported.job.as_posix(),
        chapters=len(report.chapters),
        length=desk.length(timedelta(hours=report.hours)),
    )
    if report.encoding.name not in {"UTF-8", "UTF-16", "UTF-32"}:
        share = round(100 * report.encoding.confidence, 1)
        desk.note(
            "Its letters were in {name}; they were converted ({share} % sure).", name=report.encoding.name, share=share
        )
    desk.note(
        "Left out: {count}. Passages that look damaged: {damaged}.",
        count=len(report.omitted),
        damaged=len(report.damaged),
    )
    for remark in report.remarks:
        desk.add(remark.said)
    if report.edits:
        desk.note("{count} passage(s) that people had changed were kept.", count=report.edits)
    if report.conflicts:
        desk.note("{count} of them changed in the file too; see the report.", count=len(report.conflicts))
    desk.note(
        "Read {page} first, then: media-service check {job}",
        page=f"{imported.job.as_posix()}/intake-report.md",
        job=imported.job.as_posix(),
    )
