"""The wished order of a playlist, reached by the fewest calls from any other, and other people's entries left alone."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from media_service.domain.placing import Insert, Move, Placed, Remove, after, calls, playlist_of, wished

LARGEST = 200
PROVING = settings().max_examples > 1_000
SIZE = LARGEST if PROVING else 40
some = settings(max_examples=min(settings().max_examples, 500))
"""Lists of two hundred take their time."""


def done(present: list[str], wish: tuple[str, ...], withdrawn: frozenset[str]) -> bool:
    return [one for one in present if one in wish] == list(wish) and not withdrawn.intersection(present)


def fewest(present: list[str], wish: tuple[str, ...], withdrawn: frozenset[str]) -> int:
    """Count the calls that cannot be saved: what is missing, what is too much, and all that does not rise already.

    The longest rise is found by looking at every pair, not as the program finds it.
    """
    ranks = [wish.index(one) for one in present if one in wish]
    rises: list[int] = []
    for place, rank in enumerate(ranks):
        rises.append(1 + max((rises[before] for before in range(place) if ranks[before] < rank), default=0))
    there = len(set(ranks))
    too_much = len(ranks) - there + sum(one in withdrawn for one in present)
    return len(wish) - there + too_much + there - max(rises, default=0)


@st.composite
def scenes(draw: st.DrawFn) -> tuple[list[str], tuple[str, ...], frozenset[str]]:
    """Draw what stands in a playlist, what should, and what of ours should not any more."""
    ours = [f"ours{number}" for number in range(draw(st.integers(0, SIZE)))]
    theirs = [f"theirs{number % 7}" for number in range(draw(st.integers(0, SIZE // 4)))]
    gone = [f"gone{number}" for number in range(draw(st.integers(0, 4)))]
    there = [one for one in ours if draw(st.integers(0, 4))]
    twice = [one for one in there if not draw(st.integers(0, 5))]
    present = draw(st.permutations([*there, *twice, *theirs, *gone]))
    return present, tuple(draw(st.permutations(ours))), frozenset(gone)


def others(present: list[str]) -> list[str]:
    return [one for one in present if one.startswith("theirs")]


@some
@given(scenes())
def test_any_order_becomes_the_wished_one_by_the_fewest_calls(
    scene: tuple[list[str], tuple[str, ...], frozenset[str]],
) -> None:
    present, wish, withdrawn = scene
    now, asked = list(present), list(calls(present, wish, withdrawn))
    for call in asked:
        if not isinstance(call, Insert):
            assert not now[call.start].startswith("theirs")
        after(now, call)
    assert done(now, wish, withdrawn)
    assert len(asked) == fewest(present, wish, withdrawn)
    assert others(now) == others(present)
    assert list(calls(now, wish, withdrawn)) == []


@some
@given(scenes(), st.data())
def test_whoever_stops_anywhere_begins_again_without_loss(
    scene: tuple[list[str], tuple[str, ...], frozenset[str]], data: st.DataObject
) -> None:
    now, wish, withdrawn = list(scene[0]), scene[1], scene[2]
    left = fewest(now, wish, withdrawn)
    while not done(now, wish, withdrawn):
        lasting = data.draw(st.integers(1, 20))
        for call, _ in zip(calls(list(now), wish, withdrawn), range(lasting), strict=False):
            after(now, call)
            left -= 1
        assert left == fewest(now, wish, withdrawn)


@some
@given(scenes(), st.data())
def test_others_may_change_the_playlist_in_between(
    scene: tuple[list[str], tuple[str, ...], frozenset[str]], data: st.DataObject
) -> None:
    """Somebody adds, moves and takes out whatever they like at any call; the next runs make it right again."""
    now, wish, withdrawn = list(scene[0]), scene[1], scene[2]
    for _ in range(data.draw(st.integers(1, 4))):
        for call, _ in zip(calls(list(now), wish, withdrawn), range(data.draw(st.integers(0, 9))), strict=False):
            after(now, call)
        _meddle(now, data)
        theirs = others(now)
    for call in calls(list(now), wish, withdrawn):
        after(now, call)
    assert done(now, wish, withdrawn)
    assert others(now) == theirs


def _meddle(now: list[str], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(now)))
    now.insert(place, data.draw(st.sampled_from(["theirs8", "theirs9", "ours0"])))
    now.insert(data.draw(st.integers(0, len(now) - 1)), now.pop(place - 1))
    if len(now) > 2:
        del now[data.draw(st.integers(0, len(now) - 1))]


@pytest.mark.parametrize("length", range(5 if PROVING else 4))
def test_no_way_at_all_is_shorter(length: int) -> None:
    """Every playlist of up to three entries (four in the long proof), by trying all ways."""
    wish, withdrawn = ("a", "b", "c"), frozenset("w")
    for present in product("abcwx", repeat=length):
        asked = list(calls(present, wish, withdrawn))
        assert len(asked) == _shortest(present, wish, withdrawn), present


def _shortest(present: tuple[str, ...], wish: tuple[str, ...], withdrawn: frozenset[str]) -> int:
    seen, queue = {present}, deque([(present, 0)])
    while queue:
        now, count = queue.popleft()
        if done(list(now), wish, withdrawn):
            return count
        for following in _following(now, wish):
            if following not in seen:
                seen.add(following)
                queue.append((following, count + 1))
    raise AssertionError


def _following(now: tuple[str, ...], wish: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    for place, video in enumerate(now):
        if video == "x":
            continue
        without = now[:place] + now[place + 1 :]
        yield without
        yield from ((*without[:to], video, *without[to:]) for to in range(len(without) + 1))
    missing = set(wish) - set(now)
    yield from ((*now[:to], video, *now[to:]) for video in missing for to in range(len(now) + 1))


def test_a_new_chapter_goes_behind_its_own() -> None:
    present = ["cay-khe 1", "theirs", "cay-khe 2", "dua-hau 1"]
    wish = ("cay-khe 1", "cay-khe 2", "cay-khe 3", "dua-hau 1")
    assert list(calls(present, wish)) == [Insert("cay-khe 3", 3)]


def test_the_first_of_ours_goes_to_the_end_and_a_new_first_before_all_of_ours() -> None:
    assert list(calls(["x", "y"], ("a", "b"))) == [Insert("a", 2), Insert("b", 3)]
    assert list(calls(["x", "b", "y"], ("a", "b"))) == [Insert("a", 1)]


def test_of_duplicates_stays_the_one_that_stands_well() -> None:
    assert list(calls(["c", "a", "b", "c"], ("a", "b", "c"))) == [Remove(0)]
    assert list(calls(["c", "a", "b"], ("a", "b", "c"))) == [Move(0, 2)]
    assert list(calls(["w", "a"], ("a",), {"w"})) == [Remove(0)]
    assert list(calls(["w", "a"], ("a",))) == []


def test_productions_keep_together_in_the_order_of_their_first_day() -> None:
    placed = [
        Placed("dua-hau", 1, "d1", 5.0),
        Placed("cay-khe", 2, "k2", 2.0),
        Placed("cay-khe", 1, "k1", 3.0),
        Placed("cay-khe", 10, "k10", 9.0),
        Placed("an-tiem", 1, "a1", 2.0),
    ]
    assert wished(placed) == ("a1", "k1", "k2", "k10", "d1")
    assert wished([]) == ()


def test_chapters_without_a_playlist_make_one_of_their_own() -> None:
    assert playlist_of("Rùa con", 3, "") == "Rùa con"
    assert playlist_of("Rùa con", 1, "") == ""
    assert playlist_of("Rùa con", 1, "Sách nói") == "Sách nói"
