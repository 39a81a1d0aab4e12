"""How a running production looks in a terminal: a bar, the step and the time still to go; plain lines elsewhere."""

from __future__ import annotations

from datetime import timedelta
from types import TracebackType
from typing import Self

from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn

from media_service.cli.desk import Desk
from media_service.messages import Message, message
from media_service.tally import Tally
from media_service.words import ERRANDS

STEP_NAMES: dict[str, Message] = {
    "take-in": message("reading the job"),
    "narrate": message("speaking"),
    "assemble": message("joining the sound"),
    "film": message("making the film"),
    "describe": message("describing"),
    "bind": message("binding copies"),
    "inspect": message("measuring"),
    "present": message("putting in place"),
    "conclude": message("writing the manifest"),
    **{errand.value: said for errand, said in ERRANDS.items()},
}
"""What people read for each step."""

MEASURED = 0.1
"""The share of the work that must be done before its speed says anything about the rest."""


class Watch:
    """Shows a tally while it is entered; `tally` is the Progress door to hand to the work."""

    def __init__(self, desk: Desk) -> None:
        self.tally = Tally(self._changed)
        self._desk = desk
        self._shown = ("", "")
        columns = (
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            TaskProgressColumn(),
            TextColumn("{task.fields[left]}", markup=False),
        )
        self._bar = Progress(*columns, console=desk.err, transient=True, disable=not desk.err.is_terminal)
        self._task = self._bar.add_task("", total=1.0, left="")

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.stop()

    def _left(self, tally: Tally) -> str:
        """Return the time still to go, once enough has been measured to tell."""
        if tally.share() < MEASURED:
            return ""
        return self._desk.put("{left} left", left=self._desk.length(timedelta(seconds=tally.remaining_s())))

    def _changed(self, tally: Tally) -> None:
        text = f"{tally.title}: {self._desk.translate(STEP_NAMES[tally.step])}" if tally.step else ""
        if self._desk.err.is_terminal:
            self._bar.update(self._task, completed=tally.share(), description=text, left=self._left(tally))
        elif (tally.title, tally.step) != self._shown:
            self._shown = (tally.title, tally.step)
            self._desk.err.print(text, soft_wrap=True)
