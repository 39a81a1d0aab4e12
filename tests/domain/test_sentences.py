"""Where prose is cut into sentences, and where it must not be."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from media_service.domain.sentences import LONGEST, is_finished, sentences


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("Trời hửng sáng. Tí Xíu ra tới mép nước.", ["Trời hửng sáng.", "Tí Xíu ra tới mép nước."]),
        ("Biển ở đâu nhỉ? Ô kìa! Ri ri… Dế gáy.", ["Biển ở đâu nhỉ?", "Ô kìa!", "Ri ri…", "Dế gáy."]),
        ("“Em chào anh! Em chào chị!” Các anh cười.", ["“Em chào anh!", "Em chào chị!”", "Các anh cười."]),
        ("(Tháp thờ thần Shiva.) Hãy nhìn kỹ.", ["(Tháp thờ thần Shiva.)", "Hãy nhìn kỹ."]),
        ("Gạch xếp khít.[1] Tháp cao.", ["Gạch xếp khít.[1]", "Tháp cao."]),
        ("Năm 1991. Tháp được xếp hạng.", ["Năm 1991.", "Tháp được xếp hạng."]),
        ("Chim, thú, cây cỏ, v.v. Tất cả đều vui.", ["Chim, thú, cây cỏ, v.v.", "Tất cả đều vui."]),
        ("Nghỉ thứ 7, CN. Mở cửa lại T2.", ["Nghỉ thứ 7, CN.", "Mở cửa lại T2."]),
        ("Nghỉ thứ 7. Mời CN. Lê Nam đến.", ["Nghỉ thứ 7.", "Mời CN. Lê Nam đến."]),
        ("Ta tìm x. Nam làm nhanh.", ["Ta tìm x.", "Nam làm nhanh."]),
        ("Nhà cao 5 m và đi mất 2 h. Nam mệt.", ["Nhà cao 5 m và đi mất 2 h.", "Nam mệt."]),
        ("Bé ăn no. Bé ngủ.", ["Bé ăn no.", "Bé ngủ."]),
        ("Nam hỏi ai? Rồi em nói: “Đi!”", ["Nam hỏi ai?", "Rồi em nói: “Đi!”"]),
    ],
)
def test_sentences_end_at_their_marks_and_keep_what_closes_them(text: str, cut: list[str]) -> None:
    assert list(sentences(text)) == cut


@pytest.mark.parametrize(
    "text",
    [
        "Cả tỉnh có 2.446.173 người, cao 3,5 triệu.",
        "Hội mở ngày 20. 10. 2021 trên đồi.",
        "Thư viện TP. Phan Thiết mời TS. Lê Văn Nam, PGS.TS. Trần Thị Ba và ThS. Hòa.",
        "Ông T.P.HCM và bà Q.1 gặp J.R.R. Tolkien, rồi J. R. R. Tolkien ở St. Petersburg.",
        "Năm 1990 ông sống ở q. Bình Thạnh đến nay, quê ở x. Phong Phú, h. Tuy Phong, t. Bình Thuận.",
        "Nhà ở p. Phú Thủy, xem t. 2 và q. 3, kp. 5.",
        "Quê ở Bình Thạnh (h. Tuy Phong, t. Bình Thuận).",
        "Sách của Nxb. Trẻ, xem tr. 5 và Tr. 7.",
        "Mua chim, cá, v.v. rồi về.",
        "Ri ri… tiếng gáy vang lên.",
        "– Đi đâu đấy? – bà hỏi.",
        "– Đi đâu đấy? – Nam hỏi.",
        "“Có ai ở đây không?” Tí Xíu gọi nho nhỏ.",
        "Chương 1. Quả trứng trong cát ấm",
        "IV. Mùa Katê",
    ],
)
def test_a_dot_that_ends_no_sentence_cuts_nothing(text: str) -> None:
    assert sentences(text) == (text,)


def test_marks_that_nobody_can_say_stay_with_a_sentence() -> None:
    assert sentences("“Thôi!” …! Em về.") == ("“Thôi!” …!", "Em về.")
    assert sentences("… ! Em về.") == ("… ! Em về.",)


LONG = (
    "Đoàn người áo trắng rước y trang của nữ thần lên tháp chính, giữa tiếng trống ginăng, trống paranưng và tiếng kèn "
    "saranai réo rắt; rồi cửa tháp mở ra, hương trầm tỏa ngát, người ta cầu cho mưa thuận gió hòa, nhà nhà no ấm, vui."
)


def test_a_sentence_too_long_for_one_breath_is_cut_at_its_strongest_mark_near_the_middle() -> None:
    pieces = sentences(LONG)
    assert len(pieces) == 2
    assert pieces[0].endswith("réo rắt;")
    assert not is_finished(pieces[0])
    assert is_finished(pieces[1])


def test_a_long_sentence_without_marks_stays_whole() -> None:
    text = " ".join(["biển"] * 80) + "."
    assert sentences(text) == (text,)


@given(st.text(alphabet='aĐ á.,;:?!…–“”"()1 \n[]', max_size=400))
def test_joined_again_sentences_give_the_text_back(text: str) -> None:
    assert squeezed("".join(sentences(text))) == squeezed(text)


@given(st.lists(st.sampled_from(["biển", "xanh,", "một", "ngày;", "kia", "– và", "sóng:"]), min_size=60, max_size=120))
def test_pieces_of_a_marked_sentence_are_short_enough_to_speak(words: list[str]) -> None:
    text = ", ".join(" ".join(words[start : start + 5]) for start in range(0, len(words), 5)) + "."
    pieces = sentences(text)
    assert all(len(piece) <= LONGEST for piece in pieces)
    assert squeezed("".join(pieces)) == squeezed(text)
