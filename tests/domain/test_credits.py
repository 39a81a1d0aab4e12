"""Whose work a production is."""

from __future__ import annotations

import pytest

from media_service.domain.credits import LIBRARY, artist
from media_service.domain.script import Kind
from tests import make


@pytest.mark.parametrize(
    ("given", "whose"),
    [
        ({"author": "Tô Hoài"}, "Tô Hoài"),
        ({"reteller": "Lan"}, "Lan"),
        ({}, LIBRARY),
        ({"kind": Kind.BOOK_INTRODUCTION, "author": "Tô Hoài", "presenter": "Lan"}, "Lan"),
        ({"kind": Kind.BOOK_INTRODUCTION, "author": "Tô Hoài"}, LIBRARY),
    ],
)
def test_a_recording_is_its_makers_and_not_the_author_of_the_book_it_speaks_of(given: dict, whose: str) -> None:
    assert artist(make.facts(**given)) == whose
