"""The upload desk: what goes to the channel and in which order, when it is shown, the quota, doubtful cases."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from starlette.datastructures import FormData
from starlette.responses import JSONResponse, Response

from media_service import publishing_actions
from media_service.domain.airing import Rhythm
from media_service.domain.forecast import plan
from media_service.domain.permissions import Action
from media_service.domain.publication import Publication, Stand, Visibility
from media_service.domain.quota import Bucket, Limits, Spent, next_day
from media_service.errors import MediaServiceError, refused
from media_service.ledgers import PublicationStatus
from media_service.messages import Message, message
from media_service.publishing_actions import FOR_A_PERSON, stand
from media_service.web import opening
from media_service.web.addresses import Addresses, Fields, text
from media_service.web.months import month_of, turned, weeks
from media_service.web.visitor import Asked, Visitor
from media_service.web.wording import HERE
from media_service.words import ERRANDS, STANDS, VISIBILITIES

addresses = Addresses()

_HOME = "/uploads"
_DAY = "%Y-%m-%d"
_A_PAGE = 30
"""Publications that the page lists; those after them move up by themselves."""
_LOOKED_AT = 100
"""Of what is to come: so that what waits for a person is found, wherever in that it stands."""


@dataclass(frozen=True, slots=True)
class Line:
    """A publication as the list shows it."""

    status: PublicationStatus
    stand: Stand
    said: Message
    goes: datetime | None
    """When the plan lets its next errand go; None where nothing waits, or a person must act first."""


@addresses.page(_HOME, Action.PUBLISH)
def uploads(visitor: Asked) -> Response:
    """Show what is still to come, the quota and the month's calendar."""
    return _shown(visitor)


@addresses.deed(f"{_HOME}/order", Action.PUBLISH)
def order(visitor: Asked, given: Fields) -> Response:
    """Have publications go in another order."""
    seen, wanted = _numbers(text(given, "seen")), _numbers(text(given, "wanted"))
    visitor.studio.stores.overviews.uploads.reorder(seen, wanted, visitor.account.name)
    return _done(visitor, message("The order is kept."))


@addresses.deed(f"{_HOME}/rhythm", Action.PUBLISH)
def rhythm(visitor: Asked, given: Fields) -> Response:
    """Give each of the chosen publications the next free time of a rhythm, in their order."""
    days = frozenset(int(str(one)) for one in given.getlist("day") if str(one) in set("0123456"))
    if not days:
        raise refused("", message("Choose at least one weekday."))
    stores, now = visitor.studio.stores, visitor.studio.stores.turns.moment()
    chosen = set(_numbers(",".join(map(str, given.getlist("id")))))
    meant = [one.publication for one in stores.overviews.uploads.coming() if _may_be_timed(one, now, chosen)]
    if not meant:
        raise refused("", message("Nothing of what you chose can still be given a time."))
    times = publishing_actions.one_by_one(Rhythm(days, _clock(text(given, "time"))), meant, now, stores.ledgers)
    for one, when in zip(meant, times, strict=True):
        publishing_actions.schedule(one, when, now, visitor.account.name, stores.ledgers)
        stores.ledgers.publications.hold(one.slug, one.number, visitor.account.name, held=False)
    return _done(visitor, message("{count} video(s) have their time now.", count=len(meant)))


@addresses.deed(f"{_HOME}/{{slug}}/{{number:int}}/{{deed}}", Action.PUBLISH)
def act(visitor: Asked, given: Fields, slug: str, number: int, deed: str) -> Response:
    """Do what a person asks for one publication."""
    if deed not in _DEEDS:
        raise refused("", message("There is no such thing to do; go back to the uploads."))
    one = publishing_actions.of_work(slug, number, visitor.studio.stores.ledgers)
    current = next((found for found in one if found.current), one[0])
    return _done(visitor, _DEEDS[deed](visitor, given, current.publication))


