"""A month as a calendar shows it, by Việt Nam's clock: weeks of days, and what is shown first on each."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from media_service.ledgers import PublicationStatus
from media_service.overviews import UploadDesk
from media_service.web.wording import HERE


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the calendar, and what is shown first on it."""

    date: date
    inside: bool
    """Whether it is of the month."""
    shows: tuple[PublicationStatus, ...]


def weeks(month: date, uploads: UploadDesk) -> list[list[Day]]:
    """Return the weeks of a month, Mondays first, whole where it begins and ends within one."""
    days = calendar.Calendar().monthdatescalendar(month.year, month.month)
    start, end = (datetime.combine(day, time(), HERE) for day in (days[0][0], days[-1][-1] + timedelta(days=1)))
    shows: dict[date, list[PublicationStatus]] = {}
    for one in uploads.between(start, end):
        at = one.publication.airing.at
        if at is not None:
            shows.setdefault(at.astimezone(HERE).date(), []).append(one)
    return [[Day(day, day.month == month.month, tuple(shows.get(day, ()))) for day in week] for week in days]


def month_of(asked: str, now: datetime) -> date:
    """Return the first day of the month asked for (`2026-11`), else of the present one."""
    try:
        return datetime.strptime(asked, "%Y-%m").replace(tzinfo=HERE).date()
    except ValueError:
        return now.astimezone(HERE).date().replace(day=1)


def turned(month: date, by: int) -> str:
    """Return the month so many pages on, as `month_of` reads it."""
    return f"{(month.replace(day=15) + timedelta(days=30 * by)):%Y-%m}"
