"""The review desk for programs."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field

from media_service.domain.permissions import Action, may_decide
from media_service.domain.service import ReviewItem, Verdict
from media_service.errors import refused
from media_service.messages import message
from media_service.stores import Decision, Seen
from media_service.web.addresses import Number
from media_service.web.api.calls import Calls
from media_service.web.visitor import Asked

calls = Calls(prefix="/api", tags=["reviews"])

_MOST = 200


class Item(BaseModel):
    """An episode that waits for a person."""

    slug: str
    number: int
    title: str
    submitter: str
    since: datetime
    length_s: float
    verdict: Verdict
    failed_gates: list[str]
    content: str


class Decided(BaseModel):
    """What a person decides of an episode."""

    model_config = ConfigDict(extra="forbid")
    verdict: Verdict
    note: str = Field("", max_length=4000)
    at_s: float | None = Field(None, ge=0, le=1e6, allow_inf_nan=False)
    waiver: str = Field("", max_length=1000)
    content: str = Field("", max_length=200)
    """The content that was looked at, as listed; empty decides on whatever is there."""


@calls.look("/reviews", Action.REVIEW)
def waiting(visitor: Asked) -> list[Item]:
    """Return what waits for review, the oldest first."""
    return [_item(one) for one in visitor.studio.stores.reviews.waiting()[:_MOST]]


@calls.do("/reviews/{slug}/{number}", Action.REVIEW)
def decide(visitor: Asked, slug: str, number: Number, decided: Decided) -> Item:
    """Approve an episode, send it back with a note, or open its review again."""
    reviews, who = visitor.studio.stores.reviews, visitor.account.name
    (item,) = reviews.show(slug, number)
    allowed = visitor.studio.settings.studio.own_approval
    if decided.verdict is Verdict.APPROVED and not may_decide(who, item.submitter, own_allowed=allowed):
        raise refused("", message("You made this yourself; let somebody else approve it."))
    seen = Seen(decided.content, item.verdict) if decided.content else None
    reviews.decide(slug, number, Decision(decided.verdict, who, decided.note, decided.at_s, decided.waiver, seen))
    return _item(reviews.show(slug, number)[0])


def _item(one: ReviewItem) -> Item:
    return Item(
        slug=one.slug,
        number=one.number,
        title=one.title,
        submitter=one.submitter,
        since=one.since,
        length_s=one.length_s,
        verdict=one.verdict,
        failed_gates=[gate.id for gate in one.failed_gates],
        content=one.content,
    )
