"""What people are told of a run while it works: how much is done, how long it will take, where the time went."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from media_service.domain.product import Key
from media_service.domain.workload import TYPICAL_SECONDS
from media_service.tally import Tally


def key(kind: str) -> Key:
    return Key(kind, "f" * 64, "")


class Clock:
    """A clock that a test moves on."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    moved = Clock()
    monkeypatch.setattr("media_service.tally.time", SimpleNamespace(monotonic=moved.monotonic))
    return moved


def test_the_share_rises_from_nothing_to_one_as_the_time_left_falls_to_none() -> None:
    tally = Tally()
    assert tally.share() == 0
    tally.expect({"clip": 3, "master": 1})
    shares, left = [tally.share()], [tally.remaining_s()]
    for kind in ("clip", "clip", "clip", "master"):
        tally.product(key(kind), TYPICAL_SECONDS[kind])
        shares.append(tally.share())
        left.append(tally.remaining_s())
    assert shares == sorted(set(shares))
    assert left == sorted(set(left), reverse=True)
    assert (shares[0], left[0]) == pytest.approx((0, 3 * TYPICAL_SECONDS["clip"] + TYPICAL_SECONDS["master"]))
    assert (shares[-1], left[-1]) == (1, 0)


def test_what_is_left_is_timed_by_what_was_measured() -> None:
    tally = Tally()
    tally.expect({"shot": 4})
    tally.product(key("shot"), 10.0)
    assert tally.remaining_s() == pytest.approx(30)
    tally.product(key("shot"), 20.0)
    assert tally.remaining_s() == pytest.approx(30)
    assert tally.share() == pytest.approx(0.5)


def test_products_that_are_found_are_done_and_say_nothing_of_speed() -> None:
    tally = Tally()
    tally.expect({"shot": 4})
    tally.product(key("shot"), None)
    assert tally.remaining_s() == pytest.approx(3 * TYPICAL_SECONDS["shot"])
    tally.product(key("shot"), 10.0)
    tally.product(key("shot"), None)
    assert tally.remaining_s() == pytest.approx(10)
    assert (tally.work().made, tally.work().reused) == ({"shot": 1}, {"shot": 2})


def test_more_products_than_expected_leave_nothing_to_do() -> None:
    tally = Tally()
    tally.expect({"clip": 1})
    for _ in range(3):
        tally.product(key("clip"), 0.2)
    assert (tally.share(), tally.remaining_s()) == (1, 0)


@given(st.lists(st.tuples(st.sampled_from([*TYPICAL_SECONDS]), st.none() | st.floats(0.01, 60)), min_size=1))
def test_a_run_ends_at_one_however_fast_it_was(products: list[tuple[str, float | None]]) -> None:
    tally = Tally()
    tally.expect({kind: sum(other == kind for other, _ in products) for kind, _ in products})
    for kind, seconds in products:
        assert 0 <= tally.share() < 1
        tally.product(key(kind), seconds)
    assert (tally.share(), tally.remaining_s()) == (1, 0)


def test_seconds_are_counted_by_step(clock: Clock) -> None:
    tally = Tally()
    clock.now += 50  # before the first step: nobody's
    for step, seconds in (("narrate", 2), ("film", 3), ("narrate", 4)):
        tally.begin(step, "Cây khế")
        clock.now += seconds
    assert tally.work().seconds == {"narrate": 6, "film": 3}
    clock.now += 1
    assert tally.work().seconds == {"narrate": 7, "film": 3}


def test_whoever_watches_is_told_of_every_event() -> None:
    seen: list[tuple[str, str, float]] = []
    tally = Tally(lambda now: seen.append((now.step, now.title, now.share())))
    tally.expect({"clip": 2})
    tally.begin("narrate", "Cây khế")
    tally.product(key("clip"), 1.0)
    tally.product(key("clip"), None)
    assert seen == [("narrate", "Cây khế", share) for share in (0, 0.5, 1)]
