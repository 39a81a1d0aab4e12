"""How far a production is."""

from __future__ import annotations

import pytest

from media_service.domain.episode import STATES
from media_service.domain.publication import Errand
from media_service.domain.service import Standing
from media_service.domain.share import WEIGHTS, at_rest, episode_share, made, share
from media_service.domain.stage import CONCLUDE, QUEUES, StageState
from media_service.pipeline import STEPS
from tests.fakes_stores import episode, finished, trouble, work


def test_every_step_has_its_weight_in_the_order_of_work() -> None:
    assert list(WEIGHTS) == [STEPS[state].__name__ for state in STATES.values() if state in STEPS]
    assert set(QUEUES) == {*WEIGHTS, CONCLUDE, *Errand}


def test_the_share_grows_with_every_step_and_every_piece() -> None:
    seen = [episode_share(episode(step=step, pieces_done=done, pieces=4)) for step in WEIGHTS for done in range(4)]
    assert seen[0] == 0
    assert seen == sorted(set(seen))
    assert episode_share(finished()) == 1


def test_a_long_episode_weighs_more_than_a_short_one() -> None:
    begun = episode(2, step="narrate", pieces_done=0, length_s=300)
    book = work("sach", finished(1), begun)
    assert share(book) == pytest.approx(60 / 360)
    assert made(book) == 1


def test_a_production_of_no_known_length_has_no_share() -> None:
    assert share(work("sach", episode(length_s=0))) == 0


@pytest.mark.parametrize("standing", list(Standing))
def test_only_a_person_moves_what_is_at_rest(standing: Standing) -> None:
    moves = {Standing.WORKING, Standing.PAUSED, Standing.STUCK}
    assert at_rest(work(standing=standing)) is (standing not in moves)


def test_what_is_stuck_is_at_rest_when_nothing_beside_it_goes_on() -> None:
    aside = trouble(number=1)
    waits = trouble(number=2, state=StageState.DUE)
    both = (episode(1), episode(2))
    assert not at_rest(work("sach", *both, standing=Standing.STUCK, troubles=(aside, waits)))
    assert at_rest(work("sach", *both, standing=Standing.STUCK, troubles=(aside, trouble(number=2))))
    assert at_rest(work("sach", finished(1), standing=Standing.STUCK, troubles=(trouble(number=0),)))
