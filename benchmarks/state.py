"""How long the durable state takes with ten thousand works in it, on both databases: `python -m benchmarks.state`.

PostgreSQL is a server of its own beside it, with its default durability. Times are of the call as a worker or a person
makes it, the database's disk included.
"""

from __future__ import annotations

import argparse
import contextlib
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, func, insert, select, text

from media_service import values
from media_service.database.connection import Database
from media_service.database.engine import stores as doors
from media_service.database.keeping import content, packed, showing
from media_service.database.migrating import bring_up_to_date
from media_service.database.tables import (
    audit,
    episode_values,
    episodes,
    productions,
    products,
    speeds,
    stages,
    submitters,
    uses,
)
from media_service.domain.episode import Presented
from media_service.domain.product import Key
from media_service.domain.service import Made, Outcome, Submission
from media_service.domain.stage import QUEUES, Queue
from media_service.stores import Stores
from tests.database import postgres
from tests.database.scene import LEASE, Maker, planned, submission

WORKS, AT_WORK, SUBMITTERS, PRODUCTS = 10_000, 2_000, 20, 30
ROUNDS = 200
LIMIT_MS = 20.0
TEXTS = (" ".join(f"Câu thứ {number} của một câu chuyện dài." for number in range(60)),)
"""A tale of about four minutes."""


def main() -> None:
    """Print a table of medians and 95th percentiles in milliseconds."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--works", type=int, default=WORKS)
    works = asked.parse_args().works
    with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as stack:
        maker = Maker(Path(folder))
        server = stack.enter_context(postgres.server(quick=False))
        urls = {"SQLite": f"sqlite:///{folder}/state.db", "PostgreSQL": postgres.create(server, "state")}
        for name, url in urls.items():
            database = Database(url)
            bring_up_to_date(database)
            fill(database, maker, works)
            show(name, measure(doors(database), maker))
            database.close()


def show(name: str, figures: dict[str, list[tuple[float, float]]]) -> None:
    """Print one database's figures."""
    print(f"{name}: {'median':>15} {'95 %':>8} {'worst':>8} {'own CPU':>8}  (ms)")
    for what, taken in figures.items():
        ordered = sorted(1_000 * wall for wall, _ in taken)
        own = statistics.median(1_000 * own for _, own in taken)
        high = ordered[int(len(ordered) * 0.95)]
        mark = "" if high < LIMIT_MS else "  over 20"
        print(f"  {what:14} {statistics.median(ordered):9.2f} {high:8.2f} {ordered[-1]:8.2f} {own:8.2f}{mark}")


def fill(database: Database, maker: Maker, works: int) -> None:
    """Insert works: one in five is at work with its narration due, the others are approved and at rest."""
    plan = planned(*TEXTS)[0]
    done = maker.presented(plan)
    with database.write() as run:
        run.execute(insert(submitters), [{"name": f"người {number}"} for number in range(SUBMITTERS)])
        run.execute(insert(speeds), [speed(step) for step in QUEUES])
        for first in range(0, works, 500):
            several(run, range(first + 1, min(first + 500, works) + 1), plan, done)
        if not database.sqlite:
            for table in (productions, episodes, stages, audit):
                last = select(func.max(table.c.id)).scalar_subquery()
                run.execute(select(func.setval(func.pg_get_serial_sequence(table.name, "id"), last)))
    if not database.sqlite:
        with database.write() as run:
            run.execute(text("ANALYZE"))


