"""Puts messages into people's languages: `locale/<language>.po` holds what the English keys become."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import resources

from media_service.messages import Message

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
