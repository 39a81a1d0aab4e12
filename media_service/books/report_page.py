"""The report of an import for programs (JSON) and for staff (a page in Vietnamese)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from media_service.catalogue import translate
from media_service.domain.book import Place
from media_service.domain.chaptering import why
from media_service.domain.intake_report import Report
from media_service.messages import Message, message

_MOST = 200
"""Lines of one table on the page; the rest stands in the JSON."""


def report_json(report: Report) -> str:
    """Return a report as JSON, its reasons in Vietnamese."""
    known = report.metadata
    tree: dict[str, Any] = {
        "source": report.source,
        "format": report.format.value,
        "encoding": {"name": report.encoding.name, "confidence": report.encoding.confidence},
        "metadata": {
            **{name: getattr(known, name) for name in ("title", "author", "translator", "publisher", "year", "isbn")},
            **{name: getattr(known, name) for name in ("language", "description", "call_number")},
            "subjects": list(known.subjects),
        },
        "chapters": [{"title": one.title, "words": one.words, "minutes": one.minutes} for one in report.chapters],
        "omitted": [
            {
                "what": one.what,
                "why": _put(why(one.why)),
                "rule": one.why.value,
                "where": where(one.place),
                "words": one.words,
            }
            for one in report.omitted
        ],
        "decisions": [
            {"step": one.step.value, "said": _put(one.said), "where": where(one.place), "words": one.words}
            for one in report.decisions
        ],
        "damaged": [{"where": where(one.place), "text": one.text, "why": _put(one.why)} for one in report.damaged],
        "remarks": [{"said": _put(one.said), "where": where(one.place)} for one in report.remarks],
        "pictures": [
            {"file": one.file, "alt": one.alt, "described": one.described, "where": where(one.place)}
            for one in report.pictures
        ],
        "cast": {
            "speakers": [{"name": name, "lines": count} for name, count in report.cast.speakers],
            "lines": [
                {
                    "speaker": one.speaker,
                    "chapter": one.chapter + 1,
                    "text": one.text,
                    "why": _put(one.why),
                    "mixed": one.mixed,
                    "where": where(one.place),
                }
                for one in report.cast.hints
            ],
            "unsure": report.cast.unsure,
        },
        "merged": {
            "edits": report.edits,
            "conflicts": [{"line": one.line, "kept": one.kept, "now": one.now} for one in report.conflicts],
        },
        "hours": report.hours,
    }
    return json.dumps(tree, ensure_ascii=False, indent=2) + "\n"


def report_page(report: Report) -> str:
    """Return a report as a page in Markdown."""
    return "\n".join(_page(report)) + "\n"


def where(place: Place) -> str:
    """Return a place in words."""
    if place.page:
        return _put(message("page {number}", number=place.page))
    line = _put(message("line {number}", number=place.line)) if place.line else ""
    return ", ".join(part for part in (place.part, line) if part)


def _page(report: Report) -> Iterator[str]:
    known = report.metadata
    words = sum(one.words for one in report.chapters)
    yield f"# {_put(message('Report of the import: {title}', title=_cell(known.title)))}"
    yield ""
    yield f"- {_put(message('File: {name} ({format})', name=_cell(report.source), format=report.format.value))}"
    share = round(100 * report.encoding.confidence, 1)
    yield f"- {_put(message('Encoding: {name}, {share} % sure', name=report.encoding.name, share=share))}"
    yield "- " + _put(
        message(
            "{chapters} chapter(s), {words} words, about {hours} hours",
            chapters=len(report.chapters),
            words=words,
            hours=report.hours,
        )
    )
    for name, value in _known(report):
        yield f"- {_put(name)}: {_cell(value)}"
    yield from _section(message("To be looked at"), [_with_place(_put(one.said), one.place) for one in report.remarks])
    yield from _merged(report)
    yield from _section(
        message("Passages that look damaged"),
        [_with_place(f"{_put(one.why)}: “{one.text}”", one.place) for one in report.damaged],
    )
    yield from _table(
        message("Chapters"),
        (message("Title"), message("Words"), message("Minutes")),
        [(one.title, str(one.words), str(one.minutes)) for one in report.chapters],
    )
    yield from _table(
        message("Left out"),
        (message("What"), message("Why"), message("Where"), message("Words")),
        [(one.what, _put(why(one.why)), where(one.place), str(one.words)) for one in report.omitted],
    )
    decided = [one for one in report.decisions if one.step.value != "omitted"]
    yield from _section(message("What was decided"), [_with_place(_put(one.said), one.place) for one in decided])
    yield from _table(
        message("Pictures"),
        (message("File"), message("Description"), message("Where")),
        [(one.file, one.alt if one.described else f"⚠ {one.alt}", where(one.place)) for one in report.pictures],
    )
    yield from _cast(report)
    yield ""
    yield _put(message("Rights are empty until a person fills them; until then nothing can be published."))


def _known(report: Report) -> Iterator[tuple[Message, str]]:
    known = report.metadata
    names = (
        (message("Author"), known.author),
        (message("Translator"), known.translator),
        (message("Publisher"), known.publisher),
        (message("Year"), known.year),
        (message("ISBN"), known.isbn),
        (message("Language"), known.language),
        (message("Subjects"), ", ".join(known.subjects)),
        (message("Call number"), known.call_number),
    )
    yield from ((name, value) for name, value in names if value)


def _merged(report: Report) -> Iterator[str]:
    if report.edits:
        said = [_put(message("{count} passage(s) that people had changed were kept.", count=report.edits))]
        said += [
            _put(
                message(
                    "Line {line} was changed by people and in the file: theirs is kept. The file now says: “{now}”",
                    line=one.line,
                    now=_cell(one.now)[:300],
                )
            )
            for one in report.conflicts
        ]
        yield from _section(message("Imported again"), said)


def _cast(report: Report) -> Iterator[str]:
    cast = report.cast
    if cast.hints or cast.unsure:
        yield from _table(
            message("Who may speak"),
            (message("Name"), message("Lines")),
            [(name, str(count)) for name, count in cast.speakers],
        )
        yield ""
        yield _put(
            message("{count} spoken line(s) stay with the narrator, since nothing says who speaks.", count=cast.unsure)
        )
        yield ""
        for one in cast.hints[:_MOST]:
            mixed = f" ({_put(message('with words of the narrator'))})" if one.mixed else ""
            yield f"- {_cell(one.speaker)}: “{_cell(one.text)}” – {_put(one.why)}{mixed}"


def _section(title: Message, lines: list[str]) -> Iterator[str]:
    if lines:
        yield from ("", f"## {_put(title)}", "")
        yield from (f"- {_cell(line)}" for line in lines[:_MOST])
        yield from _rest(len(lines))


def _table(title: Message, heads: tuple[Message, ...], rows: list[tuple[str, ...]]) -> Iterator[str]:
    if rows:
        yield from ("", f"## {_put(title)}", "")
        yield f"| {' | '.join(map(_put, heads))} |"
        yield f"|{'---|' * len(heads)}"
        yield from (f"| {' | '.join(map(_cell, row))} |" for row in rows[:_MOST])
        yield from _rest(len(rows))


def _rest(count: int) -> Iterator[str]:
    if count > _MOST:
        yield ""
        yield _put(message("… and {count} more; they stand in intake-report.json.", count=count - _MOST))


def _with_place(said: str, place: Place) -> str:
    at = where(place)
    return f"{at}: {said}" if at else said


def _cell(text: str) -> str:
    return " ".join(text.replace("|", "\\|").replace("<", "\\<").split())


def _put(said: Message) -> str:
    return translate(said, "vi")
