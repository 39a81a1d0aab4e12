"""The rules in the order they are tried: what has a form of its own first, plain figures and words last."""

from __future__ import annotations

from media_service.domain.reading import (
    contacts,
    dates,
    documents,
    figures,
    footnotes,
    measures,
    roman,
    symbols,
    times,
    titles,
)
from media_service.domain.reading.capitals import CAPITALS

BEFORE_SHORT_FORMS = (
    *contacts.RULES,
    *documents.RULES,
    *dates.RULES,
    *times.RULES,
    *measures.RULES,
    *roman.RULES,
    dates.YEAR_BEHIND,
    *titles.RULES,
    *footnotes.RULES,
)
AFTER_SHORT_FORMS = (
    documents.BARE,
    *figures.RULES,
    *figures.BETWEEN,
    measures.OF_A_PART,
    measures.PER_THING,
    *symbols.RULES,
    CAPITALS,
    titles.LETTER,
)
