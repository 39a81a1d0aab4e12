"""Captions: every word, in step with its sound, in lines that read well."""

from __future__ import annotations

import re
from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from media_service.domain.pace import PACES, Age, Pace
from media_service.domain.passages import Passage
from media_service.domain.subtitles import Caption, CaptionMeasures, captions, measures, srt, vtt
from media_service.domain.timeline import SAMPLE_RATE, SAMPLES_PER_FRAME, Clip, Timeline, Word, lay_out, seconds
from tests import make

PACE = PACES[Age.CHILD]


def clip(text: str, syllable_s: float = 1 / 3) -> Clip:
    """A clip of that many seconds a word, with a quarter second behind every mark inside it."""
    words, place = [], 0
    found = [word for word in re.finditer(r"\S+", text) if any(letter.isalnum() for letter in word[0])]
    for number, word in enumerate(found):
        end = place + round(syllable_s * SAMPLE_RATE)
        words.append(Word(word.start(), word.end(), place, end))
        pause = word[0][-1] in ",;:.?!…" and number + 1 < len(found)
        place = end + (SAMPLE_RATE // 4 if pause else 0)
    return Clip(place, tuple(words))


def episode(*parts: Passage | str, syllable_s: float = 1 / 3) -> Timeline:
    said = [part if isinstance(part, Passage) else make.passage(part) for part in parts]
    return lay_out(said, [clip(one.text, syllable_s) for one in said])


def shown(timeline: Timeline) -> list[tuple[str, ...]]:
    return [cue.lines for cue in captions(timeline, PACE)]


def pause(seconds_: float) -> timedelta:
    return timedelta(seconds=seconds_)


@pytest.mark.parametrize(
    ("text", "cues"),
    [
        ("Biển ở đâu nhỉ?", [("Biển ở đâu nhỉ?",)]),
        ("Chim mang hạt giống bay về tay ai?", [("Chim mang hạt giống", "bay về tay ai?")]),
        (
            "Nhà văn Tô Hoài viết truyện khi mới chừng đôi mươi, và sách ra mắt lần đầu vào năm 1941.",
            [("Nhà văn Tô Hoài viết truyện", "khi mới chừng đôi mươi,"), ("và sách ra mắt lần đầu", "vào năm 1941.")],
        ),
        (
            "Cuối tuần, mời em ghé Thư viện tỉnh Bình Thuận, hỏi mượn cuốn Dế Mèn phiêu lưu ký.",
            [("Cuối tuần, mời em ghé", "Thư viện tỉnh Bình Thuận,"), ("hỏi mượn cuốn Dế Mèn", "phiêu lưu ký.")],
        ),
    ],
)
def test_captions_break_where_a_reader_would(text: str, cues: list[tuple[str, ...]]) -> None:
    assert shown(episode(text)) == cues


def test_a_caption_comes_with_the_first_sound_of_its_first_word() -> None:
    timeline = episode("Nhà văn Tô Hoài viết truyện khi mới chừng đôi mươi, và sách ra mắt lần đầu vào năm 1941.")
    first, second = captions(timeline, PACE)
    words = timeline.utterances[0].words
    and_sounds = next(
        word.start for word in words if timeline.utterances[0].passage.text[word.first :].startswith("và")
    )
    assert 0 <= first.start - timeline.utterances[0].start < SAMPLE_RATE / 1000
    assert 0 <= second.start - and_sounds < SAMPLE_RATE / 1000


@pytest.mark.parametrize("text", ["“Được rồi!”", "Được rồi!"])
def test_a_clip_that_begins_before_its_first_word_is_captioned_with_the_word(text: str) -> None:
    first = text.index("Được")
    words = (Word(first, first + 4, 9_600, 24_000), Word(first + 5, first + 8, 24_000, 48_000))
    timeline = lay_out([make.passage(text)], [Clip(48_000, words)])
    assert captions(timeline, PACE)[0].start == timeline.utterances[0].start + 9_600


def test_without_word_times_a_sentence_is_cut_in_proportion_to_its_letters() -> None:
    said = make.passage("Trước lúc đi xa, Choắt chẳng oán trách nửa lời, chỉ khuyên Mèn bỏ thói hung hăng.")
    cues = captions(lay_out([said], [Clip(6 * SAMPLE_RATE, ())]), PACE)
    assert len(cues) == 2
    share = said.text.index("chỉ") / len(said.text)
    assert abs(seconds(cues[1].start - cues[0].start) - 6 * share) < 0.1


@pytest.mark.parametrize(
    ("planned", "gap_s"),
    [(0.0, 0.0), (0.04, 0.0), (0.25, 0.067), (0.45, 0.067), (0.6, 0.067), (0.9, 0.5), (1.1, 0.6), (2.5, 2.0)],
)
def test_short_gaps_close_and_long_ones_stay_clear(planned: float, gap_s: float) -> None:
    one, two = captions(episode(make.passage("Sóng đưa dưa về bờ.", pause=pause(planned)), "Ai cũng khen ngon."), PACE)
    assert seconds(two.start - one.end) == pytest.approx(gap_s, abs=0.0015)


def test_a_caption_lingers_half_a_second_at_most_behind_its_sound() -> None:
    timeline = episode(make.passage(pause=pause(2.5)), make.passage(pause=pause(0)))
    cues = captions(timeline, PACE)
    assert [cue.end - said.end for cue, said in zip(cues, timeline.utterances, strict=True)] == [24_000, 24_000]


def test_a_reader_in_haste_keeps_the_caption_where_a_pause_would_clear_it() -> None:
    slow, fast = (
        captions(
            episode(make.passage("Thuyền buôn tìm tận đảo.", pause=pause(0.8)), "Vua khen.", syllable_s=pace), PACE
        )
        for pace in (0.5, 0.22)
    )
    assert seconds(slow[1].start - slow[0].end) == pytest.approx(0.5, abs=0.002)
    assert seconds(fast[1].start - fast[0].end) == pytest.approx(0.3, abs=0.002)


def test_a_single_short_word_stands_long_enough_to_be_seen() -> None:
    cue = captions(episode(make.passage("Ào!", pause=pause(1.1)), "Sóng tới."), PACE)[0]
    assert cue.lines == ("Ào!",)
    assert seconds(cue.end - cue.start) >= 0.83


def test_a_word_too_short_to_stand_alone_joins_its_paragraph() -> None:
    timeline = episode(
        make.passage("Ngày xưa có biển.", line=1, pause=pause(0.2)),
        make.passage("Ào!", line=2, pause=pause(0.2)),
        make.passage("Sóng tới.", line=2),
    )
    assert shown(timeline) == [("Ngày xưa có biển.",), ("Ào! Sóng tới.",)]


def test_joined_words_that_are_still_too_short_join_on() -> None:
    parts = [make.passage(word, line=2, pause=pause(0.1)) for word in ("Ới!", "Ời!", "Ơi!", "Sóng ơi!")]
    assert shown(episode(*parts, syllable_s=0.15)) == [("Ới! Ời! Ơi! Sóng ơi!",)]


def test_a_short_word_before_a_full_caption_takes_its_beginning_along() -> None:
    full = "Sóng biển ào ạt xô vào bờ cát, gió lớn thổi qua hàng dừa xanh."
    timeline = episode(make.passage("Ồ!", line=2, pause=pause(0.25)), make.passage(full, line=2), syllable_s=0.22)
    cues = captions(timeline, PACE)
    assert " ".join(line for cue in cues for line in cue.lines) == f"Ồ! {full}"
    assert cues[0].lines[0].startswith("Ồ! Sóng")
    assert min(seconds(cue.end - cue.start) for cue in cues) >= 0.83


def test_two_speakers_in_one_caption_have_a_line_each_behind_a_hyphen() -> None:
    timeline = episode(
        make.passage("Ai?", speaker="Vua", line=1, pause=pause(0.1)), make.passage("Con đây ạ!", speaker="Bé", line=2)
    )
    assert shown(timeline) == [("- Ai?", "- Con đây ạ!")]


def test_a_word_longer_than_a_line_is_cut_rather_than_lost() -> None:
    address = "https://thuvien.binhthuan.gov.vn/sach-noi/rua-con"
    lines = shown(episode(f"Xem {address} nhé."))
    assert max(len(line) for cue in lines for line in cue) <= PACE.caption_line
    assert address in "".join(line for cue in lines for line in cue)


WORDS = "biển xanh, một con chim Mai An Tiêm lấp lánh rồi đi. – (ừ) “Ai?” nghiêng 2 446 và của Ào!"
TEXTS = (
    st.lists(st.sampled_from(WORDS.split()), min_size=1, max_size=40)
    .map(" ".join)
    .filter(lambda text: text.strip("– "))
)
SAID = st.lists(
    st.tuples(
        TEXTS, st.sampled_from([0.0, 0.05, 0.25, 0.45, 0.6, 0.9, 1.1, 2.5]), st.sampled_from([None, "Vua", "Bé"])
    ),
    min_size=1,
    max_size=6,
)


@given(SAID, st.sampled_from([1 / 4.5, 1 / 3.3]), st.booleans(), st.sampled_from(list(PACES.values())))
def test_captions_show_every_word_in_order_within_their_limits(
    said: list[tuple[str, float, str | None]], syllable_s: float, timed: bool, pace: Pace
) -> None:
    parts = [make.passage(text, pause=pause(rest), speaker=who, line=n) for n, (text, rest, who) in enumerate(said)]
    clips = [clip(part.text, syllable_s) for part in parts]
    timeline = lay_out(parts, clips if timed else [Clip(one.length, ()) for one in clips])
    cues = captions(timeline, pace)
    lines = [re.sub(r"^- ", "", line) for cue in cues for line in cue.lines]
    assert re.sub(r"\s|-", "", "".join(lines)) == re.sub(r"\s|-", "", "".join(part.text for part in parts))
    assert all(len(cue.lines) <= 2 and max(map(len, cue.lines)) <= pace.caption_line for cue in cues)
    for one, two in pairwise(cues):
        gap = two.start - one.end
        assert gap == 0 or gap >= 2 * SAMPLES_PER_FRAME
        assert one.start < one.end
    assert cues[-1].end <= timeline.length


@given(SAID, st.sampled_from([1 / 4.5, 1 / 3.3]))
def test_captions_at_a_readers_pace_stand_neither_too_briefly_nor_too_long(
    said: list[tuple[str, float, str | None]], syllable_s: float
) -> None:
    parts = [make.passage(text, pause=pause(max(rest, 0.25)), line=1) for text, rest, _ in said]
    found = measures(captions(episode(*parts, syllable_s=syllable_s), PACE), PACE)
    assert found.longest_s <= 7
    assert found.shortest_s >= 0.83


CUES = (
    Caption(36_000, 120_000, ("Biển <xanh> & trời,", "cá --> bờ")),
    Caption(123_216, 3_661 * SAMPLE_RATE, ("Hết.",)),
)


def test_srt_numbers_its_cues_and_counts_milliseconds() -> None:
    assert srt(CUES) == (
        "1\n00:00:00,750 --> 00:00:02,500\nBiển <xanh> & trời,\ncá → bờ\n\n2\n00:00:02,567 --> 01:01:01,000\nHết.\n"
    )


def test_webvtt_says_its_language_and_escapes_what_would_be_markup() -> None:
    assert vtt(CUES, "vi") == (
        "WEBVTT\nKind: captions\nLanguage: vi\n\n"
        "1\n00:00:00.750 --> 00:00:02.500\nBiển &lt;xanh&gt; &amp; trời,\ncá --&gt; bờ\n\n"
        "2\n00:00:02.567 --> 01:01:01.000\nHết.\n"
    )


def test_times_in_both_formats_are_exact() -> None:
    cues = captions(episode(make.passage("Sóng đưa dưa về bờ.", pause=pause(0.6)), "Ai cũng khen ngon."), PACE)
    assert all(time % (SAMPLE_RATE // 1000) == 0 for cue in cues for time in (cue.start, cue.end))


def test_a_track_is_measured_as_a_viewer_meets_it() -> None:
    cues = (
        Caption(0, 2 * SAMPLE_RATE, ("x" * 20,)),
        Caption(2 * SAMPLE_RATE, 4 * SAMPLE_RATE, ("x" * 19, "x" * 12)),
        Caption(4 * SAMPLE_RATE + 4_800, 5 * SAMPLE_RATE, ("x" * 9,)),
    )
    assert measures(cues, PACE) == CaptionMeasures(
        cues=3,
        longest_line=20,
        most_lines=2,
        shortest_s=0.9,
        longest_s=2.0,
        share_within_cps=pytest.approx(2 / 3),
        highest_cps=16.0,
        smallest_gap_frames=3.0,
    )


def test_no_captions_measure_nothing() -> None:
    assert measures((), PACE) == CaptionMeasures(0, 0, 0, 0.0, 0.0, 0.0, 0.0, None)
