"""What a submission changes: new episodes are planned, changed ones begin anew, equal ones stay as they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Connection, Double, Insert, Row, bindparam, insert, select, update
from sqlalchemy.sql.dml import ReturningInsert

from media_service import values
from media_service.database import errands
from media_service.database.audit import tell
from media_service.database.clock import Now
from media_service.database.connection import Database, insertion
from media_service.database.keeping import packed, state_of
from media_service.database.laying import (
    CONCLUSION,
    cancel_open,
    first_stages,
    insert_stages,
    lay,
    lay_conclusion,
    lock_episodes,
)
from media_service.database.products import forget_taken_in, record_taken_in
from media_service.database.standing import settle
from media_service.database.tables import episode_values, episodes, productions, stages, submitters
from media_service.domain.episode import Planned
from media_service.domain.service import Accepted, Standing, Submission, Will
from media_service.errors import refused
from media_service.messages import message

PATIENCE = 10
"""A work is due so many times its own length of work after it was handed in: short ones first, none waits for ever."""

_NEW_EPISODES = insert(episodes).returning(*episodes.c["id", "number", "revision", "step", "pieces"])
_NEW_VALUES = insert(episode_values)
_ENTERED = productions.c["id", "slug", "revision", "will", "submitter", "deadline", "revised_at"]


@dataclass(frozen=True, slots=True)
class Plan:
    """One episode as it is handed in: its value as it will be stored, and what its row will say."""

    value: bytes
    row: Mapping[str, Any]


def plans(submission: Submission) -> Mapping[int, Plan]:
    """Return the plans of a submission by number, worked out before a transaction begins."""
    rows = zip(submission.production.episodes, submission.pieces, submission.lengths, strict=True)
    return {
        episode.number: _plan(
            episode,
            plan_step=submission.first_step,
            plan_pieces=pieces,
            step=submission.first_step,
            pieces=pieces,
            length_s=length.total_seconds(),
        )
        for episode, pieces, length in rows
    }


def accept(database: Database, run: Connection, submission: Submission, plans: Mapping[int, Plan]) -> Accepted:
    """Take a submission in; raises InputError where its slug belongs to another job."""
    run.execute(_new_submitter(sqlite=database.sqlite), {"name": submission.submitter})
    new = _entered(database, run, submission)
    if new is not None:
        return _begun(database, run, new, submission, plans)
    return _changed(database, run, submission, plans)


def _begun(
    database: Database, run: Connection, production: Row[Any], submission: Submission, plans: Mapping[int, Plan]
) -> Accepted:
    """Begin a production that was not there: nothing of it has to be looked for."""
    _begin(run, production, [*plans.values()])
    record_taken_in(database, run, production.id, submission.products)
    return _told(run, production, submission, [*plans], ())


def _changed(database: Database, run: Connection, submission: Submission, plans: Mapping[int, Plan]) -> Accepted:
    before = _there(run, submission)
    there = {row.number: row for row in lock_episodes(run, before.id)}
    changed = [number for number, plan in plans.items() if _differs(there.get(number), plan)]
    withdrawn = [row.id for row in there.values() if row.number not in plans and not row.withdrawn]
    revived = before.will == Will.CANCELLED
    production = _update(run, before, submission, anew=bool(changed or withdrawn or revived))
    if withdrawn:
        cancel_open(run, stages.c.episode.in_(withdrawn))
        run.execute(update(episodes).where(episodes.c.id.in_(withdrawn)).values(withdrawn=True, step=""))
    errands.stop(run, before.id, [row.number for row in there.values() if row.id in withdrawn or row.number in changed])
    _begin(run, production, [plans[number] for number in changed if number not in there])
    for number in changed:
        if number in there:
            _begin_again(run, production, there[number], plans[number])
    if revived:
        for row in lock_episodes(run, before.id):
            lay(run, production, row)
        errands.lay_all(run, production)
    forget_taken_in(run, before.id)
    record_taken_in(database, run, before.id, submission.products)
    lay_conclusion(run, production)
    settle(run, before.id)
    return _told(run, production, submission, changed, [number for number in plans if number not in changed])


def _told(
    run: Connection, production: Row[Any], submission: Submission, changed: Sequence[int], kept: Sequence[int]
) -> Accepted:
    tell(run, "submitted", submission.submitter, production.slug, revision=production.revision, changed=len(changed))
    return Accepted(production.slug, production.revision, tuple(changed), tuple(kept))


def _plan(episode: Planned, **due: object) -> Plan:
    packet = packed(episode)
    row = {
        "number": episode.number,
        "title": episode.name,
        "withdrawn": False,
        "plan": packet.fingerprint,
        "state": state_of(episode),
        "pieces_done": 0,
        "restarts": 0,
        "content": "",
        "verdict": None,
        "presented_at": None,
        "showing": "",
        **due,
    }
    return Plan(packet.value, row)


def _differs(there: Row[Any] | None, plan: Plan) -> bool:
    return there is None or there.withdrawn or there.plan != plan.row["plan"]


def _entered(database: Database, run: Connection, submission: Submission) -> Row[Any] | None:
    """Enter a production in its first revision and return its row; None where its slug is there already."""
    production = submission.production
    first = {
        "job": production.job,
        "revision": 1,
        "will": Will.GO.value,
        "standing": Standing.WORKING.value,
        "resting": False,
        "concluded": False,
    }
    row = {"slug": production.facts.slug, "patience": PATIENCE * submission.work_s, **first, **_facts(submission)}
    return run.execute(_new_production(sqlite=database.sqlite), row).first()


@cache
def _new_submitter(*, sqlite: bool) -> Insert:
    """Return what enters somebody who hands in; the statements are made once, which takes longer than to run them."""
    return insertion(submitters, sqlite_=sqlite).on_conflict_do_nothing()


@cache
def _new_production(*, sqlite: bool) -> ReturningInsert[Any]:
    """Return what enters a production that is not there yet."""
    times = {"submitted_at": Now(), "revised_at": Now(), "deadline": Now() + bindparam("patience", type_=Double())}
    return insertion(productions, sqlite_=sqlite).values(times).on_conflict_do_nothing().returning(*_ENTERED)


def _there(run: Connection, submission: Submission) -> Row[Any]:
    """Return the row of a production that is there, locked."""
    production = submission.production
    mine = select(productions).where(productions.c.slug == production.facts.slug)
    row = run.execute(mine.with_for_update(key_share=True)).one()
    if row.job != production.job:
        said = message(
            "{folder} in the output folder was made from the job “{there}”; rename one of the two job folders.",
            folder=row.slug,
            there=row.job,
        )
        raise refused(production.job, said)
    return row


def _facts(submission: Submission) -> Mapping[str, Any]:
    facts = submission.production.facts
    return {
        "title": facts.title,
        "kind": facts.kind.value,
        "facts": values.dump(facts).decode(),
        "submitter": submission.submitter,
        "work_s": submission.work_s,
    }


def _update(run: Connection, before: Row[Any], submission: Submission, *, anew: bool) -> Row[Any]:
    """Bring the production's row up to date, as the next revision where something of it begins anew."""
    values_: dict[str, Any] = dict(_facts(submission))
    if anew:
        cancel_open(run, stages.c.production == before.id, CONCLUSION)
        now = run.execute(select(Now())).scalar_one()
        values_ |= {
            "revision": before.revision + 1,
            "will": Will.GO.value if before.will == Will.CANCELLED else before.will,
            "concluded": False,
            "submitted_at": now,
            "revised_at": now,
            "deadline": now + PATIENCE * submission.work_s,
        }
    mine = productions.c.id == before.id
    return run.execute(update(productions).where(mine).values(values_).returning(productions)).one()


def _begin(run: Connection, production: Row[Any], plans: Sequence[Plan]) -> None:
    """Plan new episodes, all at once."""
    if not plans:
        return
    at = {"production": production.id, "revision": 1, "changed_at": production.revised_at}
    rows = [{**at, **plan.row} for plan in plans]
    new = run.execute(_NEW_EPISODES, rows).all()
    packets = {plan.row["number"]: plan.value for plan in plans}
    run.execute(_NEW_VALUES, [{"episode": row.id, "value": packets[row.number]} for row in new])
    insert_stages(run, (stage for row in new for stage in first_stages(production, row)))


def _begin_again(run: Connection, production: Row[Any], there: Row[Any], plan: Plan) -> None:
    """Begin a changed episode anew: whoever worked on it before is fenced out."""
    cancel_open(run, stages.c.episode == there.id)
    anew = {**plan.row, "revision": there.revision + 1, "changed_at": production.revised_at}
    row = run.execute(update(episodes).where(episodes.c.id == there.id).values(anew).returning(episodes)).one()
    mine = episode_values.c.episode == row.id
    run.execute(update(episode_values).where(mine).values(value=plan.value))
    insert_stages(run, first_stages(production, row))
