"""The channel: how the connection is, its playlists, and how often its videos are seen, to look at and to take away."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from starlette.responses import Response

from media_service.domain.permissions import Action
from media_service.errors import MediaServiceError
from media_service.messages import message
from media_service.overviews import Tally
from media_service.settings import SANDBOX
from media_service.web import opening
from media_service.web.addresses import Addresses, Fields
from media_service.web.charts import chart
from media_service.web.tables import table
from media_service.web.visitor import Asked, Visitor
from media_service.web.wording import HERE

addresses = Addresses()

_FIRST_YEAR = 2005


@dataclass(frozen=True, slots=True)
class Row:
    """A playlist through the months of a year."""

    playlist: str
    months: tuple[int, ...]

    @property
    def total(self) -> int:
        """Return what it gained in all of them."""
        return sum(self.months)


@addresses.page("/channel", Action.SEE_CHANNEL)
def channel(visitor: Asked) -> Response:
    """Show the channel's health, its playlists and this year's figures."""
    stores, now = visitor.studio.stores, visitor.studio.stores.turns.moment()
    today = now.astimezone(HERE).date()
    days = stores.overviews.figures.days(today - timedelta(days=29), today)
    values = {
        **_year(visitor),
        "health": stores.ledgers.consents.health(),
        "playlists": stores.overviews.figures.playlists(),
        "days": chart([(f"{one.period[8:]}/{one.period[5:7]}", one.views) for one in days]),
        "address": _address(visitor),
        "channel": visitor.studio.settings.publishing.channel,
        "now": now,
    }
    return visitor.page("channel", values)


@addresses.page("/channel/report", Action.SEE_CHANNEL)
def report(visitor: Asked) -> Response:
    """Show a year's figures as a page to print."""
    return visitor.page("report", {**_year(visitor), "made": visitor.studio.stores.turns.moment()})


@addresses.page("/channel/months.csv", Action.SEE_CHANNEL)
def months(visitor: Asked) -> Response:
    """Return the views of each playlist in each month of a year."""
    year = _asked_year(visitor)
    rows = _rows(_tallies(visitor, year))
    head = [visitor.put("Playlist"), *(f"{year}-{month:02d}" for month in range(1, 13)), visitor.put("Year")]
    return table(f"luot-xem-{year}", head, ([_named(visitor, row), *row.months, row.total] for row in rows))


@addresses.page("/channel/playlist", Action.SEE_CHANNEL)
def playlist(visitor: Asked) -> Response:
    """Show the videos of a playlist, the most seen first."""
    title = visitor.request.query_params.get("title", "")
    videos = visitor.studio.stores.overviews.figures.videos(title)
    return visitor.page("playlist", {"title": title, "videos": videos, "address": _address(visitor)})


@addresses.deed("/channel/check", Action.PUBLISH)
def check(visitor: Asked, _given: Fields) -> Response:
    """Ask the channel now how it is."""
    from media_service.worker.watch import look  # noqa: PLC0415  # it brings the workers' libraries

    studio = visitor.studio
    try:
        look(opening.channel(studio)(), studio.stores.ledgers)
    except MediaServiceError as fault:
        return visitor.on("/channel", fault.said)
    return visitor.on("/channel", message("The channel answers as it should."))


def _asked_year(visitor: Visitor) -> int:
    this = visitor.studio.stores.turns.moment().astimezone(HERE).year
    asked = visitor.request.query_params.get("year", "")
    return int(asked) if asked.isdecimal() and _FIRST_YEAR <= int(asked[:6]) <= this else this


def _year(visitor: Visitor) -> dict[str, object]:
    year = _asked_year(visitor)
    rows = _rows(_tallies(visitor, year))
    sums = [sum(row.months[month] for row in rows) for month in range(12)]
    return {
        "year": year,
        "latest": visitor.studio.stores.turns.moment().astimezone(HERE).year,
        "rows": rows,
        "sums": sums,
        "months": chart([(str(month), views) for month, views in enumerate(sums, 1)]),
    }


def _tallies(visitor: Visitor, year: int) -> Sequence[Tally]:
    return visitor.studio.stores.overviews.figures.months(date(year, 1, 1), date(year, 12, 31))


def _rows(tallies: Sequence[Tally]) -> list[Row]:
    found: defaultdict[str, list[int]] = defaultdict(lambda: [0] * 12)
    for one in tallies:
        found[one.playlist][int(one.period[5:7]) - 1] += one.views
    rows = [Row(playlist, tuple(months)) for playlist, months in found.items()]
    return sorted(rows, key=lambda row: (-row.total, row.playlist))


def _named(visitor: Visitor, row: Row) -> str:
    return row.playlist or visitor.put("in no playlist")


def _address(visitor: Visitor) -> str:
    """Return where the channel's pages are."""
    publishing = visitor.studio.settings.publishing
    return publishing.sandbox if publishing.channel == SANDBOX else "https://www.youtube.com"
