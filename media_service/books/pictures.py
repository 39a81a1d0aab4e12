"""Pictures out of a book: known by content, bounded, made into a kind that scripts use; tiny ones are decoration."""

from __future__ import annotations

import hashlib
import io
import re
import warnings
from dataclasses import dataclass, field
from pathlib import Path

from media_service.domain.script import MOST_PIXELS

SMALLEST = 64
"""Pixels across or down, below which a picture is decoration."""
MOST = 2_000
"""Pictures of one book."""
LARGEST = 50_000_000
"""Bytes of one picture."""

_KINDS = {"PNG": "png", "JPEG": "jpg", "WEBP": "webp"}
_OTHERS = ("GIF", "BMP", "TIFF")
"""Kinds that scripts do not use; they become PNG."""
_SVG = re.compile(
    rb"\s*(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*)*(?:<!DOCTYPE[^>]*>\s*)?<svg[\s>]", re.DOTALL
)
_FAULTS = (OSError, SyntaxError, ValueError, TypeError, LookupError, ArithmeticError, EOFError, MemoryError)


class NoPictureError(Exception):
    """Bytes that are no picture that can be used."""


class DecorationError(Exception):
    """A picture too small to be looked at."""


@dataclass(slots=True)
class Pictures:
    """Writes what is taken out of a book into `folder`, each picture once; None: it is only named."""

    folder: Path | None
    _known: dict[str, str] = field(default_factory=dict)
    _taken: set[str] = field(default_factory=set)

    def take(self, data: bytes, name: str) -> str:
        """Return the file name under which a picture lies now; raises NoPictureError and DecorationError."""
        digest = hashlib.sha256(data).hexdigest()
        if digest in self._known:
            return self._known[digest]
        if len(self._known) >= MOST:
            raise NoPictureError
        kept, suffix = _usable(data)
        file = self._name(name, suffix)
        if self.folder is not None:
            self.folder.mkdir(exist_ok=True)
            (self.folder / file).write_bytes(kept)
        self._known[digest] = file
        return file

    def _name(self, name: str, suffix: str) -> str:
        """Return a plain, unused file name of our own making."""
        stem = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:40] or "tranh"
        file, number = f"{stem}.{suffix}", 1
        while file in self._taken:
            number += 1
            file = f"{stem}-{number}.{suffix}"
        self._taken.add(file)
        return file


def _usable(data: bytes) -> tuple[bytes, str]:
    """Return a picture's bytes and suffix, both in a kind that scripts use."""
    if len(data) > LARGEST:
        raise NoPictureError
    if _SVG.match(data[:4000]):
        return data, "svg"
    from PIL import Image  # noqa: PLC0415  # waits until a picture is found

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(data), formats=(*_KINDS, *_OTHERS)) as picture:
                width, height = picture.size
                kind = picture.format or ""
                if width * height > MOST_PIXELS:
                    raise NoPictureError
                if min(width, height) < SMALLEST:
                    raise DecorationError
                picture.load()
                if kind in _KINDS:
                    return data, _KINDS[kind]
                made = io.BytesIO()
                picture.convert("RGBA" if "transparency" in picture.info else "RGB").save(made, "PNG")
    except Image.DecompressionBombError as exc:
        raise NoPictureError from exc
    except _FAULTS as exc:
        raise NoPictureError from exc
    return made.getvalue(), "png"
