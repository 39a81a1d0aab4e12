"""What a person may ask of the quality of what lies in the output folder; everything is read from what was shown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from media_service.domain.manifest import FILE_NAMES, folder
from media_service.domain.quality import Report
from media_service.errors import refused
from media_service.messages import message
from media_service.ports import Display
from media_service.values import NotAValueError, load


@dataclass(frozen=True, slots=True)
class EpisodeQuality:
    """An episode's report, and the name of the page that shows it."""

    number: int
    page: str
    report: Report


def qualities(slug: str, display: Display) -> tuple[EpisodeQuality, ...]:
    """Return the reports of a production, an episode each; raises InputError where there are none, or unreadable."""
    found = tuple(_reports(slug, display))
    if not found:
        said = message(
            "There is no quality report of “{slug}” in the output folder. Make it with: media-service produce JOB",
            slug=slug,
        )
        raise refused("", said)
    return found


def _reports(slug: str, display: Display) -> Iterator[EpisodeQuality]:
    for number in sorted(int(name) for name in display.names(slug) if name.isdecimal()):
        place = f"{slug}/{folder(number)}"
        text = display.read(f"{place}/{FILE_NAMES['quality']}")
        if text is not None:
            yield EpisodeQuality(number, f"{place}/{FILE_NAMES['quality_page']}", _read(text, place))


def _read(text: bytes, place: str) -> Report:
    try:
        return load(text, Report)
    except NotAValueError as exc:
        said = message("This quality report cannot be read. Make it anew with: media-service produce JOB")
        raise refused(f"{place}/{FILE_NAMES['quality']}", said) from exc
