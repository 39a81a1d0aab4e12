"""Cutting a timeline into shots."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from media_service.domain.storyboard import FADE_FRAMES, Fade, Still, shots
from media_service.domain.timeline import SAMPLES_PER_FRAME
from tests import make


def test_one_slide_is_one_still_as_long_as_the_episode() -> None:
    timeline = make.timeline(make.title_slide())
    assert shots(timeline) == (Still(make.title_slide(), timeline.length // SAMPLES_PER_FRAME),)


def test_slides_melt_into_each_other_and_the_new_one_stands_when_its_sentence_begins() -> None:
    timeline = make.timeline(make.title_slide(), make.picture_slide())
    first, fade, second = shots(timeline)
    assert isinstance(fade, Fade)
    assert (fade.before, fade.after, fade.frames) == (make.title_slide(), make.picture_slide(), FADE_FRAMES)
    assert first.frames + fade.frames == timeline.utterances[1].start // SAMPLES_PER_FRAME
    assert isinstance(second, Still)


def test_a_slide_too_brief_to_fade_is_cut_to() -> None:
    timeline = make.timeline(make.title_slide(), make.picture_slide(), make.title_slide("Hết"), seconds=0.2)
    assert not any(isinstance(shot, Fade) for shot in shots(timeline)[2:])


@given(st.lists(st.booleans(), min_size=1, max_size=12), st.floats(0.05, 8))
def test_the_frames_of_all_shots_add_up_to_the_episode(kinds: list[bool], seconds: float) -> None:
    slides = [make.picture_slide(f"{n:064}") if kind else None for n, kind in enumerate(kinds)]
    timeline = make.timeline(make.title_slide(), *slides, seconds=seconds)
    assert sum(shot.frames for shot in shots(timeline)) == timeline.length // SAMPLES_PER_FRAME
    assert all(shot.frames > 0 for shot in shots(timeline))
