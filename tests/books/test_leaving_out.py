"""What is left out of a book ends where its lines no longer look like it."""

from __future__ import annotations

import pytest

from media_service.domain.book import Block, Book, Heading, Metadata, Paragraph, Role
from media_service.domain.leaving_out import judged

STORY = "Cậu bé chạy ra biển, nơi con thuyền của cha vừa về."
SOURCES = ("Nguyễn Văn A, Chuyện làng chài, NXB Kim Đồng, 1998.", "[2] Sử làng, chép tay.", "https://vi.wikipedia.org")
NAMES = ("A", "An Hải, 12, 45", "B", "Bình Thuận, 3-7")


def roles(*blocks: Block) -> list[Role]:
    return [block.role for block in judged(Book(Metadata(), blocks), ())]


@pytest.mark.parametrize(
    ("title", "listed", "role"),
    [("Tài liệu tham khảo", SOURCES, Role.BIBLIOGRAPHY), ("Bảng tra cứu", NAMES, Role.INDEX)],
)
def test_a_list_under_a_plain_line_ends_with_its_last_entry(title: str, listed: tuple[str, ...], role: Role) -> None:
    blocks = [Paragraph(title), *map(Paragraph, listed)]
    assert roles(*blocks, Paragraph(STORY), Paragraph(STORY)) == [role] * len(blocks) + [Role.TEXT] * 2


def test_a_list_under_a_heading_goes_on_to_the_next_one() -> None:
    found = roles(
        Heading("Tài liệu tham khảo", 1), Paragraph("Lời kể của cụ Ba."), Heading("Biển", 1), Paragraph(STORY)
    )
    assert found == [Role.BIBLIOGRAPHY] * 2 + [Role.TEXT] * 2
