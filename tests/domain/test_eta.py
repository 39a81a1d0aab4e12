from __future__ import annotations

from datetime import timedelta

from media_service.domain.eta import STEPS, TYPICAL, Ahead, Speed, left, rate

MEASURED = {step: Speed(6_000.0, 60_000.0) for step in TYPICAL}


def test_before_anything_is_measured_the_speed_is_the_typical_one() -> None:
    assert rate("film", {}) == TYPICAL["film"]
    assert rate("present", {}) == 0


def test_what_is_measured_outweighs_what_is_typical() -> None:
    assert abs(rate("film", MEASURED) - 0.1) < 0.002 * TYPICAL["film"]
    barely = rate("film", {"film": Speed(0.0, 1.0)})
    assert 0.9 * TYPICAL["film"] < barely < TYPICAL["film"]


def test_an_episode_needs_its_step_and_all_that_come_after() -> None:
    whole = left([Ahead("narrate", 0.0, 600.0)], MEASURED, 1)
    assert whole is not None
    assert abs(whole - timedelta(seconds=0.1 * 600 * len(TYPICAL))) < timedelta(seconds=2)
    last = left([Ahead("inspect", 0.0, 600.0)], MEASURED, 1)
    assert last is not None
    assert abs(last - timedelta(seconds=60)) < timedelta(seconds=1)


def test_what_is_done_of_a_step_is_not_done_again() -> None:
    half = left([Ahead("inspect", 0.5, 600.0)], MEASURED, 1)
    assert half == timedelta(seconds=30)


def test_more_workers_need_less_time() -> None:
    episodes = [Ahead("film", 0.0, 600.0)] * 4
    one, two = left(episodes, MEASURED, 1), left(episodes, MEASURED, 2)
    assert one is not None
    assert two is not None
    assert abs(one - two * 2) <= timedelta(seconds=1)


def test_nothing_is_left_where_all_is_made_and_nobody_knows_where_nobody_works() -> None:
    assert left([], MEASURED, 2) is None
    assert left([Ahead("", 0.0, 600.0)], MEASURED, 2) is None
    assert left([Ahead("film", 0.0, 600.0)], MEASURED, 0) is None


def test_every_typical_speed_is_of_a_step() -> None:
    assert set(TYPICAL) <= set(STEPS)
