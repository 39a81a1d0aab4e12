"""Laying an episode out in time."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from media_service.domain.pace import HEAD, TAIL
from media_service.domain.timeline import SAMPLES_PER_FRAME, Clip, Word, lay_out, samples
from tests import make


def test_clips_follow_each_other_with_their_planned_pauses() -> None:
    said = [make.passage(pause=timedelta(seconds=1)), make.passage(pause=timedelta(0))]
    laid = lay_out(said, [Clip(48_000, ()), Clip(24_000, ())])
    first, second = laid.utterances
    assert first.start == samples(HEAD)
    assert second.start - first.end == 48_000
    assert second.end - second.start == 24_000


def test_words_move_with_their_clip() -> None:
    laid = lay_out([make.passage("Hai")], [Clip(9_600, (Word(0, 3, 480, 4_800),))])
    assert laid.utterances[0].words == (Word(0, 3, samples(HEAD) + 480, samples(HEAD) + 4_800),)


def test_an_episode_is_a_whole_number_of_frames_and_keeps_its_tail() -> None:
    laid = lay_out([make.passage()], [Clip(12_345, ())])
    assert laid.length % SAMPLES_PER_FRAME == 0
    assert 0 <= laid.length - laid.utterances[-1].end - samples(TAIL) < SAMPLES_PER_FRAME


def test_the_first_slide_and_the_first_mark_begin_at_zero() -> None:
    said = [make.passage(slide=make.title_slide(), mark="Mở đầu"), make.passage(slide=make.picture_slide(), mark="Đảo")]
    laid = lay_out(said, [Clip(48_000, ()), Clip(48_000, ())])
    assert [standing.start for standing in laid.slides] == [0, laid.utterances[1].start]
    assert [mark.start for mark in laid.marks] == [0, laid.utterances[1].start]


@given(st.lists(st.tuples(st.integers(1, 10**6), st.integers(0, 3_500)), min_size=1, max_size=30))
def test_nothing_overlaps_and_nothing_is_lost(lengths: list[tuple[int, int]]) -> None:
    said = [make.passage(pause=timedelta(milliseconds=pause)) for _, pause in lengths]
    laid = lay_out(said, [Clip(length, ()) for length, _ in lengths])
    ends = [0, *(one.end for one in laid.utterances)]
    assert all(one.start >= end for one, end in zip(laid.utterances, ends, strict=False))
    assert sum(one.end - one.start for one in laid.utterances) == sum(length for length, _ in lengths)
    assert laid.length >= laid.utterances[-1].end + samples(TAIL)
