"""The review desk: what waits, one episode with all that is known of it, and what a reviewer decides."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from starlette.datastructures import FormData
from starlette.responses import JSONResponse, Response

from media_service.domain.obstacles import against, measured, owed
from media_service.domain.permissions import Action, may_decide
from media_service.domain.service import ReviewItem, Verdict
from media_service.errors import InputError, OvertakenError, refused
from media_service.messages import Message, message
from media_service.overviews import ReviewWish
from media_service.publishing_actions import take_back
from media_service.stores import Decision, Seen
from media_service.web import opening
from media_service.web.addresses import Addresses, Fields, text
from media_service.web.exhibit import exhibit
from media_service.web.visitor import Asked, Visitor
from media_service.web.wording import Wording
from media_service.words import KINDS, VERDICTS

addresses = Addresses()

_HOME = "/review"
_A_PAGE = 25
"""Works on one page of the queue: as many as one looks through before the next."""


@addresses.page(_HOME, Action.REVIEW)
def queue(visitor: Asked) -> Response:
    """Show what waits, the oldest first."""
    asked = visitor.request.query_params
    wish = ReviewWish(
        verdict=_verdict(asked.get("verdict", "")),
        kind=asked.get("kind", ""),
        submitter=asked.get("by", ""),
        text=asked.get("text", "").strip()[:200],
        after=asked.get("after", ""),
        most=_A_PAGE,
    )
    desk = visitor.studio.stores.overviews.reviews
    page, counts = desk.page(wish), desk.counts()
    kept = {"verdict": wish.verdict.value, "kind": wish.kind, "by": wish.submitter, "text": wish.text}
    values = {
        "page": page,
        "wish": wish,
        "counts": counts,
        "measured": measured,
        "verdicts": VERDICTS,
        "kinds": KINDS,
        "doubts": {(one.slug, one.number): len(against(one)) for one in page.entries},
        "filtered": any((wish.kind, wish.submitter, wish.text)),
        "more": f"{_HOME}?{urlencode({**kept, 'after': page.after})}" if page.after else "",
    }
    return visitor.page("reviews", values)


@addresses.page("/review/{slug}/{number:int}", Action.REVIEW)
def episode(visitor: Asked, slug: str, number: int) -> Response:
    """Show one episode with all that is known of it."""
    return _shown(visitor, slug, number)


@addresses.deed("/review/{slug}/{number:int}/note", Action.REVIEW)
def note(visitor: Asked, given: Fields, slug: str, number: int) -> Response:
    """Note something at a second; it stays whatever becomes of the page."""
    at_s, said = second(text(given, "at")), text(given, "text")[:4000]
    visitor.studio.stores.overviews.reviews.pin(slug, number, at_s, said, visitor.account.name)
    if "x-csrf-token" in visitor.request.headers:
        words = visitor.put("Noted.")
        return JSONResponse({"message": words, "who": visitor.account.display, "text": said.strip(), "at_s": at_s})
    return visitor.on(f"{_HOME}/{slug}/{number}", message("Noted."))


@addresses.deed("/review/{slug}/{number:int}/cover", Action.REVIEW)
def cover(visitor: Asked, given: Fields, slug: str, number: int) -> Response:
    """Use another thumbnail; the episode is shown again with it in a moment."""
    choice = text(given, "choice")
    if not choice.isdecimal() or len(choice) > 3:
        raise refused("", message("Choose one of the thumbnails."))
    visitor.studio.stores.reviews.choose_thumbnail(slug, number, int(choice), visitor.account.name)
    return visitor.on(_HOME, message("The thumbnail is chosen; the episode is back here in a moment."))


@addresses.deed("/review/{slug}/{number:int}", Action.REVIEW)
def decide(visitor: Asked, given: Fields, slug: str, number: int) -> Response:
    """Record a decision on what the reviewer had before them."""
    try:
        item = _item(visitor, slug, number)
        decision = _decision(visitor, given, item)
        visitor.studio.stores.reviews.decide(slug, number, decision)
        _keep(visitor, given, decision, item)
    except InputError as fault:
        return _shown(visitor, slug, number, fault, given)
    said = {
        Verdict.APPROVED: message("“{title}” is approved.", title=item.title),
        Verdict.SENT_BACK: message("“{title}” is sent back; whoever made it sees your notes.", title=item.title),
        Verdict.WAITING: message("“{title}” waits for review again.", title=item.title),
    }[decision.verdict]
    if decision.verdict is not Verdict.APPROVED and (left := _still_airing(visitor, slug, number)):
        said = left
    return visitor.on(_next(visitor), said)


def _keep(visitor: Visitor, given: FormData, decision: Decision, item: ReviewItem) -> None:
    """Hold an approved episode back where its reviewer wants its time to be set first."""
    wanted = decision.verdict is Verdict.APPROVED and text(given, "showing") == "later"
    if wanted and visitor.studio.settings.publishing.channel:
        ledger = visitor.studio.stores.ledgers.publications
        ledger.hold(item.slug, item.number, visitor.account.name, held=True)


def _verdict(asked: str) -> Verdict:
    return Verdict(asked) if asked in set(Verdict) else Verdict.WAITING


def _item(visitor: Visitor, slug: str, number: int) -> ReviewItem:
    return visitor.studio.stores.reviews.show(slug, number)[0]


def _shown(
    visitor: Visitor, slug: str, number: int, fault: InputError | None = None, given: Mapping[str, object] | None = None
) -> Response:
    item = _item(visitor, slug, number)
    made = visitor.studio.stores.overviews.reviews.episode(slug, number)
    values = {
        **exhibit(item, made, visitor),
        "faults": [visitor.translate(one.said) for one in fault.faults] if fault else [],
        "given": {name: str(value) for name, value in (given or {}).items()},
        "mine": not _may_approve(visitor, item),
        "channel": visitor.studio.settings.publishing.channel,
    }
    status = 200 if fault is None else 409 if isinstance(fault, OvertakenError) else 422
    return visitor.page("review", values, status)


def _may_approve(visitor: Visitor, item: ReviewItem) -> bool:
    own = visitor.studio.settings.studio.own_approval
    return may_decide(visitor.account.name, item.submitter, own_allowed=own)


def _decision(visitor: Visitor, given: FormData, item: ReviewItem) -> Decision:
    """Read a decision off its form; raises InputError where it lacks something."""
    verdict, said = _verdict(text(given, "verdict")), text(given, "note").strip()[:8000]
    if verdict is Verdict.APPROVED and not _may_approve(visitor, item):
        raise refused("", message("You made this yourself; let somebody else approve it."))
    if verdict is Verdict.SENT_BACK and not said and not _has_notes(visitor, item):
        raise refused("", message("Say what is to be mended, or pin a note to a second first."))
    waiver = text(given, "waiver").strip()[:2000]
    if verdict is Verdict.APPROVED and against(item) and not owed(item) and not waiver:
        raise refused("", message("Something speaks against it; approve it with a reason, or send it back."))
    seen = Seen(text(given, "content"), _verdict(text(given, "seen")))
    return Decision(verdict, visitor.account.name, note=said or _notes_said(verdict), waiver=waiver, seen=seen)


def _notes_said(verdict: Verdict) -> str:
    return "↑" if verdict is Verdict.SENT_BACK else ""


def _has_notes(visitor: Visitor, item: ReviewItem) -> bool:
    """Tell whether the reviewer has noted something on this very content."""
    return any(one.who == visitor.account.name and one.content == item.content for one in item.notes)


def _still_airing(visitor: Visitor, slug: str, number: int) -> Message | None:
    """Have the channel keep to itself what was to be shown later; say so where it could not be told."""
    studio, stores = visitor.studio, visitor.studio.stores
    if not studio.settings.publishing.channel:
        return None
    left = take_back(slug, {number}, stores.turns.moment(), stores.ledgers, opening.channel(studio))
    if not left:
        return None
    when = Wording(visitor.language).moment(left[0].at)
    return message("It is sent back, but the channel still shows it from {when}; hold it among the uploads.", when=when)


def _next(visitor: Visitor) -> str:
    """Return the address of what has waited longest, or of the empty queue."""
    waiting = visitor.studio.stores.overviews.reviews.page(ReviewWish(most=1)).entries
    return f"{_HOME}/{waiting[0].slug}/{waiting[0].number}" if waiting else _HOME


def second(written: str) -> float | None:
    """Read a second off a form; None for none. Raises InputError for what is no number."""
    try:
        return float(written) if written.strip() else None
    except ValueError:
        said = message("“{written}” is no second of the film; play it to the place.", written=written)
        raise refused("", said) from None
