"""The channel's days are Pacific ones, and calls cost what the platform says."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from media_service.domain.publication import Errand
from media_service.domain.quota import Bucket, Cost, Limits, Spent, calls, cost, day_of, next_day, price, room

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")


@pytest.mark.parametrize(
    ("method", "bucket", "amount"),
    [
        ("videos.insert", Bucket.UPLOADS, 1),
        ("videos.list", Bucket.UNITS, 1),
        ("videos.update", Bucket.UNITS, 50),
        ("thumbnails.set", Bucket.UNITS, 50),
        ("playlistItems.delete", Bucket.UNITS, 50),
        ("captions.list", Bucket.UNITS, 50),
        ("captions.insert", Bucket.UNITS, 400),
        ("captions.update", Bucket.UNITS, 450),
    ],
)
def test_a_call_costs_what_the_platform_says(method: str, bucket: Bucket, amount: int) -> None:
    assert cost(method) == Cost(bucket, amount)


@pytest.mark.parametrize(
    ("moment", "day", "following"),
    [
        (datetime(2026, 7, 1, 13, 59, tzinfo=HANOI), "2026-06-30", datetime(2026, 7, 1, 14, 0, tzinfo=HANOI)),
        (datetime(2026, 7, 1, 14, 0, tzinfo=HANOI), "2026-07-01", datetime(2026, 7, 2, 14, 0, tzinfo=HANOI)),
        (datetime(2026, 1, 1, 14, 59, tzinfo=HANOI), "2025-12-31", datetime(2026, 1, 1, 15, 0, tzinfo=HANOI)),
        # summer time begins on 8 March 2026 and ends on 1 November: days of 23 and of 25 hours
        (datetime(2026, 3, 8, 8, 0, tzinfo=UTC), "2026-03-08", datetime(2026, 3, 9, 7, 0, tzinfo=UTC)),
        (datetime(2026, 11, 1, 7, 0, tzinfo=UTC), "2026-11-01", datetime(2026, 11, 2, 8, 0, tzinfo=UTC)),
    ],
)
def test_the_day_begins_at_midnight_in_california(moment: datetime, day: str, following: datetime) -> None:
    assert day_of(moment) == day
    assert next_day(moment) == following
    assert day_of(following) > day
    assert day_of(following - timedelta(microseconds=1)) == day


def test_yesterday_s_ledger_says_nothing_of_today() -> None:
    now = datetime(2026, 7, 1, 12, 0, tzinfo=UTC)
    full = {Bucket.UPLOADS: 100, Bucket.UNITS: 10_000}
    assert room(Spent("2026-06-30", 100, 10_000, frozenset(Bucket)), Limits(), now) == full
    assert room(Spent("2026-07-01", 40, 9_999), Limits(), now) == {Bucket.UPLOADS: 60, Bucket.UNITS: 1}
    assert room(Spent("2026-07-01", 0, 0, frozenset([Bucket.UNITS])), Limits(), now)[Bucket.UNITS] == 0


@pytest.mark.parametrize(
    ("playlist", "entries", "units"), [("", None, 0), ("Truyện", None, 101), ("Truyện", 0, 51), ("Truyện", 51, 52)]
)
def test_placing_costs_by_the_pages_of_the_playlist(playlist: str, entries: int | None, units: int) -> None:
    assert price(calls(Errand.PLACE, playlist, entries)) == {Bucket.UPLOADS: 0, Bucket.UNITS: units}
