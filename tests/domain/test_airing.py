"""When videos are shown: the slots of a series, and which times a channel still takes."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

import pytest

from media_service.domain.airing import Rhythm, effective, is_shown, refusal, rhythm, slots
from media_service.domain.publication import Airing, Visibility

HERE = ZoneInfo("Asia/Ho_Chi_Minh")
SERIES = Rhythm(frozenset({0, 2, 4}), time(19, 0))
MONDAY = datetime(2026, 11, 30, 19, 0, tzinfo=HERE)
NOW = MONDAY


@pytest.mark.parametrize("written", ["Mon/Wed/Fri 19:00", "mon, wed, fri 19:00", " Monday Wednesday Friday  19:00 "])
def test_a_rhythm_is_read_as_people_write_it(written: str) -> None:
    assert rhythm(written) == SERIES


@pytest.mark.parametrize("written", ["", "Mon", "19:00", "Mon 24:00", "Mon 19:60", "Xyz 19:00", "Mon 7pm"])
def test_what_is_no_rhythm_is_none(written: str) -> None:
    assert rhythm(written) is None


def test_slots_follow_one_another_as_clocks_here_say() -> None:
    times = list(islice(slots(SERIES, MONDAY - timedelta(minutes=1)), 4))
    assert [(at - MONDAY).days for at in times] == [0, 2, 4, 7]
    assert times[0].astimezone(UTC).hour == 12
    assert next(slots(SERIES, MONDAY)) == MONDAY + timedelta(days=2)  # a slot that has come is past


def test_a_taken_slot_is_left_out_whatever_zone_names_it() -> None:
    taken = {(MONDAY + timedelta(days=2)).astimezone(UTC)}
    assert next(slots(SERIES, MONDAY, taken)) == MONDAY + timedelta(days=4)


def test_a_series_without_days_has_no_slots() -> None:
    assert list(slots(Rhythm(frozenset(), time(19, 0)), NOW)) == []


def test_a_time_that_has_come_means_now() -> None:
    assert effective(Airing(at=NOW - timedelta(days=1)), NOW) == Airing()
    assert effective(Airing(at=NOW + timedelta(seconds=20)), NOW) == Airing()
    later = Airing(at=NOW + timedelta(hours=1))
    assert effective(later, NOW) == later


@pytest.mark.parametrize(
    ("airing", "seen", "refused"),
    [
        (Airing(), Visibility.PUBLIC, ""),
        (Airing(at=NOW + timedelta(days=1)), Visibility.PRIVATE, ""),
        (Airing(at=NOW + timedelta(days=1)), Visibility.PUBLIC, "people can see this video already"),
        (Airing(at=NOW + timedelta(days=1)), Visibility.UNLISTED, "people can see this video already"),
        (Airing(Visibility.UNLISTED, NOW + timedelta(days=1)), Visibility.PRIVATE, "only a public video"),
        (Airing(at=NOW - timedelta(days=1)), Visibility.PUBLIC, ""),
    ],
)
def test_a_time_can_be_set_only_for_what_nobody_has_seen(airing: Airing, seen: Visibility, refused: str) -> None:
    said = refusal(airing, seen, NOW)
    assert (refused in str(said)) if refused else said is None


def test_what_is_shown_as_wished_is_known() -> None:
    at = NOW + timedelta(days=1)
    assert is_shown(Airing(), Visibility.PUBLIC, None, NOW)
    assert not is_shown(Airing(), Visibility.PRIVATE, None, NOW)
    assert not is_shown(Airing(), Visibility.PRIVATE, at, NOW)
    assert is_shown(Airing(at=at), Visibility.PRIVATE, at, NOW)
    assert not is_shown(Airing(at=at), Visibility.PRIVATE, at + timedelta(hours=1), NOW)
