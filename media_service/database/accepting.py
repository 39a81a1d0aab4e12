"""What a submission changes: new episodes are planned, changed ones begin anew, equal ones stay as they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from media_service import values
from media_service.database.audit import tell
from media_service.database.clock import Now
from media_service.database.connection import Database
from media_service.database.keeping import packed, state_of
from media_service.database.laying import cancel_open, first_stages, insert_stages, lay, lay_conclusion, lock_episodes
from media_service.database.products import record_taken_in
from media_service.database.standing import settle
from media_service.database.tables import episode_values, episodes, productions, stages, submitters
from media_service.domain.episode import Planned
from media_service.domain.service import Accepted, Standing, Submission, Will
from media_service.domain.workload import estimate
from media_service.errors import refused
from media_service.messages import message

PATIENCE = 10
"""A work is due so many times its own length of work after it was handed in: short ones first, none waits for ever."""


@dataclass(frozen=True, slots=True)
class Plan:
    """One episode as it is handed in: its value as it will be stored, and what its row will say."""

    value: bytes
    row: Mapping[str, Any]


def plans(submission: Submission) -> Mapping[int, Plan]:
    """Return the plans of a submission by number, worked out before a transaction begins."""
    pairs = zip(submission.production.episodes, submission.pieces, strict=True)
    return {episode.number: _plan(episode, pieces, submission) for episode, pieces in pairs}


def accept(database: Database, run: Connection, submission: Submission, plans: Mapping[int, Plan]) -> Accepted:
    """Take a submission in; raises InputError where its slug belongs to another job."""
    before = _enter(database, run, submission)
    there = {row.number: row for row in lock_episodes(run, before.id)}
    changed = [number for number, plan in plans.items() if _differs(there.get(number), plan)]
    withdrawn = [row.id for row in there.values() if row.number not in plans and not row.withdrawn]
    revived = before.will == Will.CANCELLED
    production = _update(run, before, submission, anew=bool(changed or withdrawn or revived))
    if withdrawn:
        cancel_open(run, stages.c.episode.in_(withdrawn))
        run.execute(update(episodes).where(episodes.c.id.in_(withdrawn)).values(withdrawn=True, step=""))
    _begin(run, production, [plans[number] for number in changed if number not in there])
    for number in changed:
        if number in there:
            _begin_again(run, production, there[number], plans[number])
    if revived:
        for row in lock_episodes(run, before.id):
            lay(run, production, row)
    record_taken_in(database, run, before.id, submission.products)
    lay_conclusion(run, production)
    settle(run, before.id)
    tell(run, "submitted", submission.submitter, production.slug, revision=production.revision, changed=len(changed))
    return Accepted(
        production.slug, production.revision, tuple(changed), tuple(number for number in plans if number not in changed)
    )


def _plan(episode: Planned, pieces: int, submission: Submission) -> Plan:
    packet = packed(episode)
    row = {
        "number": episode.number,
        "title": episode.name,
        "withdrawn": False,
        "plan": packet.fingerprint,
        "plan_step": submission.first_step,
        "plan_pieces": pieces,
        "state": state_of(episode),
        "step": submission.first_step,
        "pieces": pieces,
        "pieces_done": 0,
        "length_s": estimate(episode).total_seconds(),
        "restarts": 0,
        "content": "",
        "verdict": None,
        "presented_at": None,
        "showing": "",
    }
    return Plan(packet.value, row)


def _differs(there: Row[Any] | None, plan: Plan) -> bool:
    return there is None or there.withdrawn or there.plan != plan.row["plan"]


def _enter(database: Database, run: Connection, submission: Submission) -> Row[Any]:
    """Return the production's row, locked; a new one where there was none."""
    production = submission.production
    run.execute(database.insert(submitters).values(name=submission.submitter).on_conflict_do_nothing())
    blank = {
        "job": production.job,
        "revision": 0,
        "will": Will.GO.value,
        "standing": Standing.WORKING.value,
        "resting": False,
        "concluded": False,
    }
    new = database.insert(productions).values(
        slug=production.facts.slug, submitted_at=Now(), revised_at=Now(), deadline=0.0, **blank, **_facts(submission)
    )
    run.execute(new.on_conflict_do_nothing())
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
        cancel_open(run, stages.c.production == before.id, stages.c.episode.is_(None))
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
    new = run.execute(insert(episodes).returning(episodes), rows).all()
    packets = {plan.row["number"]: plan.value for plan in plans}
    run.execute(insert(episode_values), [{"episode": row.id, "value": packets[row.number]} for row in new])
    insert_stages(run, (stage for row in new for stage in first_stages(production, row)))


def _begin_again(run: Connection, production: Row[Any], there: Row[Any], plan: Plan) -> None:
    """Begin a changed episode anew: whoever worked on it before is fenced out."""
    cancel_open(run, stages.c.episode == there.id)
    anew = {**plan.row, "revision": there.revision + 1, "changed_at": production.revised_at}
    row = run.execute(update(episodes).where(episodes.c.id == there.id).values(anew).returning(episodes)).one()
    mine = episode_values.c.episode == row.id
    run.execute(update(episode_values).where(mine).values(value=plan.value))
    insert_stages(run, first_stages(production, row))
