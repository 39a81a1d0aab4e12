"""Where a page ends and the next begins: the sorting values of its last entry, carried in an address by browsers."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from sqlalchemy import Column, ColumnElement, and_, or_

from media_service.errors import InputError, refused
from media_service.messages import message
from media_service.overviews import Page

Entry = TypeVar("Entry")


def page(rows: Sequence[Any], most: int, entry: Callable[[Any], Entry], place: Callable[[Any], str]) -> Page[Entry]:
    """Return a page of rows of which one more than `most` were asked for."""
    shown = rows[:most]
    return Page(tuple(map(entry, shown)), place(shown[-1]) if len(rows) > most else "")


def marked(time: float, id_: int) -> str:
    """Return a place in an order by time and then id."""
    return f"{time!r}_{id_}"


def beyond(column: Column[Any], id_: Column[Any], after: str, *, newest_first: bool) -> ColumnElement[bool]:
    """Return the condition for what stands behind a place; raises InputError for one that no page has named."""
    time, number = _read(after)
    if newest_first:
        return or_(column < time, and_(column == time, id_ < number))
    return or_(column > time, and_(column == time, id_ > number))


def _read(after: str) -> tuple[float, int]:
    time, _, number = after.partition("_")
    try:
        return float(time), numbered(number)
    except ValueError:
        raise broken() from None


def numbered(written: str) -> int:
    """Read the id of an entry; raises InputError for what is none."""
    if not re.fullmatch(r"[0-9]{1,15}", written):
        raise broken()
    return int(written)


def plain(written: str) -> str:
    """Return what somebody looks for as every database takes it."""
    return written.replace("\0", "")


def broken() -> InputError:
    """Return the error for a place that no page has named."""
    return refused("", message("This page's address is broken; go back to the first page of the list."))
