"""What is asked all the time is answered from an index, however much there is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event, insert, text

from media_service.database.clock import Now
from media_service.database.connection import Database
from media_service.database.tables import stages
from media_service.domain.stage import Queue
from media_service.stores import Stores
from tests.database.scene import LEASE, accept, rows

GROWING = ("stages", "productions", "episodes", "episode_values", "products", "uses", "audit")
"""The tables that grow with every work."""


@contextmanager
def asked(database: Database) -> Iterator[list[tuple[str, Any]]]:
    """Collect what is asked of the database."""
    said: list[tuple[str, Any]] = []

    def note(_run: Any, _cursor: Any, statement: str, given: Any, _context: Any, many: bool) -> None:
        if statement.split(maxsplit=1)[0] in {"SELECT", "UPDATE"} and not many and " FROM audit" not in statement:
            said.append((statement, given))

    event.listen(database._engine, "before_cursor_execute", note)
    yield said
    event.remove(database._engine, "before_cursor_execute", note)


def plan(database: Database, statement: str, given: Any) -> str:
    explain = "EXPLAIN QUERY PLAN " if database.sqlite else "EXPLAIN "
    with database.write() as run:
        if not database.sqlite:
            run.execute(text("SET LOCAL enable_seqscan = off"))  # shows whether an index could serve at all
        return "\n".join(str(tuple(row)) for row in run.exec_driver_sql(explain + statement, given))


@pytest.fixture
def grown(stores: Stores, database: Database) -> Database:
    """A database with more finished stages than anybody wants to look through."""
    accept(stores, "Một.", slug="mot", pieces=2)
    row = {name: value for name, value in rows(database)[0]._mapping.items() if name not in {"id", "due_at"}}
    done = [{**row, "piece": piece, "state": "done"} for piece in range(10, 3_000)]
    with database.write() as run:
        run.execute(insert(stages).values(due_at=Now()), done)
    return database


def test_no_question_of_every_day_looks_through_a_table(stores: Stores, grown: Database) -> None:
    with asked(grown) as said:
        (one,) = stores.schedule.due(Queue.SPEECH, 1)
        mine = stores.stages.claim(one.stage, one.attempt, "w1", LEASE)
        assert mine is not None
        stores.stages.beat(mine, LEASE)
        stores.stages.episode(mine)
        stores.stages.hand_back(mine)
        stores.schedule.reclaim()
        stores.schedule.rung(Queue.SPEECH, timedelta(seconds=1))
        stores.works.status("mot")
        stores.works.status()
        stores.records.troubles()
        stores.reviews.waiting()
    assert len(said) > 20
    for statement, given in said:
        shown = plan(grown, statement, given)
        for table in GROWING:
            assert f"SCAN {table}')" not in shown, statement
            assert f"Seq Scan on {table}" not in shown, statement
