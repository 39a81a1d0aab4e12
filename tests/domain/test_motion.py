"""How pictures move: slowly, softly, and with what matters in sight (standard V9)."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from media_service.domain.motion import (
    FARTHEST_ZOOM,
    FASTEST_PAN,
    FASTEST_ZOOM,
    LONGEST,
    WHOLE,
    Way,
    eased,
    fastest,
    move,
)
from media_service.domain.script import Focus

shares = st.floats(0, 1)
ways = st.sampled_from(Way)
lengths = st.integers(30, 3000)


@given(ways, lengths, shares, shares)
def test_no_move_is_faster_or_wider_than_the_standard(way: Way, frames: int, x: float, y: float) -> None:
    one = move(way, frames, Focus(x, y))
    zoom, pan = fastest(one)
    assert zoom <= FASTEST_ZOOM
    assert pan <= FASTEST_PAN
    assert abs(one.end.zoom / one.start.zoom - 1) <= FARTHEST_ZOOM
    assert one.frames == min(frames, LONGEST)


@given(ways, lengths, shares, shares)
def test_what_matters_is_in_sight_in_every_frame_and_so_is_nothing_beyond_the_edge(
    way: Way, frames: int, x: float, y: float
) -> None:
    focus = Focus(x, y)
    one = move(way, frames, focus)
    for frame in range(0, one.frames, 17):
        view = one.at(frame)
        assert view.holds(focus)
        for centre in (view.x, view.y):
            assert 0.5 / view.zoom - 1e-9 <= centre <= 1 - 0.5 / view.zoom + 1e-9


@pytest.mark.parametrize("way", Way)
def test_a_move_sets_out_and_arrives_at_rest(way: Way) -> None:
    one = move(way, 240)
    views = [one.at(frame) for frame in range(240)]
    steps = [abs(after.zoom - before.zoom) + abs(after.x - before.x) for before, after in pairwise(views)]
    assert max(steps) > 20 * steps[0]
    assert max(steps) > 20 * steps[-1]
    assert max(abs(later - earlier) for earlier, later in pairwise(steps)) < max(steps) / 20
    assert one.at(0) == one.start
    assert one.at(239) == one.at(400) == one.end


def test_drawing_near_begins_with_the_whole_and_drawing_off_ends_with_it() -> None:
    assert move(Way.NEARER, 200).start == WHOLE == move(Way.FARTHER, 200).end


@given(shares)
def test_easing_goes_one_way(share: float) -> None:
    assert eased(0) == 0 <= eased(share) <= 1 == eased(1)
