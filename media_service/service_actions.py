"""What a person may ask of the service: works are handed in, looked up and decided on; workers do the rest."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from media_service.domain.episode import Production
from media_service.domain.nearest import nearest
from media_service.domain.service import (
    Accepted,
    ReviewItem,
    Standing,
    Submission,
    Verdict,
    WorkerSeen,
    WorkStatus,
)
from media_service.domain.stage import CONCLUDE, QUEUES, Queue
from media_service.domain.workload import estimate, work_seconds
from media_service.errors import InputError, refused
from media_service.messages import message
from media_service.pipeline import next_step, pieces
from media_service.ports import Tools
from media_service.steps.present import refuse_another
from media_service.steps.take_in import take_in
from media_service.stores import Reviews, Works

ALIVE = timedelta(seconds=20)
"""A worker seen within this time lives."""


@dataclass(frozen=True, slots=True)
class HandedIn:
    """What became of a job that was handed in."""

    accepted: Accepted
    production: Production
    length: timedelta
    """How long the production will be, as estimated from its text."""


def submit(job: Path, who: str, tools: Tools, works: Works) -> HandedIn:
    """Take a job in and have it accepted: its pictures are on the shelf, and from then on the folder is not needed.

    Raises InputError with every fault found; then nothing is accepted.
    """
    production = take_in(job, tools)
    refuse_another(production.job, production.facts.slug, tools)
    pictures = dict.fromkeys(product.key for episode in production.episodes for product in episode.pictures.values())
    lengths = tuple(map(estimate, production.episodes))
    submission = Submission(
        production=production,
        submitter=who,
        work_s=work_seconds(production.episodes, lengths),
        pieces=tuple(map(pieces, production.episodes)),
        lengths=lengths,
        first_step=next_step(production.episodes[0]) or CONCLUDE,
        products=tuple(pictures),
    )
    return HandedIn(works.accept(submission), production, sum(lengths, timedelta()))


def find(slug: str, works: Works) -> WorkStatus:
    """Return where a production stands; raises InputError for an unknown one, naming what was probably meant."""
    try:
        return works.status(slug)[0]
    except InputError as unknown:
        said = message("There is no production “{slug}”; media-service status lists all there are.", slug=slug)
        if near := _meant(slug, works.status(limit=1000)):
            said = message("There is no production “{slug}”; did you mean “{near}”?", slug=slug, near=near)
        raise refused("", said) from unknown


def _meant(written: str, works: Sequence[WorkStatus]) -> str:
    """Return the slug that was probably meant: the title was written, or nearly the slug, or its beginning."""
    titled = (work.slug for work in works if work.title.casefold() == written.casefold())
    begun = (work.slug for work in works if work.slug.startswith(written))
    return next(titled, "") or nearest(written, [work.slug for work in works]) or next(begun, "")


def find_episode(slug: str, number: int, works: Works) -> None:
    """Raise InputError where the production or that episode of it is not there."""
    numbers = [episode.number for episode in find(slug, works).episodes]
    if number not in numbers:
        said = message(
            "“{slug}” has no episode {number}; choose one of: {numbers}.",
            slug=slug,
            number=number,
            numbers=", ".join(map(str, numbers)),
        )
        raise refused("", said)


def unattended(works: Iterable[WorkStatus], workers: Iterable[WorkerSeen]) -> tuple[Queue, ...]:
    """Name the queues that hold work and that no live worker serves."""
    moving = (work for work in works if work.standing in {Standing.WORKING, Standing.STUCK})
    steps = {step for work in moving for step in _steps(work)}
    wanted = {QUEUES.get(step, Queue.MISC) for step in steps}
    served = {worker.queue for worker in workers}
    return tuple(queue for queue in Queue if queue in wanted and queue.value not in served)


def _steps(work: WorkStatus) -> set[str]:
    """Return the steps that come next in a production."""
    return {episode.step for episode in work.episodes if episode.step} or {CONCLUDE}


def approvable(slug: str, number: int | None, everything: bool, reviews: Reviews) -> Sequence[ReviewItem]:
    """Return the episodes that an approval means: the named one, all that wait, or the only one that does.

    Raises InputError where none waits, or where several do and none was named.
    """
    there = reviews.show(slug, number)
    meant = there if number is not None else [item for item in there if item.verdict is Verdict.WAITING]
    if not meant:
        raise refused("", message("No episode of “{slug}” waits for review; see media-service status.", slug=slug))
    if len(meant) > 1 and not everything:
        said = message(
            "{count} episodes of “{slug}” wait for review; name one by its number, or give --all.",
            count=len(meant),
            slug=slug,
        )
        raise refused("", said)
    return meant
