"""The pieces of music of a house: `music/<name>.toml` says what each is, `music/<name>.opus` is what is heard."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterable
from pathlib import Path

from media_service.domain.music import Piece


def load(folders: Iterable[Path]) -> tuple[Piece, ...]:
    """Return every piece that has both, by name; of two of one name that of the first folder."""
    found: dict[str, Piece] = {}
    for folder in folders:
        for score in sorted(folder.glob("*.toml")):
            sound = score.with_suffix(".opus")
            if sound.is_file():
                found.setdefault(score.stem, _piece(score, sound))
    return tuple(found.values())


def _piece(score: Path, sound: Path) -> Piece:
    said = tomllib.loads(score.read_text(encoding="utf-8"))
    return Piece(
        name=score.stem,
        title=str(said.get("title", score.stem)),
        composer=str(said.get("composer", "")),
        licence=str(said.get("licence", "")),
        file=str(sound),
        sha256=hashlib.sha256(sound.read_bytes()).hexdigest(),
    )
