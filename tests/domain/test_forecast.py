"""When errands go: the order of importance, what waits for what, the days, and the time that planning takes."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

from media_service.domain.forecast import goes, plan
from media_service.domain.publication import Errand
from media_service.domain.quota import Bucket, Limits, Spent, Waiting, next_day

NOW = datetime(2026, 7, 1, 12, 0, tzinfo=UTC)
TODAY = "2026-07-01"
TOMORROW = next_day(NOW)
CHAIN = (Errand.PUBLISH, Errand.THUMBNAIL, Errand.PLACE, Errand.REVEAL)


def waits(publications: int, *errands: Errand) -> list[Waiting]:
    return [
        Waiting(number, errand, playlist="Truyện", entries=0)
        for number in range(publications)
        for errand in errands or Errand
    ]


def test_what_fits_today_goes_now() -> None:
    assert plan(waits(10), Spent(TODAY), Limits(), NOW) == (NOW,) * 50
    assert plan([], Spent(TODAY), Limits(), NOW) == ()


def test_everything_is_seen_before_anything_is_captioned() -> None:
    waiting = waits(3)
    at = plan(waiting, Spent(TODAY), Limits(units=500), NOW)
    seen = [goes(number, Errand.REVEAL, waiting, at) for number in range(3)]
    captioned = [goes(number, Errand.CAPTION, waiting, at) for number in range(3)]
    assert seen == [NOW] * 3  # 3 x 154 units; nothing is left for captions
    assert captioned == [TOMORROW, next_day(TOMORROW), next_day(next_day(TOMORROW))]
    assert goes(9, Errand.REVEAL, waiting, at) is None


def test_a_publication_goes_all_its_way_before_the_next_begins_its_own() -> None:
    waiting = waits(4, *CHAIN)
    at = plan(waiting, Spent(TODAY), Limits(units=320), NOW)
    assert [goes(number, Errand.REVEAL, waiting, at) for number in range(4)] == [NOW, NOW, TOMORROW, TOMORROW]


def test_what_does_not_fit_leaves_room_for_what_does() -> None:
    waiting = [Waiting(1, Errand.CAPTION), Waiting(2, Errand.CAPTION), Waiting(3, Errand.REVEAL)]
    at = plan(waiting, Spent(TODAY, units=9_548), Limits(), NOW)
    assert at == (NOW, TOMORROW, NOW)


def test_nothing_goes_before_what_it_waits_for() -> None:
    later = NOW + timedelta(days=3, hours=1)
    waiting = [Waiting(1, Errand.PUBLISH, later), Waiting(1, Errand.THUMBNAIL), Waiting(1, Errand.CAPTION)]
    assert plan(waiting, Spent(TODAY), Limits(), NOW) == (later, later, later)


def test_a_thumbnail_that_failed_once_holds_nobody_up() -> None:
    later = NOW + timedelta(hours=6)
    for tried, revealed in ((False, later), (True, NOW)):
        waiting = [Waiting(1, Errand.THUMBNAIL, later, tried=tried), Waiting(1, Errand.REVEAL)]
        assert plan(waiting, Spent(TODAY), Limits(), NOW)[1] == revealed


def test_uploads_have_a_bucket_of_their_own() -> None:
    waiting = waits(5, Errand.PUBLISH)
    assert plan(waiting, Spent(TODAY, units=10_000), Limits(uploads=2), NOW)[:2] == (NOW, NOW)
    assert plan(waiting, Spent(TODAY, uploads=1), Limits(uploads=2), NOW)[1:4] == (
        TOMORROW,
        TOMORROW,
        next_day(TOMORROW),
    )


def test_the_channel_s_word_that_it_is_empty_outweighs_our_count() -> None:
    waiting = waits(1)
    at = plan(waiting, Spent(TODAY, emptied=frozenset([Bucket.UNITS])), Limits(), NOW)
    assert at == (NOW, TOMORROW, TOMORROW, TOMORROW, TOMORROW)


def test_what_costs_more_than_a_day_has_goes_on_a_day_of_its_own() -> None:
    waiting = waits(2, Errand.CAPTION)
    assert plan(waiting, Spent(TODAY), Limits(units=300), NOW) == (NOW, TOMORROW)


def test_days_on_which_nothing_may_go_are_passed_over() -> None:
    far = NOW + timedelta(days=4_000)
    assert plan([Waiting(1, Errand.REVEAL, far)], Spent(TODAY), Limits(), NOW) == (far,)


def test_a_playlist_costs_more_as_it_grows() -> None:
    waiting = [Waiting(number, Errand.PLACE, playlist="Truyện", entries=None) for number in range(60)]
    exactly = 101 + 50 * 51 + 9 * 52
    assert plan(waiting, Spent(TODAY), Limits(units=exactly), NOW) == (NOW,) * 60
    assert plan(waiting, Spent(TODAY), Limits(units=exactly - 1), NOW) == (*(NOW,) * 59, TOMORROW)


def test_five_thousand_errands_are_planned_in_no_time() -> None:
    waiting = waits(1_000)
    best = min(_seconds(waiting) for _ in range(5))
    assert best < 0.2  # 0.035 s


def _seconds(waiting: list[Waiting]) -> float:
    began = time.process_time()
    plan(waiting, Spent(TODAY), Limits(), NOW)
    return time.process_time() - began
