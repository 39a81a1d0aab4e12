"""My works: where each stands, live; what reviewers said of it and at which second; what can be done next."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass

import anyio
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, Response, StreamingResponse

from media_service.domain.episode import STATES
from media_service.domain.permissions import Action
from media_service.domain.service import EpisodeStatus, ReviewItem, Standing, Will, WorkStatus
from media_service.errors import InputError, MediaServiceError, refused
from media_service.messages import message
from media_service.web.addresses import Addresses, Fields, text
from media_service.web.pages.media import visible
from media_service.web.visitor import Asked, Visitor
from media_service.web.wording import Wording
from media_service.words import STANDINGS, VERDICTS

addresses = Addresses()

_ORDER = tuple(STATES)
STEPS = {
    "narrate": message("is read aloud"),
    "assemble": message("the sound is joined"),
    "film": message("the film is made"),
    "describe": message("the description is written"),
    "bind": message("the copy for listeners is made"),
    "inspect": message("everything is measured"),
    "present": message("is laid out for you"),
}
BADGES = {
    Standing.WORKING: "busy",
    Standing.STUCK: "bad",
    Standing.PAUSED: "wait",
    Standing.CANCELLED: "",
    Standing.REVIEW: "wait",
    Standing.SENT_BACK: "bad",
    Standing.APPROVED: "good",
}
TICK_S = 1.5
"""How often a page that watches is told what has changed."""
_WATCHED_S = 900.0
"""After so long a stream ends; the browser asks again."""


@dataclass(frozen=True, slots=True)
class Card:
    """An episode of a work as its page shows it."""

    episode: EpisodeStatus
    review: ReviewItem | None


@addresses.page("/works", Action.SEE_WORKS)
def works(visitor: Asked) -> Response:
    """Show one's own works and drafts."""
    owner = visitor.account.name
    mine = visitor.studio.stores.works.of(owner)
    values = {
        "works": mine,
        "drafts": visitor.studio.workshop.bench.all(owner),
        "standings": STANDINGS,
        "badges": BADGES,
    }
    return visitor.page("works", {**values, "shares": {work.slug: share(work) for work in mine}})


@addresses.page("/works/{slug}", Action.SEE_WORKS)
def work(visitor: Asked, slug: str) -> Response:
    """Show one work."""
    visible(visitor, slug)
    found = visitor.studio.stores.works.status(slug)[0]
    reviews = {one.number: one for one in _reviews(visitor, slug)}
    values = {
        "work": found,
        "cards": [Card(one, reviews.get(one.number)) for one in found.episodes],
        "mine": found.submitter == visitor.account.name,
        "standings": STANDINGS,
        "badges": BADGES,
        "verdicts": VERDICTS,
        "steps": STEPS,
        "share": share(found),
    }
    return visitor.page("work", values)


@addresses.page("/works/{slug}/status", Action.SEE_WORKS)
def status(visitor: Asked, slug: str) -> Response:
    """Return where a work stands, for pages that cannot be streamed to."""
    visible(visitor, slug)
    return JSONResponse(_state(visitor, slug))


@addresses.page("/works/{slug}/live", Action.SEE_WORKS)
async def live(visitor: Asked, slug: str) -> Response:
    """Stream where a work stands, whenever that changes (server-sent events)."""
    await run_in_threadpool(visible, visitor, slug)
    headers = {"X-Accel-Buffering": "no"}
    return StreamingResponse(_watched(visitor, slug), media_type="text/event-stream", headers=headers)


@addresses.deed("/works/{slug}/want", Action.MAKE_WORKS)
def want(visitor: Asked, given: Fields, slug: str) -> Response:
    """Pause, resume or cancel one's own work."""
    own(visitor, slug)
    will = next((one for one in Will if one.value == text(given, "will")), Will.GO)
    visitor.studio.stores.works.want(slug, will, visitor.account.name)
    return visitor.on(f"/works/{slug}", message("Done; the work's state below shows it."))


@addresses.deed("/works/{slug}/retry", Action.MAKE_WORKS)
def retry(visitor: Asked, slug: str) -> Response:
    """Try again what was put aside."""
    own(visitor, slug)
    visitor.studio.stores.works.retry(slug, visitor.account.name)
    return visitor.on(f"/works/{slug}", message("It is tried again now."))


@addresses.deed("/works/{slug}/take-up", Action.MAKE_WORKS)
def take_up(visitor: Asked, slug: str) -> Response:
    """Lay a copy of one's own work on the bench, to change its script and hand it in again."""
    own(visitor, slug)
    shop, owner = visitor.studio.workshop, visitor.account.name
    shop.bench.take_up(owner, shop.job(slug), slug)
    return visitor.on(f"/drafts/{slug}")


def own(visitor: Visitor, slug: str) -> None:
    """Raise where a work is not this visitor's own."""
    visible(visitor, slug)
    if visitor.studio.stores.works.submitter(slug) != visitor.account.name:
        raise refused(slug, message("This is somebody else's work; only whoever handed it in changes it."))


def share(work: WorkStatus) -> int:
    """Return how much of a work is made, in percent: each step counts alike, speech and film by their pieces."""
    done = [_share(one) for one in work.episodes]
    return round(100 * sum(done) / len(done)) if done else 0


def _share(one: EpisodeStatus) -> float:
    within = one.pieces_done / one.pieces if one.pieces else 0.0
    return min(1.0, (_ORDER.index(one.state) + within) / (len(_ORDER) - 1)) if one.state in _ORDER else 0.0


def _state(visitor: Visitor, slug: str) -> dict[str, object]:
    found = visitor.studio.stores.works.status(slug)[0]
    return {
        "standing": visitor.translate(STANDINGS[found.standing]),
        "badge": BADGES[found.standing],
        "share": share(found),
        "left": visitor.put("about {time} left", time=Wording(visitor.language).about(found.left))
        if found.left
        else "",
        "moving": found.standing in {Standing.WORKING, Standing.STUCK, Standing.PAUSED},
        "episodes": [{"number": one.number, "said": said(visitor, one)} for one in found.episodes],
        "troubles": len(found.troubles),
    }


def said(visitor: Visitor, one: EpisodeStatus) -> str:
    """Return what is done with an episode just now, in a few words."""
    if one.verdict:
        return visitor.translate(VERDICTS[one.verdict])
    step = visitor.translate(STEPS[one.step]) if one.step in STEPS else ""
    return f"{step} ({one.pieces_done}/{one.pieces})" if step and one.pieces else step


def _reviews(visitor: Visitor, slug: str) -> tuple[ReviewItem, ...]:
    try:
        return visitor.studio.stores.reviews.show(slug)
    except InputError:  # nothing of it is finished yet
        return ()


async def _watched(visitor: Visitor, slug: str) -> AsyncIterator[str]:
    before, silent = "", 0.0
    yield "retry: 3000\n\n"
    with anyio.move_on_after(_WATCHED_S):
        while True:
            try:
                now = json.dumps(await run_in_threadpool(_state, visitor, slug), ensure_ascii=False)
            except MediaServiceError as fault:
                now = json.dumps({"away": visitor.translate(fault.said)}, ensure_ascii=False)
            silent += TICK_S
            if now != before or silent > 15:  # proxies close what is silent
                yield f"data: {now}\n\n"
                before, silent = now, 0.0
            await anyio.sleep(TICK_S)
