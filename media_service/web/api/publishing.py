"""Uploads and the channel's figures for programs."""

from __future__ import annotations

from datetime import date, datetime

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from media_service import publishing_actions
from media_service.domain.permissions import Action
from media_service.domain.publication import Publication, Stand, Visibility
from media_service.ledgers import PublicationStatus
from media_service.publishing_actions import stand
from media_service.web import opening
from media_service.web.addresses import Number
from media_service.web.api.calls import Calls
from media_service.web.visitor import Asked, Visitor

calls = Calls(prefix="/api", tags=["publishing"])


class Upload(BaseModel):
    """A publication that is still to come."""

    id: int
    slug: str
    number: int
    title: str
    playlist: str
    stand: Stand
    visibility: Visibility
    shown_from: datetime | None
    held: bool
    video: str
    views: int | None


class Order(BaseModel):
    """The order in which uploads were listed, and the one that is wanted."""

    model_config = ConfigDict(extra="forbid")
    seen: list[int] = Field(max_length=200)
    wanted: list[int] = Field(max_length=200)


class Showing(BaseModel):
    """From when on an episode is shown; without a time as soon as all is ready."""

    model_config = ConfigDict(extra="forbid")
    shown_from: AwareDatetime | None = None
    unlisted: bool = False


class Gained(BaseModel):
    """What a playlist gained in a month; the title is empty for videos in none."""

    playlist: str
    month: str
    views: int
    likes: int


@calls.look("/uploads", Action.PUBLISH)
def uploads(visitor: Asked) -> list[Upload]:
    """Return what is still to come, in its order."""
    now = visitor.studio.stores.turns.moment()
    return [_upload(one, now) for one in visitor.studio.stores.overviews.uploads.coming()]


@calls.do("/uploads/order", Action.PUBLISH)
def reorder(visitor: Asked, order: Order) -> list[Upload]:
    """Have uploads go in another order, unless they stand otherwise by now."""
    visitor.studio.stores.overviews.uploads.reorder(order.seen, order.wanted, visitor.account.name)
    return uploads(visitor)


@calls.do("/uploads/{slug}/{number}/showing", Action.PUBLISH)
def show(visitor: Asked, slug: str, number: Number, showing: Showing) -> Upload:
    """Set when an episode is shown, and let it go on where it was held."""
    one, stores, who = _current(visitor, slug, number), visitor.studio.stores, visitor.account.name
    if showing.shown_from is None:
        visibility = Visibility.UNLISTED if showing.unlisted else Visibility.PUBLIC
        publishing_actions.show_now(one, visibility, who, stores.ledgers)
    else:
        publishing_actions.schedule(one, showing.shown_from, stores.turns.moment(), who, stores.ledgers)
        stores.ledgers.publications.hold(slug, number, who, held=False)
    return _again(visitor, slug, number)


@calls.do("/uploads/{slug}/{number}/hold", Action.PUBLISH)
def hold(visitor: Asked, slug: str, number: Number) -> Upload:
    """Do nothing more for an episode until its showing is set."""
    stores, opened = visitor.studio.stores, opening.channel(visitor.studio)
    one = _current(visitor, slug, number)
    publishing_actions.hold(one, stores.turns.moment(), visitor.account.name, stores.ledgers, opened)
    return _again(visitor, slug, number)


@calls.look("/figures/{year}", Action.SEE_CHANNEL)
def figures(visitor: Asked, year: Number) -> list[Gained]:
    """Return what each playlist gained in each month of a year."""
    if not 2005 <= year <= 9998:
        return []
    months = visitor.studio.stores.overviews.figures.months(date(year, 1, 1), date(year, 12, 31))
    return [Gained(playlist=one.playlist, month=one.period, views=one.views, likes=one.likes) for one in months]


def _current(visitor: Visitor, slug: str, number: int) -> Publication:
    found = publishing_actions.of_work(slug, number, visitor.studio.stores.ledgers)
    return next((one for one in found if one.current), found[0]).publication


def _again(visitor: Visitor, slug: str, number: int) -> Upload:
    found = publishing_actions.of_work(slug, number, visitor.studio.stores.ledgers)
    one = next((each for each in found if each.current), found[0])
    return _upload(one, visitor.studio.stores.turns.moment())


def _upload(one: PublicationStatus, now: datetime) -> Upload:
    mine = one.publication
    return Upload(
        id=mine.id,
        slug=mine.slug,
        number=mine.number,
        title=one.title,
        playlist=one.playlist,
        stand=stand(one, now),
        visibility=mine.airing.visibility,
        shown_from=mine.airing.at,
        held=one.held,
        video=mine.upload.video,
        views=one.views,
    )
