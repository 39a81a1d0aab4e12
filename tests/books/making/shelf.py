"""Where the corpus lies, and how a file is put there together with what is expected of it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.books.making.prose import Chapter, Kind, Work

CORPUS = Path(__file__).parents[1] / "corpus"
ACCEPT = CORPUS / "accept"
REJECT = CORPUS / "reject"


@dataclass(frozen=True, slots=True)
class Expected:
    """What must come out of a file.

    `left_out` are passages of the file that must not be heard and must be listed, by the kind that the list gives them
    (an empty one: something of the kind must be listed); `unheard` are such as need no mention (scripts, deleted
    words), `either` may be heard or not.
    """

    producer: str
    chapters: Sequence[Chapter]
    metadata: dict[str, str] = field(default_factory=dict)
    left_out: Mapping[str, Sequence[str]] = field(default_factory=dict)
    unheard: Sequence[str] = ()
    either: Sequence[str] = ()
    encoding: str = ""

    def as_json(self) -> str:
        """Return it as it is kept."""
        tree: dict[str, Any] = {"producer": self.producer}
        if self.encoding:
            tree["encoding"] = self.encoding
        tree["metadata"] = self.metadata
        tree["chapters"] = [
            {"title": chapter.title}
            | ({"part": chapter.part} if chapter.part else {})
            | {"paragraphs": chapter.text.split("\n\n")}
            for chapter in self.chapters
        ]
        either = [*self.either, *(str(n) for chapter in self.chapters for n in list_numbers(chapter))]
        tree |= {"left_out": {kind: list(texts) for kind, texts in self.left_out.items()}} if self.left_out else {}
        tree |= {"unheard": list(self.unheard)} if self.unheard else {}
        tree |= {"either": either} if either else {}
        return json.dumps(tree, ensure_ascii=False, indent=1) + "\n"


def list_numbers(chapter: Chapter) -> Iterator[int]:
    """Yield the numbers of a chapter's lists, which few files spell out."""
    for block in chapter.blocks:
        if block.kind is Kind.NUMBERED:
            yield from range(1, len(block.rows) + 1)


def known(work: Work, names: str = "title author") -> dict[str, str]:
    """Return the facts of a work that a kind of file carries."""
    return {name: work.metadata[name] for name in names.split() if name in work.metadata}


def accept(name: str, data: bytes, expected: Expected) -> Path:
    """Put a file and its expectation on the shelf."""
    ACCEPT.mkdir(parents=True, exist_ok=True)
    path = ACCEPT / name
    path.write_bytes(data)
    (ACCEPT / f"{name}.json").write_text(expected.as_json(), encoding="utf-8")
    return path


def reject(name: str, data: bytes, says: Iterable[str], producer: str) -> None:
    """Put a file on the shelf that must be refused by a sentence with one of these words."""
    REJECT.mkdir(parents=True, exist_ok=True)
    (REJECT / name).write_bytes(data)
    tree = {"producer": producer, "says": list(says)}
    (REJECT / f"{name}.json").write_text(json.dumps(tree, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
