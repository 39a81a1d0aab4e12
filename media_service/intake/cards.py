"""Words that stand on the screen while they are read (`[hiện: …]`, `[trích: … — ai nói]`), cut into cards that fit."""

from __future__ import annotations

import re
from collections.abc import Iterator

from media_service.domain.script import Card
from media_service.domain.sentences import sentences

MARK = r"\[[ \t]*(?P<card>hiện|trích)[ \t]*[:：](?P<shown>[^\[\]\n]*)\]"
"""How a card is written."""
MOST = 160
"""Characters of a card: so many stand on any canvas at 72 pixels, also upright."""

_SOURCE = re.compile(r"(.*\S)\s+[—–-]\s+([^—–]{2,80})", re.DOTALL)
_PLACES = re.compile(r"[,;:–—]\s+")


def cards(name: str, shown: str, line: int) -> Iterator[Card]:
    """Yield the cards of a mark, each read while it stands; none where nothing is written."""
    text, quote, source = " ".join(shown.split()), name.casefold() == "trích", ""
    if quote and (said := _SOURCE.fullmatch(text)):
        text, source = said[1], said[2]
    for part in _gathered(text):
        yield Card(part, line, quote, source)


def _gathered(text: str) -> Iterator[str]:
    """Yield whole sentences together as long as they fit; one that does not fit alone is cut where it breathes."""
    held = ""
    for sentence in sentences(text):
        for part in _cut(sentence):
            if held and len(held) + 1 + len(part) > MOST:
                yield held
                held = ""
            held = f"{held} {part}".strip()
    if held:
        yield held


def _cut(sentence: str) -> Iterator[str]:
    while len(sentence) > MOST:
        places = [found.end() for found in _PLACES.finditer(sentence, 0, MOST) if found.end() > MOST // 3]
        end = places[-1] if places else sentence.rfind(" ", 1, MOST) + 1 or MOST
        yield sentence[:end].rstrip()
        sentence = sentence[end:].lstrip()
    if sentence:
        yield sentence
