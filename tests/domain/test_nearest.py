"""What somebody probably meant."""

from __future__ import annotations

import pytest

from media_service.domain.nearest import nearest


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("nam-mien-bắc", "nam-mien-bac"),
        ("NAM-MIEN-BAC", "nam-mien-bac"),
        ("Đường", "duong"),
        ("duongg", "duong"),
        ("zzz", ""),
        ("", ""),
    ],
)
def test_neither_marks_nor_capitals_nor_one_letter_hide_what_was_meant(written: str, meant: str) -> None:
    assert nearest(written, ["nam-mien-bac", "nam-mien-nam", "duong"]) == meant


def test_the_name_is_given_as_it_is_known() -> None:
    assert nearest("an tiem", ["An Tiêm"]) == "An Tiêm"
