"""How much work a production is before it is begun."""

from __future__ import annotations

from datetime import timedelta

import pytest

from media_service.domain.episode import Planned
from media_service.domain.passages import Passage
from media_service.domain.workload import estimate, expected, syllables, work_seconds
from tests import make


def planned(*passages: Passage, **facts: object) -> Planned:
    return Planned(make.facts(**facts), make.cast(), 1, 1, "", passages, "script.md", {})


@pytest.mark.parametrize(
    ("text", "count"),
    [("Ngày xửa ngày xưa,", 4), ("– Đi đâu đấy? – bà hỏi.", 5), ("", 0), ("… !", 0), ("Năm 1941, 12.", 3)],
)
def test_syllables_are_what_is_spoken_between_spaces(text: str, count: int) -> None:
    assert syllables(text) == count


def test_an_episode_needs_a_clip_a_passage_a_slide_a_picture_and_a_shot_for_each_slide_and_each_fade() -> None:
    episode = planned(
        make.passage(slide=make.title_slide()),
        make.passage(slide=make.picture_slide("1" * 64)),
        make.passage(),
        make.passage(slide=make.picture_slide("2" * 64)),
    )
    made = (
        "master",
        "film-sound",
        "video",
        "thumbnail",
        "captions",
        "listing",
        "mp3",
        "film-facts",
        "film-seen",
        "levels",
    )
    once = dict.fromkeys((*made, "waveform", "strip"), 1)
    twice = dict.fromkeys(("painting", "sound-facts", "coding"), 2)
    assert expected([episode]) == {**once, **twice, "clip": 4, "slide": 3, "shot": 5}


def test_a_picture_shown_twice_is_painted_once() -> None:
    episode = planned(*(make.passage(slide=make.picture_slide()) for _ in range(2)))
    assert expected([episode])["painting"] == 1


def test_the_work_of_all_episodes_is_added_up() -> None:
    one = planned(make.passage(slide=make.title_slide()))
    assert expected([one, one, one]) == {kind: 3 * count for kind, count in expected([one]).items()}
    assert not expected([])


def test_an_episode_is_estimated_from_its_syllables_its_pauses_and_its_edges() -> None:
    said = make.passage("Một hai ba bốn năm sáu bảy.", pause=timedelta(seconds=1))  # 7 at 3.5 a second for children
    assert estimate(planned(said)) == timedelta(seconds=0.75 + 2 + 1 + 3)
    assert estimate(planned(said, said)) == timedelta(seconds=0.75 + 2 * (2 + 1) + 3)


def test_a_voice_of_half_the_rate_takes_twice_as_long() -> None:
    slow = make.passage("Một hai ba bốn năm sáu bảy.", voice=make.voice(rate=0.5), pause=timedelta())
    assert estimate(planned(slow)) == timedelta(seconds=0.75 + 4 + 3)


def test_a_long_episode_is_more_work_than_a_short_one_with_as_many_products() -> None:
    short = planned(make.passage("Một hai ba."))
    long = planned(make.passage(" ".join(["một"] * 500)))
    alone = [work_seconds([episode], [estimate(episode)]) for episode in (short, long)]
    assert alone[0] < alone[1]
    assert work_seconds([short, long], map(estimate, (short, long))) == pytest.approx(sum(alone))
