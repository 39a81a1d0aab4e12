"""How long a clip should be: the voice's own pace tells, and no single clip moves it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from media_service.domain.expected_length import expected, measure
from media_service.domain.manner import Manner
from media_service.domain.pace import PACES, Age
from media_service.domain.passages import Phrase
from media_service.domain.timeline import SAMPLE_RATE
from tests import make

PACE = PACES[Age.CHILD]
TEXTS = [f"Con cò trắng {'bay thật xa ' * (1 + number % 4)}rồi về." for number in range(20)]


def missed(lengths: dict[int, float]) -> list[int]:
    """Return which of twenty sentences at 0.3 s a syllable are missed, some being so many times as long."""
    clips = [make.clip(text, 0.3 * len(text.split()) * lengths.get(number, 1)) for number, text in enumerate(TEXTS)]
    measures = [measure(make.passage(text), clip, PACE) for text, clip in zip(TEXTS, clips, strict=True)]
    wanted = expected(measures)
    return [number for number, one in enumerate(wanted) if one.missed(measures[number].length)]


@pytest.mark.parametrize(
    ("lengths", "found"),
    [
        ({}, []),
        ({3: 0.5, 8: 2.0}, [3, 8]),
        ({3: 0.9, 8: 1.15, 9: 1.2}, []),
        (dict.fromkeys(range(8), 0.5), list(range(8))),
        (dict.fromkeys(range(20), 0.5), []),
    ],
    ids=["all alike", "half and twice", "a little", "eight of twenty", "a voice that is quick"],
)
def test_what_is_far_from_its_voices_pace_is_missed(lengths: dict[int, float], found: list[int]) -> None:
    assert missed(lengths) == found


def test_planned_pauses_and_slow_speech_are_no_fault() -> None:
    text = "Một, hai. Rồi ba!"
    slow = (Phrase(0, 9, make.voice(), Manner(rate=0.5), timedelta(seconds=2)), Phrase(9, 17, make.voice()))
    one = measure(make.passage(text, phrases=slow), make.clip(text), PACE)
    assert one.syllables == 2 / 0.5 + 2
    assert one.pauses == SAMPLE_RATE * (0.25 + 0.6 + 2)
    assert one.longest_pause == 2 * SAMPLE_RATE


def test_nothing_said_is_nothing_missed() -> None:
    assert expected([]) == ()
    (one,) = expected([measure(make.passage("…"), make.clip("…"), PACE)])
    assert not one.missed(96_000)
