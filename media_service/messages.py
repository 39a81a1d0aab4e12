"""What the program says to people: a message is a key and its values until an edge puts it into a language.

The English sentence is the key; putting it into a language is the edges' affair, through `catalogue`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


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
