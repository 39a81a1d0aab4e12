"""How an episode lies before the person who reviews it: its files, what speaks against it, what was said of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from rich.table import Table
from rich.text import Text

from media_service.cli.desk import Desk
from media_service.cli.quality import flaws
from media_service.domain.obstacles import apart_from_gates, missed
from media_service.domain.service import Note, ReviewItem, Verdict
from media_service.messages import message
from media_service.words import VERDICTS

TITLES = (
    message("production"),
    message("no."),
    message("since"),
    message("length"),
    message("by"),
    message("to be looked at"),
)
"""Of the columns of the list."""


def waiting(items: Sequence[ReviewItem], desk: Desk) -> Table:
    """Return a table of episodes, a row each."""
    decided = any(item.verdict is not Verdict.WAITING for item in items)
    table = desk.table(*TITLES, *([message("standing")] if decided else []))
    for item in items:
        cells = (
            desk.name(item.slug),
            f"{item.number:02d}",
            desk.moment(item.since),
            desk.length(timedelta(seconds=item.length_s)),
            item.submitter,
            ", ".join(_doubts(item, desk)),
            desk.translate(VERDICTS[item.verdict]),
        )
        table.add_row(*map(Text, cells[: len(table.columns)]))
    return table


def _doubts(item: ReviewItem, desk: Desk) -> Iterator[str]:
    """Say in a word each what speaks against an episode."""
    if item.failed_gates:
        yield desk.put("standards {ids}", ids=" ".join(dict.fromkeys(gate.id for gate in item.failed_gates)))
    if item.grounds.rights.unanswered():
        yield desk.put("rights")
    if item.grounds.made_for_kids is None:
        yield desk.put("made for kids")
    if item.draft_voice:
        yield desk.put("draft voice")


def exhibit(item: ReviewItem, desk: Desk) -> None:
    """Print all that a reviewer needs to know of an episode."""
    desk.say(
        "{slug} {number:02d} “{title}”, {length}: {verdict} (since {since}, handed in by {who})",
        slug=item.slug,
        number=item.number,
        title=item.title,
        length=desk.length(timedelta(seconds=item.length_s)),
        verdict=VERDICTS[item.verdict],
        since=desk.moment(item.since),
        who=item.submitter,
    )
    folder = desk.settings.output / item.slug
    for path in item.files.values():
        desk.out.print(Text(f"  {folder / path}"), soft_wrap=True)
    for gate in item.failed_gates:
        desk.add(missed(gate))
        flaws(gate.flaws, desk)
    for doubt in apart_from_gates(item):
        desk.add(doubt)
    if item.failed_gates and "quality_page" in item.files:
        desk.note("To be read at ease: {page}", page=str(folder / item.files["quality_page"]))
    for note in item.notes:
        _note(note, desk)


def _note(note: Note, desk: Desk) -> None:
    verdict = f" ({desk.translate(VERDICTS[note.verdict])})" if note.verdict else ""
    at = f" [{desk.length(timedelta(seconds=note.at_s))}]" if note.at_s is not None else ""
    desk.out.print(Text(f"  {desk.moment(note.when)} {note.who}{verdict}{at}: {note.text}"), soft_wrap=True)
