"""The door `Pages`: values in, whole HTML pages out, Vietnamese first and English below; no page asks for anything."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Mapping
from pathlib import Path

from media_service.catalogue import translate
from media_service.domain.obstacles import measured
from media_service.domain.quality import Gate
from media_service.domain.quality_sheet import QualitySheet, moment
from media_service.domain.quality_words import MEANINGS, SUBJECTS, subject
from media_service.domain.reading_sheet import ReadingSheet
from media_service.domain.risky_readings import WHY
from media_service.filling import Tools, fill
from media_service.messages import Message
from media_service.reports.sentences import QUALITY, READINGS

_POINT, _SIGN = re.compile(r"(?<=\d)\.(?=\d)"), re.compile(r"(?<!\S)-(?=\d)")
TEMPLATES = (Path(__file__).parent / "templates",)


class HtmlPages:
    """Fills the templates that came with the program."""

    def quality(self, sheet: QualitySheet) -> bytes:
        """Return the page that shows an episode's quality report."""
        told = {gate.id for gate in sheet.report.gates}
        values: Mapping[str, object] = {
            "say": QUALITY,
            "sheet": sheet,
            "failed": sheet.report.failed,
            "subjects": [(SUBJECTS[letter], _of(letter, sheet.report.gates)) for letter in SUBJECTS],
            "meanings": MEANINGS,
            "silent": [(id_, MEANINGS[id_]) for id_ in MEANINGS if id_ not in told],
            "frames": {second: _data("image/jpeg", picture) for second, picture in sheet.frames.items()},
        }
        return _page("quality.html.j2", values)

    def readings(self, sheet: ReadingSheet) -> bytes:
        """Return the page on which a native listener hears and judges readings."""
        values: Mapping[str, object] = {
            "say": READINGS,
            "sheet": sheet,
            "why": WHY,
            "settings": {"production": sheet.slug},
        }
        return _page("readings.html.j2", values)


def _of(letter: str, gates: tuple[Gate, ...]) -> list[Gate]:
    return [gate for gate in gates if subject(gate.id) == letter]


def _page(template: str, values: Mapping[str, object]) -> bytes:
    tools: Tools = {
        "vi": vietnamese,
        "en": english,
        "clock": clock,
        "moment": moment,
        "figure": _figure,
        "sound": _sound,
    }
    return fill(TEMPLATES, template, values, tools=tools).encode()


def _sound(content: bytes) -> str:
    return _data("audio/mpeg", content)


def _data(kind: str, content: bytes) -> str:
    return f"data:{kind};base64,{b64encode(content).decode()}"


def vietnamese(said: Message | str, **values: object) -> str:
    """Return a message, its places filled, or the sentence of a key, in Vietnamese."""
    return translate(_filled(said, values), "vi")


def english(said: Message | str, **values: object) -> str:
    """Return the same in English."""
    return translate(_filled(said, values), "en")


def _filled(said: Message | str, values: Mapping[str, object]) -> Message:
    return Message(said, values) if isinstance(said, str) else Message(said.key, {**said.values, **values})


def _figure(written: str) -> str:
    """Return a measured value as Vietnamese readers write it: 1,5 and −19."""
    return _SIGN.sub("−", _POINT.sub(",", vietnamese(measured(written))))


def clock(at_s: float) -> str:
    """Return a moment as players show it: minutes and seconds, with hours where there are any."""
    minutes, second = divmod(int(at_s), 60)
    return f"{minutes // 60}:{minutes % 60:02d}:{second:02d}" if minutes >= 60 else f"{minutes}:{second:02d}"
