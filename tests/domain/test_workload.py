"""How much work a production is before it is begun."""

from __future__ import annotations

import pytest

from media_service.domain.workload import syllables


@pytest.mark.parametrize(
    ("text", "count"),
    [("Ngày xửa ngày xưa,", 4), ("– Đi đâu đấy? – bà hỏi.", 5), ("", 0), ("… !", 0), ("Năm 1941, 12.", 3)],
)
def test_syllables_are_what_is_spoken_between_spaces(text: str, count: int) -> None:
    assert syllables(text) == count
