"""People: who may sign in and as what, one-time links for new passwords, and the log of all that anybody did."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from urllib.parse import urlencode

from starlette.responses import Response

from media_service.domain.account import Purpose, account_name, display_name
from media_service.domain.permissions import Action, Role
from media_service.domain.service import Event
from media_service.errors import InputError, refused
from media_service.messages import message
from media_service.overviews import TrailWish
from media_service.web.addresses import Addresses, Fields, text
from media_service.web.tables import table
from media_service.web.visitor import Asked, Visitor
from media_service.web.wording import HERE
from media_service.words import ROLES, detail, event

addresses = Addresses()

_LINK = timedelta(days=3)
_MOST_LINES = 50_000
"""Of a table that is taken away."""


@addresses.page("/people", Action.LOOK_AFTER_PEOPLE)
def people(visitor: Asked) -> Response:
    """Show everybody."""
    return _shown(visitor)


@addresses.deed("/people", Action.LOOK_AFTER_PEOPLE)
def add(visitor: Asked, given: Fields) -> Response:
    """Add somebody and show the link by which they choose a password."""
    people = visitor.studio.stores.people
    try:
        name = account_name(text(given, "name"))
        people.accounts.add(name, display_name(text(given, "display"), name), _role(text(given, "role")), _me(visitor))
    except InputError as fault:
        return _shown(visitor, fault, given)
    return _shown(visitor, link=_link(visitor, name), name=name)


@addresses.deed("/people/{name}/link", Action.LOOK_AFTER_PEOPLE)
def link(visitor: Asked, _given: Fields, name: str) -> Response:
    """Make a link by which somebody chooses a new password; the old one holds until then."""
    if visitor.studio.stores.people.accounts.find(name) is None:
        raise refused("", message("There is no account of that name; choose one of the list."))
    return _shown(visitor, link=_link(visitor, name), name=name)


@addresses.deed("/people/{name}", Action.LOOK_AFTER_PEOPLE)
def alter(visitor: Asked, given: Fields, name: str) -> Response:
    """Change a role, shut an account or open it again."""
    asked = text(given, "role")
    shut = {"yes": True, "no": False}.get(text(given, "shut"))
    accounts = visitor.studio.stores.people.accounts
    try:
        accounts.alter(name, _me(visitor), role=_role(asked) if asked else None, disabled=shut)
    except InputError as fault:
        return _shown(visitor, fault)
    return visitor.on("/people", message("Changed: {name}.", name=name))


@addresses.deed("/people/{name}/out", Action.LOOK_AFTER_PEOPLE)
def out(visitor: Asked, _given: Fields, name: str) -> Response:
    """End every visit of somebody."""
    count = visitor.studio.stores.people.visits.end_all(name, _me(visitor))
    return visitor.on("/people", message("{name} is signed out everywhere ({count}).", name=name, count=count))


@addresses.page("/log", Action.LOOK_AFTER_PEOPLE)
def log(visitor: Asked) -> Response:
    """Show the audit log, the newest first."""
    wish = _wish(visitor)
    trail = visitor.studio.stores.overviews.trail
    page = trail.page(wish)
    asked = {name: value for name, value in visitor.request.query_params.items() if name != "after"}
    values = {
        "page": page,
        "asked": asked,
        "lines": [(one, visitor.translate(event(one.what)), _details(visitor, one)) for one in page.entries],
        "verbs": [(verb, visitor.translate(event(verb))) for verb in trail.verbs()],
        "csv_address": f"/log.csv?{urlencode(asked)}",
        "more": f"/log?{urlencode({**asked, 'after': page.after})}" if page.after else "",
    }
    return visitor.page("log", values)


@addresses.page("/log.csv", Action.LOOK_AFTER_PEOPLE)
def lines(visitor: Asked) -> Response:
    """Return the audit log as a table."""
    page = visitor.studio.stores.overviews.trail.page(replace(_wish(visitor), most=_MOST_LINES))
    head = [visitor.put(key) for key in ("When", "Who", "What", "Work", "No.", "Details")]
    rows = (
        (
            one.when.astimezone(HERE).isoformat(timespec="seconds"),
            one.who,
            visitor.translate(event(one.what)),
            one.slug,
            one.number or "",
            _details(visitor, one),
        )
        for one in page.entries
    )
    return table("nhat-ky", head, rows)


def _shown(
    visitor: Visitor,
    fault: InputError | None = None,
    given: Mapping[str, object] | None = None,
    *,
    link: str = "",
    name: str = "",
) -> Response:
    values = {
        "people": visitor.studio.stores.people.accounts.all(),
        "roles": ROLES,
        "link": link,
        "name": name,
        "fault": visitor.translate(fault.said) if fault else "",
        "given": {key: str(value) for key, value in (given or {}).items()},
        "days": _LINK.days,
    }
    return visitor.page("people", values, 422 if fault else 200)


def _link(visitor: Visitor, name: str) -> str:
    secret = visitor.studio.stores.people.links.make(Purpose.PASSWORD, name, _LINK, _me(visitor))
    base = visitor.studio.settings.studio.address or str(visitor.request.base_url)
    return f"{base.rstrip('/')}/link/{secret}"


def _me(visitor: Visitor) -> str:
    return visitor.account.name


def _role(asked: str) -> Role:
    if asked not in set(Role):
        raise refused("", message("Choose a role of the list."))
    return Role(asked)


def _wish(visitor: Visitor) -> TrailWish:
    asked = visitor.request.query_params
    return TrailWish(
        who=asked.get("who", "").strip(),
        what=asked.get("what", ""),
        slug=asked.get("work", "").strip(),
        since=_day(asked.get("since", "")),
        until=_day(asked.get("until", ""), after=timedelta(days=1)),
        after=asked.get("after", ""),
    )


def _day(written: str, after: timedelta = timedelta()) -> datetime | None:
    try:
        return datetime.strptime(written, "%Y-%m-%d").replace(tzinfo=HERE) + after if written else None
    except ValueError:
        raise refused("", message("Name a day, as 2026-12-24.")) from None


def _details(visitor: Visitor, one: Event) -> str:
    said = ((visitor.translate(detail(name)), value) for name, value in one.details.items() if value)
    return ", ".join(f"{name}: {value}" for name, value in said)