@addresses.page(f"{_HOME}/{{slug}}/{{number:int}}", Action.PUBLISH)
def one(visitor: Asked, slug: str, number: int) -> Response:
    """Show all that is known of an episode's publications, and what may be decided."""
    stores, now = visitor.studio.stores, visitor.studio.stores.turns.moment()
    found = publishing_actions.of_work(slug, number, stores.ledgers)
    doubtful = next((each for each in found if stand(each, now) is Stand.UNDECIDED), None)
    candidates, fault = _candidates(visitor, doubtful.publication if doubtful else None, now)
    values = {
        "lines": [_line(each, now, {}) for each in found],
        "doubtful": doubtful,
        "candidates": candidates,
        "fault": fault,
        "errands": ERRANDS,
        "visibilities": VISIBILITIES,
        "Stand": Stand,
        "slug": slug,
        "number": number,
        "title": found[0].title,
        "day": (now.astimezone(HERE) + timedelta(days=1)).strftime(_DAY),
    }
    return visitor.page("upload", values)


def _candidates(visitor: Visitor, doubtful: Publication | None, now: datetime) -> tuple[Sequence[object], str]:
    """Return the videos that a doubtful upload may be, or why the channel could not be asked."""
    if doubtful is None:
        return (), ""
    try:
        return tuple(publishing_actions.candidates(doubtful, now, opening.channel(visitor.studio))), ""
    except MediaServiceError as fault:
        return (), visitor.translate(fault.said)


def _time(visitor: Visitor, given: FormData, one: Publication) -> Message:
    stores = visitor.studio.stores
    when = datetime.combine(_date(text(given, "date")), _clock(text(given, "time")), HERE)
    now = stores.turns.moment()
    if when <= now:
        raise refused("", message("This time is past; name one to come."))
    publishing_actions.schedule(one, when, now, visitor.account.name, stores.ledgers)
    stores.ledgers.publications.hold(one.slug, one.number, visitor.account.name, held=False)
    return message("It is shown from {when}.", when=f"{when:%H:%M %d/%m/%Y}")


def _now(visitor: Visitor, given: FormData, one: Publication) -> Message:
    visibility = Visibility.UNLISTED if text(given, "unlisted") else Visibility.PUBLIC
    publishing_actions.show_now(one, visibility, visitor.account.name, visitor.studio.stores.ledgers)
    return message("It is shown as soon as all is ready.")


def _hold(visitor: Visitor, _given: FormData, one: Publication) -> Message:
    stores, opened = visitor.studio.stores, opening.channel(visitor.studio)
    left = publishing_actions.hold(one, stores.turns.moment(), visitor.account.name, stores.ledgers, opened)
    if left:
        return message("It is held back here, but the channel could not be told; hold it again in a while.")
    return message("It is held back until you let it go on.")


def _go_on(visitor: Visitor, _given: FormData, one: Publication) -> Message:
    visitor.studio.stores.ledgers.publications.hold(one.slug, one.number, visitor.account.name, held=False)
    return message("It goes on.")


def _retry(visitor: Visitor, _given: FormData, one: Publication) -> Message:
    count = visitor.studio.stores.works.retry(one.slug, visitor.account.name)
    return message("{count} piece(s) of work are tried again at once.", count=count)


def _settle(visitor: Visitor, given: FormData, one: Publication) -> Message:
    video = text(given, "video").strip()
    if not video:
        raise refused("", message("Choose a video, or say that it is none of them."))
    settled = "" if video == "none" else video
    visitor.studio.stores.ledgers.publications.settle(one.slug, one.number, settled, visitor.account.name)
    return message("It is settled and goes on.")


def _correct(visitor: Visitor, _given: FormData, one: Publication) -> Message:
    studio = visitor.studio
    publishing_actions.correct(
        one.slug, one.number, visitor.account.name, studio.stores.ledgers, opening.channel(studio)
    )
    return message("The video on the channel says it as it was approved.")


def _replace(visitor: Visitor, _given: FormData, one: Publication) -> Message:
    studio, who = visitor.studio, visitor.account.name
    count = publishing_actions.replace(one.slug, one.number, who, studio.stores.ledgers, opening.channel(studio))
    return message("{count} older video(s) are private now.", count=count)


