"""What a reader has gathered so far: blocks in order, where each anchor leads, what was left out on the way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from media_service.domain.book import (
    Block,
    Break,
    Heading,
    Image,
    Omission,
    Paragraph,
    Place,
    Remark,
    Role,
    Verse,
    count_words,
)
from media_service.domain.encodings import Encoding, from_font, reading_of, restored
from media_service.domain.mending import mended, mended_lines
from media_service.domain.old_letters import encoding_of_font
from media_service.messages import Message

MOST_BLOCKS = 500_000
"""Of one book; a Bible has about 40,000."""


@dataclass(slots=True)
class Gathering:
    """Grows while a file is read."""

    blocks: list[Block] = field(default_factory=list)
    anchors: dict[str, int] = field(default_factory=dict)
    """`part#id` -> number of the first block that stands at or behind it."""
    remarks: list[Remark] = field(default_factory=list)
    left_out: dict[tuple[str, Role], list[str]] = field(default_factory=dict)

    fonts: Counter[str] = field(default_factory=Counter)
    """How much text was set in fonts of which old encoding."""

    def from_font(self, text: str, font: str) -> str:
        """Return text as its font shows it."""
        encoding = encoding_of_font(font) if font else ""
        if not encoding:
            return text
        self.fonts[encoding] += len(text)
        return from_font(text, font)

    def encoding(self, otherwise: Encoding) -> Encoding:
        """Return the encoding that most fonts stand for, where there were such fonts."""
        return Encoding(self.fonts.most_common(1)[0][0]) if self.fonts else otherwise

    def heading(self, text: str, level: int, place: Place, role: Role = Role.TEXT) -> None:
        """Add a heading; one of signs alone is a paragraph."""
        plain = mended(text)
        if count_words(plain):
            self.add(Heading(plain, level, place, role))
        else:
            self.paragraph(text, place, role)

    def paragraph(self, text: str, place: Place, role: Role = Role.TEXT) -> None:
        """Add a paragraph, unless it is empty; one that is only a sign between scenes is a break."""
        plain = mended(text)
        if plain and not plain.strip("*-–—_=~•·⁂ #."):
            if len(plain.replace(" ", "")) >= 3 or plain in {"*", "⁂", "#"}:
                self.add(Break(place, role))
        elif plain:
            self.add(Paragraph(plain, place, role))

    def verse(self, text: str, place: Place, role: Role = Role.TEXT) -> None:
        """Add lines of verse, unless they are empty."""
        lines = mended_lines(text)
        if any(lines):
            self.add(Verse(lines, place, role))

    def add(self, block: Block) -> None:
        """Add a block as it is."""
        if len(self.blocks) < MOST_BLOCKS:
            self.blocks.append(block)

    def image(self, picture: str, alt: str, place: Place, role: Role = Role.TEXT) -> None:
        """Add a picture."""
        self.add(Image(picture, mended(alt), place, role))

    def anchor(self, name: str) -> None:
        """Note that an anchor stands before the next block."""
        self.anchors.setdefault(name, len(self.blocks))

    def leave_out(self, text: str, why: Role, place: Place) -> None:
        """Note something inside a paragraph that is no text to be read."""
        plain = " ".join(text.split())
        if plain:
            self.left_out.setdefault((place.part, why), []).append(plain)

    def remark(self, said: Message, place: Place | None = None) -> None:
        """Note what a person should know."""
        self.remarks.append(Remark(said, place or Place()))

    def omissions(self) -> tuple[Omission, ...]:
        """Return what was left out inside paragraphs, what is of one kind in one part together."""
        return tuple(
            Omission(_shortened(texts), why, Place(part), sum(map(count_words, texts)))
            for (part, why), texts in self.left_out.items()
        )


def _shortened(texts: Iterable[str]) -> str:
    joined = ", ".join(texts)
    return joined if len(joined) <= 80 else joined[:79].rstrip() + "…"


def read_again(blocks: Iterable[Block]) -> tuple[tuple[Block, ...], Encoding]:
    """Return blocks with their letters put right where they were garbled before, and what they were written in."""
    held = tuple(blocks)
    texts = [getattr(block, "text", "") for block in held]
    found = restored("\n".join(texts), Encoding()).encoding
    if found == Encoding():
        return held, found
    return tuple(_read_block(block, found.name) for block in held), found


def _read_block(block: Block, name: str) -> Block:
    if isinstance(block, Verse):
        return replace(block, lines=tuple(mended(reading_of(line, name)) for line in block.lines))
    if isinstance(block, Heading | Paragraph):
        return replace(block, text=mended(reading_of(block.text, name)))
    return block
