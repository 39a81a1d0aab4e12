"""Which products there are and which episode uses which; what nothing uses may be swept from the shelf."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import cache
from typing import Any

from sqlalchemy import Connection, Insert, Row, bindparam, delete, func, or_, select

from media_service.database.clock import Now
from media_service.database.connection import Database, insertion
from media_service.database.tables import productions, products, stages, uses
from media_service.domain.manifest import StepWork
from media_service.domain.product import Key
from media_service.domain.service import Made
from media_service.domain.stage import Assignment

TAKEN_IN = 0
"""Stands for an episode's number where a product belongs to the whole production."""


def name(key: Key) -> str:
    """Return a product's name in the database."""
    return f"{key.product}/{key.fingerprint}{key.suffix}"


def record(database: Database, run: Connection, assignment: Assignment, made: Iterable[Made]) -> None:
    """Note what a stage has made and found, for its episode."""
    production = run.execute(select(productions.c.revised_at).where(productions.c.id == assignment.production)).one()
    known = {name(one.key): one for one in sorted(made, key=lambda one: one.seconds or 0.0)}
    _use(database, run, (assignment.production, assignment.number), known, production.revised_at)


def forget_taken_in(run: Connection, production: int) -> None:
    """Let go of what taking a production in has put on the shelf."""
    run.execute(delete(uses).where(uses.c.production == production, uses.c.number == TAKEN_IN))


def record_taken_in(database: Database, run: Connection, production: int, keys: Iterable[Key]) -> None:
    """Note what taking a production in has put on the shelf."""
    known = {name(key): Made(key, None, None) for key in keys}
    _use(database, run, (production, TAKEN_IN), known, 0.0)


def _use(database: Database, run: Connection, whose: tuple[int, int], made: dict[str, Made], revised_at: float) -> None:
    """Insert in the order of names, so that two who note the same products never wait for one another in a ring."""
    if not made:
        return
    production, number = whose
    rows = [
        {
            "name": known,
            "product": one.key.product,
            "fingerprint": one.key.fingerprint,
            "suffix": one.key.suffix,
            "size": one.size,
        }
        for known, one in sorted(made.items())
    ]
    run.execute(_known(sqlite=database.sqlite), rows)
    use = {"production": production, "number": number, "revised": revised_at}
    lines = [{**use, "product": known, "seconds": one.seconds} for known, one in sorted(made.items())]
    run.execute(_used(sqlite=database.sqlite), lines)


@cache
def _known(*, sqlite: bool) -> Insert:
    """Return what enters products; the statements are made once, which takes longer than to run them."""
    new = insertion(products, sqlite_=sqlite)
    return new.on_conflict_do_update(
        index_elements=["name"], set_={"size": new.excluded.size}, where=products.c.size.is_(None)
    )


@cache
def _used(*, sqlite: bool) -> Insert:
    """Return what enters uses; what was made since the last change counts as made, however often it is found again."""
    use = insertion(uses, sqlite_=sqlite).values(used_at=Now())
    return use.on_conflict_do_update(
        index_elements=["production", "number", "product"],
        set_={"seconds": use.excluded.seconds, "used_at": use.excluded.used_at},
        where=or_(uses.c.used_at < bindparam("revised"), use.excluded.seconds.is_not(None)),
    )


def forget_older(run: Connection, episode: Row[Any]) -> None:
    """Let go of what an episode used before it was last changed: it is finished anew."""
    whose = (uses.c.production == episode.production, uses.c.number == episode.number)
    older = (*whose, uses.c.used_at < episode.changed_at)
    run.execute(delete(uses).where(*older))


def work(run: Connection, production: int, since: float) -> StepWork:
    """Return the work done for a production since it was last changed."""
    of = (uses.c.production == production, uses.c.number != TAKEN_IN, uses.c.used_at >= since)
    by = (products.c.product, uses.c.seconds.is_not(None))
    counts = select(*by, func.count()).join_from(products, uses, uses.c.product == products.c.name)
    made, found = Counter[str](), Counter[str]()
    for kind, new, count in run.execute(counts.where(*of).group_by(*by)):
        (made if new else found)[kind] += count
    spent = select(stages.c.step, func.sum(stages.c.seconds)).where(
        stages.c.production == production, stages.c.finished_at >= since
    )
    seconds = {step: round(total, 3) for step, total in run.execute(spent.group_by(stages.c.step)) if total}
    return StepWork(dict(made), dict(found), seconds)
