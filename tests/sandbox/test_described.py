"""Descriptions become plain text with links, and chapters where YouTube would see some."""

from __future__ import annotations

import pytest

from media_service.youtube.sandbox.described import Piece, chapters, paragraphs

WATCH = "/watch?v=x"


def test_addresses_and_times_are_links_and_all_else_is_text() -> None:
    said = "Nghe tại https://thuvien.example/a?b=c&d, phần 1:05.\n\n<script>alert(1)</script> javascript:alert(1)"
    assert paragraphs(said, WATCH) == [
        [
            Piece("Nghe tại "),
            Piece("https://thuvien.example/a?b=c&d", "https://thuvien.example/a?b=c&d"),
            Piece(", phần "),
            Piece("1:05", "/watch?v=x&t=65", 65),
            Piece("."),
        ],
        [Piece("<script>alert(1)</script> javascript:alert(1)")],
    ]
    assert paragraphs("Từ 0:10 đến 0:20") == [[Piece("Từ 0:10 đến 0:20")]]
    assert paragraphs("  \n \n") == []


GOOD = "Các phần:\n0:00 Mở đầu\n0:30 – Ra khơi\n1:02:03 Về nhà"


def test_chapters_are_read_as_youtube_reads_them() -> None:
    found = chapters(GOOD, 4000, WATCH)
    assert [(one.seconds, one.title, one.href) for one in found] == [
        (0, "Mở đầu", "/watch?v=x&t=0"),
        (30, "Ra khơi", "/watch?v=x&t=30"),
        (3723, "Về nhà", "/watch?v=x&t=3723"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "0:00 A\n0:30 B",
        "0:01 A\n0:30 B\n1:00 C",
        "0:00 A\n0:05 B\n1:00 C",
        "0:00 A\n1:00 B\n0:30 C",
        "0:00 A\n0:30 B\n1:55 C",
    ],
)
def test_broken_rules_mean_no_chapters(text: str) -> None:
    assert chapters(text, 120, WATCH) == []
