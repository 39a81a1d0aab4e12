"""The person of a demo: approves what is made, with a visible reason for its draft voice, and watches it go out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from threading import Event

from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn

from media_service.cli.desk import Desk
from media_service.domain.obstacles import against
from media_service.domain.publication import Errand
from media_service.domain.service import Standing, Verdict, WorkStatus
from media_service.domain.share import share
from media_service.domain.stage import StageState
from media_service.errors import PermanentError
from media_service.ledgers import ErrandStatus
from media_service.messages import message
from media_service.stores import Decision, Stores

EVERY_S = 0.5
REASON = "Bản trình diễn trên kênh thử của máy này: giọng nháp được chấp nhận."
"""Why a demo approves what the standards would not: people read it in the review and in the log."""
_MADE = 0.9
"""The share of a work that is done once it is made; the rest is publishing."""
_TOLD_EVERY = 0.1


class Direction:
    """Sees works of a demo onto the channel."""

    def __init__(self, stores: Stores, slugs: Sequence[str], desk: Desk) -> None:
        self._stores = stores
        self._slugs = slugs
        self._desk = desk
        self._stop = Event()
        self._told = -1.0

    @property
    def ended(self) -> bool:
        """Whether somebody has ended it."""
        return self._stop.is_set()

    def end(self) -> None:
        """End it at its next look."""
        self._stop.set()

    def until_published(self) -> bool:
        """Approve and watch until all is published; False where it was ended. Raises PermanentError where stuck."""
        columns = (
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            TaskProgressColumn(),
            TextColumn("{task.fields[left]}", markup=False),
        )
        shown = not self._desk.err.is_terminal
        with Progress(*columns, console=self._desk.err, transient=True, disable=shown) as bar:
            task = bar.add_task(self._desk.put("The demo"), total=1.0, left="")
            while not self._stop.wait(EVERY_S):
                works = [self._stores.works.status(slug)[0] for slug in self._slugs]
                self._approve()
                done = self._share(works)
                bar.update(task, completed=done, left=self._left(works))
                self._tell(done)
                if done >= 1.0:
                    return True
                self._refuse_stuck(works)
        return False

    def _approve(self) -> None:
        for item in self._stores.reviews.waiting():
            if item.slug in self._slugs:
                waiver = REASON if against(item) else ""
                self._stores.reviews.decide(item.slug, item.number, Decision(Verdict.APPROVED, "demo", waiver=waiver))

    def _share(self, works: Sequence[WorkStatus]) -> float:
        """Return how much of it all is done, 0-1; 1 only when everything is published."""
        errands = {
            (one.publication.slug, one.publication.number): _finished(one.errands)
            for one in self._stores.ledgers.publications.status()
            if one.current
        }
        parts = [(work, episode) for work in works for episode in work.episodes]
        published = sum(errands.get((work.slug, episode.number), 0.0) for work, episode in parts)
        if published >= len(parts):
            return 1.0
        made = sum(share(work) * len(work.episodes) for work in works)
        return min(0.99, (_MADE * made + (1 - _MADE) * published) / max(1, len(parts)))

    def _left(self, works: Sequence[WorkStatus]) -> str:
        """Return the time still to go until all is made, from measured speed."""
        known = [work.left for work in works if work.left]
        return self._desk.put("about {time} to go", time=self._desk.length(sum(known, timedelta()))) if known else ""

    def _tell(self, done: float) -> None:
        """Say a line now and then where no bar can be drawn."""
        if not self._desk.err.is_terminal and done >= self._told + _TOLD_EVERY:
            self._told = done
            self._desk.hint("The demo: {percent}%", percent=int(100 * done))

    def _refuse_stuck(self, works: Sequence[WorkStatus]) -> None:
        stuck = [work for work in works if work.standing is Standing.STUCK]
        aside = [one for work in stuck for one in work.troubles if one.state is StageState.QUARANTINED]
        if aside:
            said = message("{slug}: {fault}", slug=aside[0].slug, fault=aside[0].said)
            raise PermanentError(said)


def _finished(errands: Sequence[ErrandStatus]) -> float:
    return sum(one.state is StageState.DONE for one in errands) / len(Errand)
