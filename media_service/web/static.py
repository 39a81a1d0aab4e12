"""The files that pages need: style, scripts, typefaces; read once, sent compressed, kept by browsers until they change.

An address is looked up among the files that were there at the start; none becomes a path.
"""

from __future__ import annotations

import gzip
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response

from media_service.web.typefaces import typefaces

_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".ttf": "font/ttf",
}
_ASKING = re.compile(rb'"(?:\./|/static/)([\w.-]+)"')
"""How one of these files names another."""
_TEXTS = (".css", ".js")
_SAFE = {"X-Content-Type-Options": "nosniff", "Cross-Origin-Resource-Policy": "same-origin", "Vary": "Accept-Encoding"}
_FOREVER = "public, max-age=31536000, immutable"
"""For an address that names the content: another content has another address."""


@dataclass(frozen=True, slots=True)
class StaticFile:
    """One file as it is sent."""

    kind: str
    content: bytes
    packed: bytes
    digest: str


class StaticFiles:
    """The files by name."""

    def __init__(self, folder: Path) -> None:
        """`folder`: the shipped files."""
        found = {file.name: file.read_bytes() for file in sorted(folder.iterdir()) if file.suffix in _TYPES}
        self._files: Mapping[str, StaticFile] = _addressed({**found, **typefaces()})
        self.names = tuple(self._files)

    def address(self, name: str) -> str:
        """Return the address of a file, which changes with its content."""
        return f"/static/{name}?v={self._files[name].digest}"

    def answer(self, request: Request) -> Response:
        """Return a file."""
        file = self._files.get(request.path_params["name"])
        if file is None:
            return Response(status_code=404, headers=_SAFE)
        named = request.query_params.get("v") == file.digest
        headers = {**_SAFE, "Cache-Control": _FOREVER if named else "no-cache"}
        if "gzip" in request.headers.get("accept-encoding", ""):
            return Response(file.packed, media_type=file.kind, headers={**headers, "Content-Encoding": "gzip"})
        return Response(file.content, media_type=file.kind, headers=headers)


def _addressed(contents: Mapping[str, bytes]) -> dict[str, StaticFile]:
    """Return files that ask for each other by the addresses that pages use: a script under two names runs twice."""
    ready: dict[str, StaticFile] = {}

    def named(asked: re.Match[bytes]) -> bytes:
        name = asked[1].decode()
        return f'"/static/{name}?v={file(name).digest}"'.encode()

    def file(name: str) -> StaticFile:
        if name not in ready:
            ready[name] = _ready(name, _ASKING.sub(named, contents[name]) if name.endswith(_TEXTS) else contents[name])
        return ready[name]

    for name in contents:
        file(name)
    return ready


def _ready(name: str, content: bytes) -> StaticFile:
    digest = hashlib.sha256(content).hexdigest()[:12]
    return StaticFile(_TYPES[Path(name).suffix], content, gzip.compress(content, 9, mtime=0), digest)
