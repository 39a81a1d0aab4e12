"""Pieces of music that may lie under a film's voice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from media_service.domain.rights import Basis, Right
from media_service.domain.script import Facts
from media_service.messages import Message, message


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of the house: `name` is what scripts call it, `file` where it lies, `sha256` what it holds."""

    name: str
    title: str
    composer: str
    licence: str
    file: str
    sha256: str

    @property
    def right(self) -> Right:
        """The ground on which it may be heard."""
        return Right(Basis.OWN_WORK, evidence=f"{self.title} ({self.name})", licence=self.licence, holder=self.composer)


def unknown_music(facts: Facts, lines: Mapping[str, int], known: Iterable[Piece]) -> Iterator[tuple[int, Message]]:
    """Yield a fault with its line where a work asks for a piece that the house does not have."""
    names = [piece.name for piece in known]
    if not _none(facts.music) and facts.music not in names:
        choices = ", ".join(["none", *names])
        said = message("“{key}” is “{value}”; choose one of: {known}.", key="music", value=facts.music, known=choices)
        yield lines.get("music", 1), said


def with_music_right(facts: Facts, known: Iterable[Piece]) -> Facts:
    """Return the facts of a work with the ground of its music, where its script does not give one."""
    piece = next((piece for piece in known if piece.name == facts.music), None)
    given = facts.rights.music
    if piece is None or (given is not None and given.basis is not Basis.NONE):
        return facts
    return replace(facts, rights=replace(facts.rights, music=piece.right))


def _none(name: str) -> bool:
    return name.casefold() in {"", "none"}
