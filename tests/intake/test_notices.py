"""What an author should look at though the work can be made; false alarms are rare."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.intake.conftest import Write, read, tale
from tests.jobs import png

NAME = "“{name}” is not in the cast; the narrator will read the name too."
PAUSE = "This pause is in round brackets and will be read aloud; write [nghỉ 2s]."
SMALL = "{picture} is only {width} × {height} pixels; it will look coarse."
ADDRESS = "This address will be spelt out; say in words where to look."


def notices(job: Path) -> list[tuple[int, str]]:
    return [(notice.line, notice.said.key) for notice in read(job).notices]


NOTICED = {
    "a name twice": ("Ông ngoại: Cháu đâu?\n\nBé chạy ra.\n\nÔng ngoại: Đây rồi!\n", [(6, NAME)]),
    "two who talk": ("Ông ngoại: Cháu đâu?\n\nBé Na: Dạ!\n", [(6, NAME), (8, NAME)]),
    "beside one of the cast": ("An Tiêm: Ai đó?\nÔng ngoại: Ta đây.\n", [(7, NAME)]),
    "in quotation marks": ("**Thỏ Trắng**: “Chào!”\n\nLời.\n\nThỏ Trắng: Chào!\n", [(6, NAME)]),
    "a round pause": ("Lời.\n\nLời (nghỉ 2s) nữa.\n", [(8, PAUSE)]),
    "a round pause in words": ("(Nghỉ 1,5 giây)\n\nLời.\n", [(6, PAUSE)]),
    "an address": ("Xem tại https://thuvien.vn/sach nhé.\n", [(6, ADDRESS)]),
    "a bare address": ("Xem\nthuvienbinhthuan.com.vn nhé.\n", [(7, ADDRESS)]),
    "an address in verse": ("> Xem www.sach.example\n", [(6, ADDRESS)]),
}


@pytest.mark.parametrize(("body", "expected"), NOTICED.values(), ids=NOTICED.keys())
def test_what_will_sound_wrong_is_noticed(write: Write, body: str, expected: list[tuple[int, str]]) -> None:
    assert notices(write(tale(body))) == expected


@pytest.mark.parametrize(
    "body",
    [
        "An Tiêm: Chào!\n\nNàng Ba: Chào!\n",
        "Ông ngoại: Cháu đâu?\n\nBé chạy ra.\n",  # once, and nobody answers: it may be a sentence
        "Bụt hỏi: Làm sao con khóc?\n\nTấm đáp: Con mất giỏ tép.\n\nBụt hỏi: Còn gì không?\n",
        "Rồi chàng nói thêm: Trời sinh voi.\n\nAn Tiêm: Trời sinh cỏ.\n",
        "Địa chỉ: Phan Thiết.\n\nĐiện thoại: Hỏi thư viện.\n\nĐịa chỉ: Phan Rí.\n",
        "Giờ mở cửa: 7 giờ.\n\nGiờ mở cửa: 8 giờ.\n",
        "Trong làng có ba người con: Cả, Hai và Út.\n\nTrong làng có ba người con: Cả, Hai và Út.\n",
        "> Ai ơi: Bưng bát cơm đầy\n>\n> Ai ơi: Bưng bát cơm đầy\n",
        "<!--\nÔng ngoại: Một.\nÔng ngoại: Hai.\nhttps://a.vn (nghỉ 2s)\n-->\nLời.\n",
        "Chữ [của thư viện](https://thuvien.vn) và (nghỉ ngơi 2 ngày) ở TP.HCM. Lời.Chữ.\n",
        "Lời.\n\n[nghỉ 2s]\n\nLời.\n",
    ],
)
def test_what_is_meant_so_is_left_in_peace(write: Write, body: str) -> None:
    assert notices(write(tale(body))) == []


def test_a_small_picture_is_noticed_once_where_it_is_first_shown(write: Write) -> None:
    job = write(tale("![x](a.png)\nLời.\n\n![x](a.png)\nLời.\n"))
    (notice,) = read(job).notices
    assert (notice.line, str(notice.said)) == (6, "a.png is only 64 × 36 pixels; it will look coarse.")
    assert notice.file.endswith("cay-khe/script.md")


def test_a_picture_wide_enough_and_a_drawing_are_not_noticed(write: Write) -> None:
    job = write(tale("![x](to.png)\nLời.\n\n![x](nho.svg)\nLời.\n"))
    (job / "to.png").write_bytes(png(960, 2))
    (job / "nho.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" width="20" height="10"/>')
    assert notices(job) == []


def test_a_plain_text_is_looked_at_too(write: Write) -> None:
    assert notices(write("Tên\nLời (nghỉ 2s).\nXem https://a.vn\n", name="script.txt")) == [(2, PAUSE), (3, ADDRESS)]


def test_notices_come_in_the_order_of_lines(write: Write) -> None:
    body = "![x](a.png)\nLời.\n\nÔng: Một.\nÔng: Hai.\n\n(nghỉ 1s) Lời.\n"
    assert notices(write(tale(body))) == [(6, SMALL), (9, NAME), (12, PAUSE)]
