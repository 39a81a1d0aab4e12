"""The pictures that a script names: found inside the job folder, known by their content, measured by their headers.

No picture is decoded here. What an SVG may hold is the affair of `svg`, raster headers of `raster`.
"""

from __future__ import annotations

import hashlib
import os
import re
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

from media_service.domain.nearest import nearest
from media_service.domain.script import Cue, Picture
from media_service.errors import refused
from media_service.intake.faults import Faults
from media_service.intake.place import NotAFileError, TooLargeError, is_within, read_bytes
from media_service.intake.raster import raster_size
from media_service.intake.refusals import RefusedPictureError
from media_service.intake.svg import svg_size
from media_service.messages import Message, message

LARGEST = 50_000_000
"""Bytes of a picture."""
NARROWEST = 960
"""Pixels across, below which a picture made of pixels looks coarse on the screen."""
MOST_FILES = 2000
"""Files of a folder that are looked through for what an author may have meant."""

_FORMATS = (
    (re.compile(rb"\x89PNG\r\n\x1a\n"), "PNG"),
    (re.compile(rb"\xff\xd8\xff"), "JPEG"),
    (re.compile(rb"RIFF....WEBP", re.DOTALL), "WEBP"),
    (re.compile(rb"(?:\xef\xbb\xbf)?\s*<|\xff\xfe<\x00|\xfe\xff\x00<"), "SVG"),
    (re.compile(rb"GIF8"), "GIF"),
    (re.compile(rb"....ftypavi[fs]", re.DOTALL), "AVIF"),
    (re.compile(rb"....ftyp(?:hei|hev|mif1|msf1)", re.DOTALL), "HEIC"),
    (re.compile(rb"BM"), "BMP"),
    (re.compile(rb"II\*\x00|MM\x00\*"), "TIFF"),
    (re.compile(rb"%PDF"), "PDF"),
    (re.compile(rb"8BPS"), "Photoshop"),
    (re.compile(rb"\x1f\x8b"), "SVGZ"),
)


def read_pictures(folder: Path, cues: Iterable[Cue], faults: Faults) -> tuple[Picture, ...]:
    """Return each picture that cues name, once, in the order of their first use."""
    first = {cue.picture: cue for cue in reversed(tuple(cues))}
    read: list[Picture] = []
    for cue in sorted(first.values(), key=lambda cue: cue.line):
        try:
            data = _bytes(folder, cue.picture)
            picture = Picture(cue.picture, hashlib.sha256(data).hexdigest(), *size_of(data, cue.picture))
        except RefusedPictureError as exc:
            faults.add(cue.line, exc.said)
        else:
            read.append(picture)
            if picture.width < NARROWEST and _format(data) != "SVG":
                faults.notice(cue.line, _coarse(picture))
    return tuple(read)


def _coarse(picture: Picture) -> Message:
    return message(
        "{picture} is only {width} × {height} pixels; it will look coarse.",
        picture=picture.name,
        width=picture.width,
        height=picture.height,
    )


def _bytes(folder: Path, name: str) -> bytes:
    """Return the bytes of a picture by its path inside the folder; raises RefusedPictureError."""
    path = _find(folder, name)
    try:
        return read_bytes(path, LARGEST)
    except TooLargeError as exc:
        said = message(
            "{picture} is larger than {limit} MB; save it smaller.", picture=name, limit=LARGEST // 1_000_000
        )
        raise RefusedPictureError(said) from exc
    except NotAFileError as exc:
        raise RefusedPictureError(message("{picture} is not a file; name the picture itself.", picture=name)) from exc
    except OSError as exc:
        said = message("{picture} cannot be read; check who may read it, or copy it again.", picture=name)
        raise RefusedPictureError(said) from exc


def size_of(data: bytes, name: str) -> tuple[int, int]:
    """Return width and height in pixels of what the bytes are, whatever the file is called."""
    kind = _format(data)
    if kind == "SVG":
        return svg_size(data, name)
    if kind in {"PNG", "JPEG", "WEBP"}:
        return raster_size(data, kind, name)
    if kind:
        said = message("{picture} is a {format} file; save it as PNG or JPEG.", picture=name, format=kind)
        raise RefusedPictureError(said)
    raise RefusedPictureError(message("{picture} is no picture that can be used (PNG, JPEG, WebP, SVG).", picture=name))


def _format(data: bytes) -> str:
    return next((kind for pattern, kind in _FORMATS if pattern.match(data)), "")


def picture_bytes(folder: Path, picture: Picture) -> bytes:
    """Return a picture's bytes; raises InputError where they are gone, changed or outside the folder now."""
    where = (folder / picture.name).as_posix()
    try:
        data = _bytes(folder, picture.name)
    except RefusedPictureError as exc:
        raise refused(where, exc.said) from exc
    if hashlib.sha256(data).hexdigest() != picture.sha256:
        said = message("{picture} was changed while the work went on; begin again.", picture=picture.name)
        raise refused(where, said)
    return data


def _find(folder: Path, name: str) -> Path:
    """Return the path of a picture inside the folder; accents may be composed or not. Raises RefusedPictureError."""
    wrong = _wrong_name(name)
    if wrong:
        raise RefusedPictureError(wrong)
    path = folder
    for part in name.split("/"):
        path = _entry(path, part)
    if not is_within(folder, path):
        raise RefusedPictureError(
            message("{picture} is a link that leads out of the job folder; put the picture itself here.", picture=name)
        )
    try:
        there = path.exists()
    except OSError:  # a name longer than the disk allows, a folder that may not be entered
        there = False
    if not there:
        raise RefusedPictureError(_missing(folder, name))
    return path


def _wrong_name(name: str) -> Message | None:
    if not name.strip("/. "):
        return message("This picture has no file name; write ![what it shows](file.png).")
    if not name.isprintable():
        return message("The name of this picture holds a sign that no file name has; write it again.")
    if "\\" in name:
        return message("Write / instead of \\ in {picture}.", picture=name)
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]+:", name):
        return message("{picture} is an address, not a file; put the picture into the job folder.", picture=name)
    if name.startswith(("/", "~")) or re.match(r"[A-Za-z]:", name) or ".." in name.split("/"):
        return message("{picture} leads out of the job folder; put the picture into it.", picture=name)
    return None


def _entry(folder: Path, name: str) -> Path:
    """Return a folder's entry of that name, in whichever form the disk keeps its accents."""
    exact = folder / name
    if name.isascii() or os.path.lexists(exact):
        return exact
    try:
        return next((path for path in folder.iterdir() if unicodedata.normalize("NFC", path.name) == name), exact)
    except OSError:
        return exact


def _missing(folder: Path, name: str) -> Message:
    files = list(_files(folder))
    same = next((file for file in files if file.casefold() == name.casefold()), "")
    if same:
        return message("There is no {picture}, but {found}; small and capital letters count.", picture=name, found=same)
    near = nearest(name, files)
    if near:
        return message("There is no {picture}; did you mean {nearest}?", picture=name, nearest=near)
    return message("There is no {picture} in the job folder; put the picture there.", picture=name)


def _files(folder: Path) -> Iterator[str]:
    """Yield paths that an author may have meant: names that can be shown, links to folders not followed."""
    seen = 0
    for place, _, names in os.walk(folder):
        for name in sorted(names):
            seen += 1
            if seen > MOST_FILES:
                return
            path = unicodedata.normalize("NFC", Path(place, name).relative_to(folder).as_posix())
            if path.isprintable():  # not so a name that is no Unicode
                yield path
