"""Text that stands in the picture: whole blocks, and each word lit when it is heard (standards C1, C2, C8)."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from media_service.domain.pace import PACES, Age
from media_service.domain.passages import Role
from media_service.domain.read_along import (
    LINE,
    SHORT_LINE,
    SHORT_LINES,
    SHORTEST_LIT,
    Reading,
    burned_in,
    read_along,
    shortest_lit,
    unbroken,
)
from media_service.domain.timeline import SAMPLES_PER_FRAME, Timeline, lay_out
from tests import make

PACE = PACES[Age.CHILD]
SENTENCE = (
    "Ngày xửa ngày xưa, ở một làng nọ bên bờ biển, có hai anh em mồ côi cha mẹ từ thuở còn thơ, "
    "ngày ngày cùng nhau ra khơi đánh cá."
)
texts = st.lists(st.sampled_from(["ba", "nghiêng", "ở", "thuyền,", "trăng.", "Tí"]), min_size=1, max_size=40)


def timeline(*said: str, rate: float = 3.3) -> Timeline:
    clips = [make.clip(text, max(0.2, len(text.split()) / rate)) for text in said]
    return lay_out([make.passage(text, slide=make.picture_slide()) for text in said], clips)


def words_of(readings: tuple[Reading, ...]) -> list[str]:
    return [word for reading in readings for line in reading.block.lines for word in line.split()]


@given(st.lists(texts, min_size=1, max_size=4), st.floats(1.5, 9))
def test_every_word_stands_in_a_whole_block_within_its_lines(said: list[list[str]], rate: float) -> None:
    whole = timeline(*(" ".join(words) for words in said), rate=rate)
    for readings, longest, most in (
        (read_along(whole, PACE), LINE, 2),
        (burned_in(whole, PACE), SHORT_LINE, SHORT_LINES),
    ):
        assert words_of(readings) == [word for words in said for word in words]
        assert unbroken(readings)
        for reading in readings:
            assert max(map(len, reading.block.lines)) <= longest
            assert len(reading.block.lines) <= most
            assert sum(one.frames for one in reading.lit) == reading.end - reading.start


@given(st.lists(texts, min_size=1, max_size=4), st.floats(1.5, 20))
def test_no_word_is_lit_too_briefly_and_none_is_left_out(said: list[list[str]], rate: float) -> None:
    whole = timeline(*(" ".join(words) for words in said), rate=rate)
    readings = read_along(whole, PACE)
    shortest = shortest_lit(readings)
    assert shortest is None or shortest >= SHORTEST_LIT
    for reading in readings:
        lit = [one for one in reading.lit if one.last > one.first]
        if lit:
            assert lit[0].first == 0
            assert lit[-1].last == len(reading.block.words)
            assert [one.last for one in lit[:-1]] == [one.first for one in lit[1:]]


def test_a_word_is_lit_in_the_frame_in_which_it_is_heard() -> None:
    whole = timeline(SENTENCE)
    heard = {word.first: word.start for word in whole.utterances[0].words}
    place = 0
    for reading in read_along(whole, PACE):
        frame = reading.start
        for one in reading.lit:
            if one.last > one.first:
                spot = reading.block.words[one.first]
                text = reading.block.lines[spot.line][spot.first : spot.last]
                place = SENTENCE.index(text, place)
                assert heard[place] // SAMPLES_PER_FRAME == frame
                place += len(text)
            frame += one.frames
    assert place > len(SENTENCE) - 3


def test_titles_and_credits_are_left_to_their_cards() -> None:
    said = [make.passage("Cây khế", role=Role.TITLE), make.passage("Ngày xưa."), make.passage("Hết.", role=Role.CREDIT)]
    whole = lay_out(said, [make.clip(one.text) for one in said])
    assert [reading.block.lines for reading in read_along(whole, PACE)] == [("Ngày xưa.",)]


def test_upright_captions_have_no_word_lit() -> None:
    assert shortest_lit(burned_in(timeline(SENTENCE), PACE)) is None


def test_a_spot_is_the_word_it_says() -> None:
    for reading in read_along(timeline(SENTENCE), PACE):
        for spot in reading.block.words:
            word = reading.block.lines[spot.line][spot.first : spot.last]
            assert word == word.strip() != ""
