"""Answers of a native listener, as the page saved them -> values; whatever else a file holds is refused by name."""

from __future__ import annotations

from pathlib import Path

from media_service.domain.reading_sheet import Answers
from media_service.errors import refused
from media_service.messages import message
from media_service.values import NotAValueError, load

LARGEST = 2_000_000
"""Bytes; five hundred answers with long notes have half of that, and what is cut off is no answer."""


def read_answers(path: Path) -> Answers:
    """Read a file of answers; raises InputError where it is none."""
    try:
        with path.open("rb") as file:
            given = load(file.read(LARGEST), Answers)
    except (NotAValueError, OSError) as exc:
        said = message("These are no answers of a listener; give the file that the page of review-reading saved.")
        raise refused(path.as_posix(), said) from exc
    if not given.listener.strip():
        said = message("Nobody says who has listened; write the listener's name on the page, then save again.")
        raise refused(path.as_posix(), said)
    return given
