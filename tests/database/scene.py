"""Works to hand in, and a worker that does each step on fakes, once for each episode however often it is asked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select, update

from media_service import pipeline
from media_service.database.connection import Database
from media_service.database.tables import stages
from media_service.domain.casting import cast
from media_service.domain.episode import STATES, Planned, Presented, Production
from media_service.domain.fingerprint import fingerprint
from media_service.domain.planning import episodes
from media_service.domain.product import Key
from media_service.domain.rights import Basis, Right, Rights
from media_service.domain.service import Accepted, Made, Outcome, Submission
from media_service.domain.stage import CONCLUDE, Assignment, Queue, Ring
from media_service.errors import ProductGoneError
from media_service.messages import message
from media_service.stores import Stores
from tests import fakes, make

LEASE = timedelta(seconds=30)
LAPSED = timedelta(seconds=-1)
"""A lease that is past as soon as it is given."""
SAID = message("The disk is full; make room, then run the same command again.")
OWN = Right(Basis.OWN_WORK)
IN_ORDER = {"rights": Rights(OWN, OWN, OWN, OWN), "made_for_kids": False}


def planned(*texts: str, slug: str = "cay-khe", **facts: Any) -> tuple[Planned, ...]:
    """Plan a work of one chapter a text, whose questions of publishing are answered."""
    titles = [f"Chương {number}" if len(texts) > 1 else "" for number in range(1, len(texts) + 1)]
    chapters = [make.chapter(make.words(text), title=title) for text, title in zip(texts, titles, strict=True)]
    script = make.script(*chapters, slug=slug, narrator="lan", **{**IN_ORDER, **facts})
    return episodes(script, cast(script, (make.voice(),)), {})


def submission(
    *texts: str, slug: str = "cay-khe", job: str = "", who: str = "lan", pieces: int = 0, **more: Any
) -> Submission:
    """Hand in a work of one chapter a text."""
    work_s = more.pop("work_s", 60.0)
    plans = planned(*(texts or ("Ngày xưa có hai anh em.",)), slug=slug, **more)
    production = Production(job or slug, plans[0].facts, plans)
    count = len(plans)
    lengths = (timedelta(minutes=1),) * count
    return Submission(production, who, work_s, (pieces,) * count, lengths, products=(Key("picture", "a" * 64, ""),))


def ring(stores: Stores, queue: Queue, most: int = 1) -> list[Ring]:
    return list(stores.schedule.due(queue, most))


def claim(stores: Stores, queue: Queue = Queue.SPEECH, owner: str = "w1", lease: timedelta = LEASE) -> Assignment:
    """Ring for the next stage of a queue, and claim it."""
    (one,) = ring(stores, queue)
    mine = stores.stages.claim(one.stage, one.attempt, owner, lease)
    assert mine is not None
    return mine


PIECE = Outcome(None, 0, None, (), 0.5)


class Maker:
    """Does the steps of episodes on fakes, and keeps what each became."""

    def __init__(self, folder: Path) -> None:
        self.tools = fakes.tools(folder, make.script())
        self.kept: dict[tuple[str, type[Planned]], Planned] = {}

    def grown(self, episode: Planned) -> Planned:
        """Return an episode one step on."""
        name = (fingerprint(episode.facts, episode.passages, episode.number, episode.count), type(episode))
        if name not in self.kept:
            self.kept[name] = pipeline.advance(episode, self.tools)
        return self.kept[name]

    def outcome(self, stores: Stores, mine: Assignment, products: Sequence[Made] = ()) -> Outcome:
        """Return what finishing that stage leaves; pieces are only made where the work was handed in with some."""
        if mine.piece is not None or mine.step == CONCLUDE:
            return Outcome(None, 0, None, tuple(products), 0.5)
        after = self.grown(stores.stages.episode(mine))
        return Outcome(after, 0, pipeline.next_step(after), tuple(products), 1.0)

    def work(self, stores: Stores, *, until: Callable[[Assignment], bool] = lambda _: False) -> list[str]:
        """Work until nothing is due, or until what is claimed is what was asked for; returns the steps in order."""
        done = []
        while rings := [one for queue in Queue for one in stores.schedule.due(queue, 1)]:
            for one in rings:
                mine = stores.stages.claim(one.stage, one.attempt, "w1", LEASE)
                assert mine is not None
                if until(mine):
                    return done
                try:
                    outcome = self.outcome(stores, mine)
                except ProductGoneError:  # as a worker does
                    assert stores.stages.start_over(mine)
                    continue
                assert stores.stages.finish(mine, outcome) is not None
                done.append(mine.step)
        return done

    def presented(self, plan: Planned) -> Presented:
        """Return an episode taken through all steps."""
        while not isinstance(plan, Presented):
            plan = self.grown(plan)
        return plan


def accept(stores: Stores, *texts: str, **more: Any) -> Accepted:
    return stores.works.accept(submission(*texts, **more))


def rows(database: Database, **where: Any) -> list[Any]:
    """Return the rows of stages, in the order in which they came to be."""
    with database.read() as run:
        of = [stages.c[name] == value for name, value in where.items()]
        return list(run.execute(select(stages).where(*of).order_by(stages.c.id)))


def let_time_pass(database: Database) -> None:
    """End every wait and every lease."""
    with database.write() as run:
        run.execute(update(stages).where(stages.c.not_before > 0).values(not_before=1.0))
        run.execute(update(stages).where(stages.c.lease_until.is_not(None)).values(lease_until=1.0))
        run.execute(update(stages).where(stages.c.rung_at.is_not(None)).values(rung_at=1.0))


STATE_NAMES = tuple(STATES)