_DEEDS: Mapping[str, Callable[[Visitor, FormData, Publication], Message]] = {
    "time": _time,
    "now": _now,
    "hold": _hold,
    "go-on": _go_on,
    "retry": _retry,
    "settle": _settle,
    "correct": _correct,
    "replace": _replace,
}
"""What may be done for one publication, by the last part of the address."""


def _shown(visitor: Visitor) -> Response:
    stores, settings = visitor.studio.stores, visitor.studio.settings.publishing
    now, spent = stores.turns.moment(), stores.ledgers.quota.spent()
    limits = Limits(settings.uploads, settings.units)
    goes = visitor.studio.forecasts.newest(lambda: _goes(visitor, spent, limits, now))
    lines = [_line(one, now, goes) for one in stores.overviews.uploads.coming(_LOOKED_AT)]
    coming = len(lines) if len(lines) < _LOOKED_AT else max(_LOOKED_AT, len(goes))
    month = month_of(visitor.request.query_params.get("month", ""), now)
    values = {
        "lines": lines[:_A_PAGE],
        "later": max(0, coming - _A_PAGE),
        "waiting": [one for one in lines if one.stand in FOR_A_PERSON],
        "spent": spent,
        "limits": limits,
        "emptied": {bucket.value for bucket in spent.emptied},
        "buckets": Bucket,
        "until": next_day(now),
        "last": max((when for when in goes.values() if when > now), default=None),
        "month": month,
        "weeks": weeks(month, stores.overviews.uploads),
        "today": now.astimezone(HERE).date(),
        "turned": {"before": turned(month, -1), "after": turned(month, 1)},
        "channel": settings.channel,
        "Stand": Stand,
    }
    return visitor.page("uploads", values)


def _goes(visitor: Visitor, spent: Spent, limits: Limits, now: datetime) -> Mapping[int, datetime]:
    """Return when the plan lets the next errand of each publication go."""
    waiting = visitor.studio.stores.ledgers.quota.waiting()
    found: dict[int, datetime] = {}
    for one, when in zip(waiting, plan(waiting, spent, limits, now), strict=True):
        found.setdefault(one.publication, when)
    return found


def _line(one: PublicationStatus, now: datetime, goes: Mapping[int, datetime]) -> Line:
    found = stand(one, now)
    said = VISIBILITIES[one.publication.airing.visibility] if found is Stand.SHOWN else STANDS[found]
    return Line(one, found, said, goes.get(one.publication.id))


def _may_be_timed(one: PublicationStatus, now: datetime, chosen: set[int]) -> bool:
    """Tell whether a publication is meant: one that was chosen, or, where none was, any without a time or a hold."""
    meant = one.publication.id in chosen if chosen else one.publication.airing.at is None and not one.held
    return meant and publishing_actions.may_wait(one, now)


def _numbers(written: str) -> list[int]:
    return [int(one) for one in written.split(",") if one.strip().isdecimal() and len(one) < 12]


def _date(written: str) -> date:
    try:
        return datetime.strptime(written, _DAY).replace(tzinfo=HERE).date()
    except ValueError:
        raise refused("", message("Name a day, as 2026-12-24.")) from None


def _clock(written: str) -> time:
    try:
        return datetime.strptime(written, "%H:%M").replace(tzinfo=HERE).time()
    except ValueError:
        raise refused("", message("Name a time of day, as 19:00.")) from None


def _done(visitor: Visitor, said: Message) -> Response:
    visitor.studio.forecasts.forget()
    if "x-csrf-token" in visitor.request.headers:
        return JSONResponse({"message": visitor.translate(said)})
    return visitor.on(_way_back(visitor), said)


def _way_back(visitor: Visitor) -> str:
    """Return the upload page that somebody came from."""
    came = visitor.request.headers.get("referer", "")
    host = visitor.request.headers.get("host", "")
    path = came.partition(f"://{host}")[2] if host else ""
    return path if path.startswith(_HOME) else _HOME
