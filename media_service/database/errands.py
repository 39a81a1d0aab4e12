"""What is done for publications, as stages: which errands are due, laid when something before them is done.

An approval begins a publication, in its own transaction; each finished errand makes due what waited for it. Whoever
calls holds the lock of the production.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, Row, exists, func, insert, select, update

from media_service.database.clock import Now
from media_service.database.connection import Database
from media_service.database.keeping import load_episode
from media_service.database.laying import AFRESH, DONE, cancel_open
from media_service.database.products import name
from media_service.database.publishing_tables import publications
from media_service.database.tables import (
    WHOLE_STEP,
    approvals,
    audit,
    episodes,
    productions,
    stages,
)
from media_service.domain.episode import Described
from media_service.domain.placing import playlist_of
from media_service.domain.publication import Errand, UploadState, due
from media_service.domain.service import Verdict, Will
from media_service.domain.stage import OPEN, QUEUES, Queue, StageState
from media_service.domain.uploading import marker

_BLANK = {
    "visibility": "public",
    "file_name": "",
    "file_size": 0,
    "file_sha256": "",
    "session": "",
    "sent": 0,
    "video": "",
    "processing": "",
    "upload_status": "",
    "reason": "",
}


CURRENT = (
    episodes.c.production == publications.c.production,
    episodes.c.number == publications.c.number,
    episodes.c.content == publications.c.content,
    episodes.c.verdict == Verdict.APPROVED.value,
    ~episodes.c.withdrawn,
)
"""That a publication's episode is still what was approved."""


def begin(database: Database, run: Connection, channel: str, production: Row[Any], episode: Row[Any]) -> bool:
    """Begin the publication of an approved episode where a channel is set up, or go on with it; tells if due now."""
    if not channel or episode.withdrawn or episode.verdict != Verdict.APPROVED or not episode.content:
        return False
    approval = _approval(run, episode)
    said = {"approved_by": approval.who, "approved_at": approval.at, "waiver": approval.waiver}
    shown = _shown(run, episode)
    film = name(shown.video.key)
    wishes = _wishes(run, channel, episode)
    new = database.insert(publications).values(
        production=production.id,
        number=episode.number,
        content=episode.content,
        channel=channel,
        marker=marker(production.slug, episode.number, episode.content, channel),
        playlist=playlist_of(production.title, shown.count, shown.listing.playlist),
        title=shown.listing.title,
        film=film,
        **said,
        **{**_BLANK, **wishes, "held": wishes.get("held", False) or _is_there(run, channel, episode, film)},
        **_first_state(run, production),
    )
    keys = ["production", "number", "content", "channel"]
    row = run.execute(new.on_conflict_do_update(index_elements=keys, set_=said).returning(publications)).one()
    _reveal_again(run, production, row)
    return bool(lay(run, production, row))


def _reveal_again(run: Connection, production: Row[Any], publication: Row[Any]) -> None:
    """Have a video that was shown before, and may be hidden by now, looked at again: an approval shows it."""
    seen = (
        stages.c.publication == publication.id,
        stages.c.step == Errand.REVEAL.value,
        stages.c.state == DONE,
    )
    held = production.will != Will.GO or publication.held
    run.execute(update(stages).where(*seen).values(afresh(held=held)))


def lay(run: Connection, production: Row[Any], publication: Row[Any]) -> tuple[Queue, ...]:
    """Give a publication the errands that may begin now; returns the queue where something is due that was not."""
    if publication.retired_at is not None:
        return ()
    found = {row.step: row for row in run.execute(select(stages).where(stages.c.publication == publication.id))}
    done = {Errand(step) for step, row in found.items() if row.state == DONE}
    wanted = due(done, {Errand(step) for step, row in found.items() if failed(row)})
    held = production.will != Will.GO or publication.held
    missing = [errand for errand in wanted if errand not in found]
    again = [found[errand].id for errand in wanted if errand in found and _is_cancelled(found[errand])]
    if missing:
        rows = [_fresh(production, publication, errand, held=held) for errand in missing]
        run.execute(insert(stages).values(due_at=Now()), rows)
    if again:
        run.execute(update(stages).where(stages.c.id.in_(again)).values(afresh(held=held)))
    return (Queue.PUBLISH,) if (missing or again) and not held else ()


def afresh(*, held: bool) -> dict[str, Any]:
    """Return what makes an errand due again as if it had never been tried."""
    fenced = {"attempt": stages.c.attempt + 1, "owner": None, "lease_until": None}
    return {**AFRESH, **fenced, "parked": False, "held": held, "due_at": Now()}


def failed(row: Row[Any]) -> bool:
    """Tell whether an errand was tried and went wrong; one that waits for quota or consent has not."""
    return row.state == StageState.QUARANTINED or (row.state in set(OPEN) and row.said is not None and not row.parked)


def stop(run: Connection, production: int, numbers: Iterable[int]) -> int:
    """Stop all that is done for the publications of these episodes; what is on the channel stays there."""
    whose = (stages.c.production == production, stages.c.publication.is_not(None), stages.c.number.in_(list(numbers)))
    return cancel_open(run, *whose)


