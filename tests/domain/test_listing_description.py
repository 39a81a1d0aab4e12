"""What stays of a description, and what goes first, where all its parts find no room."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from media_service.domain.description import Part, Weight, fit_description
from media_service.domain.listing import chapter_times

RIGHTS = Part("Lời văn: Thư viện tự viết.", Weight.DUTY)
VOICE = Part("Giọng đọc trong tác phẩm này được tạo bằng máy.", Weight.DUTY)
BORROW = Part("Mượn sách: VV 123.", Weight.SERVICE)
HASHTAGS = Part("#sáchnói", Weight.ORNAMENT)
CHAPTERS = Part("Nội dung:\n0:00 Một\n1:00 Hai\n2:00 Ba", Weight.CHAPTERS)


def story(sentences: int) -> Part:
    return Part("Rùa con bò mãi, bò mãi về phía biển xanh. " * sentences, Weight.STORY)


def chapters(count: int, title: str) -> Part:
    lines = [
        f"{second // 60}:{second % 60:02} Chương {number}. {title}"
        for number, second in enumerate(range(0, count * 10, 10), 1)
    ]
    return Part("\n".join(["Nội dung:", *lines]), Weight.CHAPTERS)


def test_parts_that_fit_stand_in_their_order_with_one_empty_line_between() -> None:
    assert fit_description([story(1), RIGHTS, Part("  ", Weight.SERVICE), VOICE, HASHTAGS]) == (
        "Rùa con bò mãi, bò mãi về phía biển xanh.\n\nLời văn: Thư viện tự viết.\n\n"
        "Giọng đọc trong tác phẩm này được tạo bằng máy.\n\n#sáchnói"
    )


def test_a_long_story_ends_at_a_sentence_and_nothing_else_is_lost() -> None:
    text = fit_description([story(300), RIGHTS, CHAPTERS, BORROW, VOICE, HASHTAGS])
    told = text.split("\n\n")[0]
    assert 4700 < len(text.encode()) <= 5000
    assert told.endswith("biển xanh.")
    assert text.endswith("\n\n".join(part.text for part in (RIGHTS, CHAPTERS, BORROW, VOICE, HASHTAGS)))


def test_a_story_without_a_full_stop_ends_behind_a_word() -> None:
    text = fit_description([Part("mênh mông " * 900, Weight.STORY), VOICE])
    assert len(text.encode()) <= 5000
    assert text.split("\n\n")[0].endswith(("mênh…", "mông…"))


def test_ornaments_go_before_services_and_services_before_the_last_of_the_story() -> None:
    seen = []
    for size in range(3800, 5000, 5):
        text = fit_description([story(40), Part("x" * size, Weight.DUTY), BORROW, HASHTAGS])
        left = (HASHTAGS.text in text, BORROW.text in text, text.startswith("Rùa con"))
        if left not in seen:
            seen.append(left)
    assert seen == [(True, True, True), (False, True, True), (False, False, True), (False, False, False)]


def test_four_hundred_chapters_are_thinned_and_duties_stay() -> None:
    text = fit_description([story(50), RIGHTS, chapters(400, "Một cái tên dài vừa phải thôi"), BORROW, VOICE, HASHTAGS])
    times = chapter_times(text)
    assert len(text.encode()) <= 5000
    assert times[0] == 0
    assert len(times) > 50
    assert times[-1] > 3900
    assert RIGHTS.text in text
    assert VOICE.text in text
    assert "Nội dung:" in text


def test_an_absurdly_long_duty_is_shortened_before_another_is_touched() -> None:
    evidence = Part("Theo biên bản số một, có chữ ký. " * 500, Weight.DUTY)
    text = fit_description([story(5), RIGHTS, CHAPTERS, evidence, VOICE])
    assert len(text.encode()) <= 5000
    assert RIGHTS.text in text
    assert VOICE.text in text
    assert CHAPTERS.text in text
    assert "Theo biên bản số một, có chữ ký." in text


@given(st.lists(st.builds(Part, st.text(max_size=9000), st.sampled_from(Weight)), max_size=12))
def test_any_parts_end_within_the_limit_as_valid_utf_8(parts: list[Part]) -> None:
    assert len(fit_description(parts).encode()) <= 5000


@given(
    st.lists(st.sampled_from([*Weight]), min_size=1, max_size=12),
    st.integers(1, 1000),
    st.text("ữa. \n", min_size=1, max_size=20),
)
def test_any_overlong_parts_end_within_the_limit(weights: list[Weight], times: int, text: str) -> None:
    assert len(fit_description([Part(text * times, weight) for weight in weights]).encode()) <= 5000