def several(run: Connection, numbers: range, plan: Any, done: Presented) -> None:
    """Insert the rows of some works, all tables at once."""
    at_work = {number: number % (WORKS // AT_WORK) == 0 for number in numbers}
    rows = [work(number, plan, resting=not at_work[number]) for number in numbers]
    run.execute(insert(productions), rows)
    run.execute(insert(episodes), [episode(number, plan, done, ready=not at_work[number]) for number in numbers])
    small, large = packed(plan).value, packed(done).value
    run.execute(insert(episode_values), [{"episode": n, "value": small if at_work[n] else large} for n in numbers])
    run.execute(insert(stages), [row for n in numbers for row in stages_of(n, ready=not at_work[n])])
    made = [(n, f"clip/{n:06d}{m:04d}.flac", f"{n:06d}{m:04d}") for n in numbers for m in range(PRODUCTS)]
    run.execute(
        insert(products),
        [
            {"name": name, "product": "clip", "fingerprint": print_, "suffix": ".flac", "size": 9}
            for _, name, print_ in made
        ],
    )
    used = {"number": 1, "seconds": 1.0, "used_at": 1.7e9}
    run.execute(insert(uses), [{"production": n, "product": name, **used} for n, name, _ in made])
    told = {"at": 1.7e9, "who": "lan", "what": "submitted", "number": 0, "details": "{}"}
    run.execute(insert(audit), [{"slug": f"tac-pham-{n}", **told} for n in numbers])


def speed(step: str) -> dict[str, Any]:
    """Return what was measured of a step."""
    return {"step": step, "engine": "", "stages": 9, "seconds": 9.0, "length_s": 90.0, "sound_s": 0.0}


def work(number: int, plan: Any, *, resting: bool) -> dict[str, Any]:
    """Return the row of a work."""
    return {
        "id": number,
        "slug": f"tac-pham-{number}",
        "job": f"tac-pham-{number}",
        "title": f"Tác phẩm {number}",
        "kind": plan.facts.kind.value,
        "facts": values.dump(plan.facts).decode(),
        "submitter": f"người {number % SUBMITTERS}",
        "revision": 1,
        "will": "go",
        "standing": "approved" if resting else "working",
        "resting": resting,
        "concluded": resting,
        "work_s": 60.0,
        "deadline": 1.7e9 + number,
        "submitted_at": 1.7e9 + number,
        "revised_at": 1.7e9 + number,
    }


def episode(number: int, plan: Any, done: Presented, *, ready: bool) -> dict[str, Any]:
    """Return the row of a work's one episode."""
    return {
        "id": number,
        "production": number,
        "number": 1,
        "title": plan.name,
        "withdrawn": False,
        "revision": 1,
        "plan": f"{number:020d}",
        "plan_step": "narrate",
        "plan_pieces": 0,
        "state": "presented" if ready else "planned",
        "step": "" if ready else "narrate",
        "pieces": 0,
        "pieces_done": 0,
        "length_s": 300.0,
        "changed_at": 1.7e9,
        "restarts": 0,
        "content": content(done) if ready else "",
        "verdict": "approved" if ready else None,
        "presented_at": 1.7e9 if ready else None,
        "showing": values.dump(showing(done)).decode() if ready else "",
    }


def stages_of(number: int, *, ready: bool) -> Iterator[dict[str, Any]]:
    """Return a work's stages: all done, or the narration due."""
    for step in QUEUES if ready else ("narrate",):
        whole = step == "conclude"
        yield {
            "production": number,
            "episode": None if whole else number,
            "number": 0 if whole else 1,
            "revision": 1,
            "step": step,
            "piece": -1,
            "queue": QUEUES[step].value,
            "state": "done" if ready else "due",
            "held": False,
            "front": False,
            "submitter": f"người {number % SUBMITTERS}",
            "deadline": 1.7e9 + number,
            "attempt": 1,
            "tries": 0,
            "not_before": 0.0,
            "due_at": 1.7e9,
            "seconds": 1.0,
            "lines": "",
        }


def measure(stores: Stores, maker: Maker) -> dict[str, list[tuple[float, float]]]:
    """Time each call so many times, on works and stages of its own."""
    taken: dict[str, list[tuple[float, float]]] = {}

    def timed(what: str, call: Callable[[], Any]) -> Any:
        begun, own = time.perf_counter(), time.process_time()
        gave = call()
        taken.setdefault(what, []).append((time.perf_counter() - begun, time.process_time() - own))
        return gave

    after = maker.grown(planned(*TEXTS)[0])
    for number in range(ROUNDS):
        job: Submission = submission(*TEXTS, slug=f"moi-{number}", who=f"người {number % SUBMITTERS}", pieces=4)
        timed("submit", lambda job=job: stores.works.accept(job))
        timed("submit again", lambda job=job: stores.works.accept(job))
        timed("status of one", lambda number=number: stores.works.status(f"tac-pham-{number + 1}"))
        timed("status", stores.works.status)
        (ring,) = timed("due", lambda: stores.schedule.due(Queue.SPEECH, 1))
        mine = timed("claim", lambda ring=ring: stores.stages.claim(ring.stage, ring.attempt, "w", LEASE))
        timed("beat", lambda mine=mine: stores.stages.beat(mine, LEASE))
        made = tuple(Made(Key("clip", f"{number:010d}{n:010d}", ".flac"), 1.0, 9) for n in range(24))
        outcome = Outcome(None if mine.piece is not None else after, 2, "assemble", made, 1.0)
        timed("finish", lambda mine=mine, outcome=outcome: stores.stages.finish(mine, outcome))
        timed("reclaim", stores.schedule.reclaim)
        if number % 20 == 0:
            timed("gauge", stores.records.gauge)
            timed("mend", stores.schedule.mend)
    return taken


if __name__ == "__main__":
    main()