def lay_all(run: Connection, production: Row[Any]) -> int:
    """Give the publications of a production what was cancelled and is wanted again; returns how many that were."""
    mine = select(publications).where(publications.c.production == production.id, exists().where(*CURRENT))
    rows = run.execute(mine.order_by(publications.c.number)).all()
    return len([row for row in rows if lay(run, production, row)])


def lacking(channel: str) -> Any:
    """Select the approved episodes that have no publication on the channel, or one without the stage that is next."""
    published = exists().where(
        publications.c.production == episodes.c.production,
        publications.c.number == episodes.c.number,
        publications.c.content == episodes.c.content,
        publications.c.channel == channel,
    )
    approved = (episodes.c.verdict == Verdict.APPROVED.value, ~episodes.c.withdrawn, episodes.c.content != "")
    columns = select(episodes.c.id, episodes.c.production).join(productions)
    return columns.where(*approved, productions.c.will != Will.CANCELLED.value, ~published).order_by(episodes.c.id)


def idle(channel: str) -> Any:
    """Select the publications that are neither complete nor have anything laid for them."""
    of = stages.c.publication == publications.c.id
    unfinished = exists().where(of, stages.c.state.in_([*OPEN, StageState.QUARANTINED]))
    last, seen = (
        exists().where(of, stages.c.state == DONE, stages.c.step == errand.value)
        for errand in (Errand.CAPTION, Errand.REVEAL)
    )
    wanted = (publications.c.channel == channel, publications.c.retired_at.is_(None), exists().where(*CURRENT))
    columns = select(publications.c.id, publications.c.production)
    return columns.where(*wanted, ~unfinished, ~(last & seen)).order_by(publications.c.id)


def older(channel: str, production: int, number: int) -> tuple[Any, ...]:
    """Return the conditions of an episode's publications on a channel that people may see."""
    return (
        publications.c.production == production,
        publications.c.number == number,
        publications.c.channel == channel,
        publications.c.retired_at.is_(None),
    )


def _is_there(run: Connection, channel: str, episode: Row[Any], film: str) -> bool:
    """Tell whether the very film is on the channel already, with other words: a person says what becomes of them."""
    there = (
        *older(channel, episode.production, episode.number),
        publications.c.content != episode.content,
        publications.c.film == film,
        publications.c.state == UploadState.ARRIVED.value,
    )
    return run.execute(select(publications.c.id).where(*there).limit(1)).first() is not None


def _approval(run: Connection, episode: Row[Any]) -> Row[Any]:
    whose = (
        approvals.c.production == episode.production,
        approvals.c.number == episode.number,
        approvals.c.content == episode.content,
        approvals.c.verdict == Verdict.APPROVED.value,
    )
    return run.execute(select(approvals).where(*whose).order_by(approvals.c.id.desc()).limit(1)).one()


def _shown(run: Connection, episode: Row[Any]) -> Described:
    shown = load_episode(run, episode.id, episode.state)
    if not isinstance(shown, Described):
        raise TypeError("an episode that was approved has a listing")
    return shown


def _first_state(run: Connection, production: Row[Any]) -> Mapping[str, Any]:
    """Return how an upload begins: after a restore nobody knows whether the video is there already, so it is sought."""
    restored = run.execute(select(func.min(audit.c.id)).where(audit.c.what == "restored")).scalar()
    if restored is None:
        return {"state": UploadState.PLANNED.value}
    # whatever the backup does not know of came after its last line
    last = run.execute(select(func.max(audit.c.at)).where(audit.c.id < restored)).scalar() or 0.0
    return {"state": UploadState.UNKNOWN.value, "since": 1.0, "begun_at": min(last, production.submitted_at)}


def _wishes(run: Connection, channel: str, episode: Row[Any]) -> Mapping[str, Any]:
    """Return what people wanted of the publication before: to whom and when it is shown, and whether it is held."""
    mine = (*older(channel, episode.production, episode.number), publications.c.content != episode.content)
    newest = (publications.c.approved_at.desc(), publications.c.id.desc())
    last = run.execute(select(publications).where(*mine).order_by(*newest).limit(1)).first()
    return {} if last is None else {"visibility": last.visibility, "airs_at": last.airs_at, "held": last.held}


def _is_cancelled(row: Row[Any]) -> bool:
    return bool(row.state == StageState.CANCELLED)


def _fresh(production: Row[Any], publication: Row[Any], errand: Errand, *, held: bool) -> Mapping[str, Any]:
    return {
        "production": production.id,
        "episode": None,
        "publication": publication.id,
        "number": publication.number,
        "revision": production.revision,
        "step": errand.value,
        "piece": WHOLE_STEP,
        "queue": QUEUES[errand].value,
        "held": held,
        "submitter": production.submitter,
        "deadline": publication.approved_at,
        "attempt": 0,
        "seconds": 0.0,
        "parked": False,
        **AFRESH,
    }
