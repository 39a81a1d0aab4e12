"""What the program says to people: a message is a key and its values until an edge puts it into a language.

The English sentence is the key. `locale/<language>.po` holds the other languages; reading them is the edges' affair.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class Message:
    """One sentence for people, not yet in a language.

    `key` is the English sentence with `{name}` places; `values` fills them. A value may itself be a message.
    """

    key: str
    values: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.key.format(**self.values)


def message(key: str, /, **values: object) -> Message:
    """Name a sentence of the catalogue; every literal key given here must stand in each `locale/*.po`."""
    return Message(key, values)


LANGUAGES = ("vi", "en")


def translate(said: Message, language: str) -> str:
    """Put a message into `language` (`vi` or `en`); a sentence that the catalogue lacks appears in English."""
    key = said.key if language == "en" else _catalogue(language).get(said.key, said.key)
    values = {
        name: translate(value, language) if isinstance(value, Message) else value for name, value in said.values.items()
    }
    return key.format(**values)


@cache
def _catalogue(language: str) -> Mapping[str, str]:
    from babel.messages.pofile import read_po  # noqa: PLC0415  # only when something is said: start-up stays quick

    with (resources.files("media_service") / "locale" / f"{language}.po").open("rb") as file:
        entries = read_po(file, locale=language)
    return {str(entry.id): str(entry.string) for entry in entries if entry.id and entry.string}
