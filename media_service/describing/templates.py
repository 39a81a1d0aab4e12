"""Writes listings from the templates in `listing/<kind>/`; the words are theirs, the platform's limits the domain's."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from importlib import metadata

from media_service.domain.description import Part, Weight, fit_description
from media_service.domain.fingerprint import fingerprint
from media_service.domain.listing import (
    EDUCATION,
    LONGEST_MARK_TITLE,
    Listing,
    Localisation,
    PlaylistText,
    Subject,
    clean,
    fit_playlist_title,
    fit_tags,
    fit_title,
    shortened,
    timecode,
)
from media_service.domain.script import Facts, Kind
from media_service.filling import Folders, checksum, fill

CODE_VERSION = 1
"""Raise it when this module, `filling` or the domain's limits make other listings of the same templates."""
HOME = "listing/"
"""Where templates of listings lie, and all that they may take in."""
LANGUAGES = ("en",)
"""Into which titles and descriptions are put, where a script gives the words."""
_OWN = {"title", "description", "tags"}
"""What every kind has templates of its own for; the rest it may leave to those that all share."""
Values = Mapping[str, object]
"""What templates may use."""

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
        facts, values = subject.facts, _values(subject)
        return Listing(
            title=fit_title(self._fill(facts.kind, "title", values), subject.chapter),
            description=fit_description(tuple(_parts(self._fill(facts.kind, "description", values)))),
            tags=fit_tags(self._fill(facts.kind, "tags", values).splitlines()),
            playlist=facts.playlist,
            language=facts.language,
            category=EDUCATION,
            made_for_kids=facts.made_for_kids,
            synthetic_media=bool(subject.disclosures) if facts.synthetic_media is None else facts.synthetic_media,
            localisations=tuple(self._elsewhere(facts, values, fit_title)),
        )

    def playlist(self, facts: Facts) -> PlaylistText:
        """Fill the templates of a playlist, of the work's kind or else those that all kinds share.

        Raises InputError as `describe` does.
        """
        values = {"facts": _cleaned(asdict(facts))}
        return PlaylistText(
            title=fit_playlist_title(self._fill(facts.kind, "playlist_title", values)),
            description=fit_description(tuple(_parts(self._fill(facts.kind, "playlist_description", values)))),
            language=facts.language,
            localisations=tuple(self._elsewhere(facts, values, fit_playlist_title, "playlist_")),
        )

    def version(self) -> str:
        """Name all that shapes a listing besides its subject; raises InputError where a template cannot be read."""
        return fingerprint(CODE_VERSION, metadata.version("jinja2"), checksum(self.folders, HOME))

    def _elsewhere(
        self, facts: Facts, values: Values, fit: Callable[[str], str], what: str = ""
    ) -> Iterator[Localisation]:
        """Yield title and description in each language that the templates know and in which the title is not empty."""
        for language in LANGUAGES:
            title = fit(self._fill(facts.kind, f"{what}title.{language}", values))
            if title and language != facts.language:
                filled = self._fill(facts.kind, f"{what}description.{language}", values)
                yield Localisation(language, title, fit_description(tuple(_parts(filled))))

    def _fill(self, kind: Kind, what: str, values: Values) -> str:
        own, shared = (f"{HOME}{folder}/{what}.txt.j2" for folder in (kind.value, "shared"))
        name = shared if what not in _OWN and not any((folder / own).is_file() for folder in self.folders) else own
        return fill(self.folders, name, values, below=HOME, tools={"part": _begin})


def _values(subject: Subject) -> Values:
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
