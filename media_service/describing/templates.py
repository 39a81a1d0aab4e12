"""Writes listings from the templates in `listing/<kind>/`; the words are theirs, the platform's limits the domain's."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass

from media_service.domain.description import Part, Weight, fit_description
from media_service.domain.listing import (
    EDUCATION,
    LONGEST_MARK_TITLE,
    Listing,
    Subject,
    clean,
    fit_tags,
    fit_title,
    shortened,
    timecode,
)
from media_service.filling import Folders, fill

_SIGN = re.compile(rf"\x1e({'|'.join(Weight)})\x1f")
"""Where a part begins in a filled template; no subject brings one along, its control characters are taken out."""


@dataclass(frozen=True, slots=True)
class TemplateDescriptions:
    """Listings from Jinja2 templates; a file of an earlier folder wins over its namesake in later ones."""

    folders: Folders

    def describe(self, subject: Subject) -> Listing:
        """Fill title, description and tags of the work's kind, and bring them within the platform's limits.

        Raises InputError where a template is missing or at fault, naming it and the line.
        """
        facts = subject.facts
        return Listing(
            title=fit_title(self._fill(subject, "title"), subject.chapter),
            description=fit_description(tuple(_parts(self._fill(subject, "description")))),
            tags=fit_tags(self._fill(subject, "tags").splitlines()),
            playlist=facts.playlist,
            language=facts.language,
            category=EDUCATION,
            made_for_kids=facts.made_for_kids,
            synthetic_media=bool(subject.disclosures),
        )

    def _fill(self, subject: Subject, what: str) -> str:
        name = f"listing/{subject.facts.kind.value}/{what}.txt.j2"
        return fill(self.folders, name, _values(subject), escaped=False, tools={"part": _begin})


def _values(subject: Subject) -> Mapping[str, object]:
    """Return what templates may use, every text on one line and fit to be shown."""
    marks = [
        {"time": timecode(mark.start), "title": shortened(_shown(mark.title), LONGEST_MARK_TITLE)}
        for mark in subject.marks
    ]
    values = {
        "facts": asdict(subject.facts),
        "chapter": subject.chapter,
        "number": subject.number,
        "count": subject.count,
        "marks": marks,
        "disclosures": subject.disclosures,
    }
    return {name: _cleaned(value) for name, value in values.items()}


def _cleaned(value: object) -> object:
    if isinstance(value, str):
        return _shown(value)
    if isinstance(value, dict):
        return {key: _cleaned(item) for key, item in value.items()}
    return [_cleaned(item) for item in value] if isinstance(value, (list, tuple)) else value


def _shown(text: str) -> str:
    return " ".join(clean(text).split())


def _begin(weight: str) -> str:
    """Begin a part of a description: `{{ part("story") }}`."""
    return f"\x1e{Weight(weight)}\x1f"


def _parts(filled: str) -> Iterator[Part]:
    """Yield the parts of a filled description; words before the first sign nobody has weighed, so they stay."""
    before, *weighed = _SIGN.split(filled)
    yield Part(before, Weight.DUTY)
    for weight, text in zip(weighed[::2], weighed[1::2], strict=True):
        yield Part(text, Weight(weight))
