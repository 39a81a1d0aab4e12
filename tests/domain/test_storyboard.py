"""Cutting a timeline into shots."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from media_service.domain.motion import LONGEST, WHOLE
from media_service.domain.pace import PACES, Age
from media_service.domain.read_along import Block, read_along
from media_service.domain.storyboard import FADE_FRAMES, Direction, Fade, Moving, Read, Scene, Still, moves_of, shots
from media_service.domain.timeline import SAMPLES_PER_FRAME, Timeline
from tests import make

CHILD = PACES[Age.CHILD]


def directions(timeline: Timeline) -> tuple[Direction, ...]:
    """Every way to shoot a film."""
    return Direction(), Direction(moving=True, first_way=3), Direction(readings=read_along(timeline, CHILD))


def test_one_slide_is_one_still_as_long_as_the_episode() -> None:
    timeline = make.timeline(make.title_slide())
    assert shots(timeline) == (Still(Scene(make.title_slide()), timeline.length // SAMPLES_PER_FRAME),)


def test_slides_melt_into_each_other_and_the_new_one_stands_when_its_sentence_begins() -> None:
    timeline = make.timeline(make.title_slide(), make.picture_slide())
    first, fade, second = shots(timeline)
    assert isinstance(fade, Fade)
    assert (fade.before.slide, fade.after.slide, fade.frames) == (make.title_slide(), make.picture_slide(), FADE_FRAMES)
    assert first.frames + fade.frames == timeline.utterances[1].start // SAMPLES_PER_FRAME
    assert isinstance(second, Still)


def test_a_slide_too_brief_to_fade_is_cut_to() -> None:
    timeline = make.timeline(make.title_slide(), make.picture_slide(), make.title_slide("Hết"), seconds=0.2)
    assert not any(isinstance(shot, Fade) for shot in shots(timeline)[2:])


@given(st.lists(st.booleans(), min_size=1, max_size=12), st.floats(0.05, 25), st.integers(0, 2))
def test_the_frames_of_all_shots_add_up_to_the_episode(kinds: list[bool], seconds: float, way: int) -> None:
    slides = [make.picture_slide(f"{n:064}") if kind else None for n, kind in enumerate(kinds)]
    timeline = make.timeline(make.title_slide(), *slides, seconds=seconds)
    cut = shots(timeline, directions(timeline)[way])
    assert sum(shot.frames for shot in cut) == timeline.length // SAMPLES_PER_FRAME
    assert all(shot.frames > 0 for shot in cut)


@given(st.integers(1, 6), st.floats(0.5, 40), st.integers(0, 9))
def test_nothing_jumps_where_one_shot_follows_another(pictures: int, seconds: float, way: int) -> None:
    slides = [make.picture_slide(f"{n:064}") for n in range(pictures)]
    timeline = make.timeline(make.title_slide(), *slides, seconds=seconds)
    cut = shots(timeline, Direction(moving=True, first_way=way))
    for before, after in pairwise(cut):
        shown, following = _ends(before)[1], _ends(after)[0]
        if shown.slide == following.slide:
            assert shown == following


def _ends(shot: Still | Fade | Moving | Read) -> tuple[Scene, Scene]:
    if isinstance(shot, Fade):
        return shot.before, shot.after
    if isinstance(shot, Moving):
        views = shot.move.start, shot.move.end
        return Scene(shot.slide, views[0]), Scene(shot.slide, views[1])
    return shot.scene, shot.scene


def test_only_pictures_move_and_each_another_way_than_the_one_before() -> None:
    slides = [make.title_slide(), *(make.picture_slide(f"{n:064}") for n in range(4))]
    timeline = make.timeline(*slides, seconds=9)
    cut = shots(timeline, Direction(moving=True))
    moving = [shot for shot in cut if isinstance(shot, Moving)]
    assert {shot.slide for shot in moving} == set(slides[1:])
    moves = moves_of(cut)
    assert len(moves) == 4
    assert len({(move.start, move.end) for move in moves}) == 4
    assert cut == shots(timeline, Direction(moving=True))
    assert cut != shots(timeline, Direction(moving=True, first_way=1))


def test_a_long_picture_moves_for_some_seconds_and_comes_to_rest() -> None:
    timeline = make.timeline(make.picture_slide(), seconds=60)
    moving, rest = shots(timeline, Direction(moving=True))
    assert isinstance(moving, Moving)
    assert moving.frames == LONGEST
    assert rest == Still(Scene(make.picture_slide(), moving.move.end), timeline.length // SAMPLES_PER_FRAME - LONGEST)


def test_a_changed_ending_leaves_the_move_of_a_long_picture_as_it_was() -> None:
    longer = make.timeline(make.picture_slide(), seconds=60), make.timeline(make.picture_slide(), seconds=61)
    moves = [[shot for shot in shots(one, Direction(moving=True)) if isinstance(shot, Moving)] for one in longer]
    assert moves[0] == moves[1]


def test_the_place_for_text_stands_on_pictures_through_their_fades() -> None:
    timeline = make.timeline(make.title_slide(), make.picture_slide(), make.picture_slide("b" * 64))
    cut = shots(timeline, directions(timeline)[2])
    fades = [shot for shot in cut if isinstance(shot, Fade)]
    assert [(fade.before.block, fade.after.block) for fade in fades] == [(None, Block()), (Block(), Block())]
    assert [shot.scene.block.lines for shot in cut if isinstance(shot, Read)] == [
        ("Câu thứ 1.",),
        ("Câu thứ 2.",),
        ("Câu thứ 3.",),
    ]


def test_a_film_without_motion_shows_every_slide_whole() -> None:
    timeline = make.timeline(make.title_slide(), make.picture_slide(), seconds=20)
    assert all(shot.scene.view == WHOLE for shot in shots(timeline) if isinstance(shot, Still))
