"""Reads a `multipart/related` body as it comes: first a JSON part, then the file, which is passed on in pieces."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator

from media_service.youtube.sandbox.answers import RefusedError

_LONGEST_HEAD = 1 << 20
"""Bytes that the JSON part and both parts' headers may have."""


class Related:
    """One such body. `head` must be read before `file`."""

    def __init__(self, kind: str, pieces: AsyncIterator[bytes]) -> None:
        boundary = re.search(r'boundary=(?:"([^"]+)"|([^\s;]+))', kind)
        if not boundary or not kind.lower().startswith("multipart/related"):
            raise _malformed(f"Media type '{kind.partition(';')[0]}' is not supported. Valid media types: [*/*]")
        self._mark = b"--" + (boundary[1] or boundary[2]).encode()
        self._pieces = pieces
        self._buffer = bytearray()
        self._eol = b"\r\n"
        self.type = ""
        """Media type of the file."""

    async def head(self) -> bytes:
        """Return the JSON part."""
        await self._until(self._mark)
        if (await self._until(b"\n")) != b"\r":
            self._eol = b"\n"  # Google's own client in Python ends its lines so
        await self._until(self._eol + self._eol)
        told = await self._until(self._eol + self._mark)
        headers = (await self._until(self._eol + self._eol)).decode("latin-1").lower()
        if re.search(r"content-transfer-encoding:\s*(?!binary|7bit|8bit)\w", headers):
            raise _malformed("Content-Transfer-Encoding must be binary.")
        found = re.search(r"content-type:\s*([^\s;]+)", headers)
        self.type = found[1] if found else ""
        return told

    async def file(self) -> AsyncIterator[bytes]:
        """Yield the file; raises RefusedError where the body ends before its last mark."""
        end = self._eol + self._mark
        while (at := self._buffer.find(end)) < 0:
            sure = len(self._buffer) - len(end)
            if sure > 0:
                yield bytes(self._buffer[:sure])
                del self._buffer[:sure]
            await self._more()
        yield bytes(self._buffer[:at])
        async for _ in self._pieces:  # the line is kept for further requests
            pass

    async def _until(self, end: bytes) -> bytes:
        while (at := self._buffer.find(end)) < 0:
            if len(self._buffer) > _LONGEST_HEAD:
                raise _malformed("The metadata part is too large.")
            await self._more()
        before = bytes(self._buffer[:at])
        del self._buffer[: at + len(end)]
        return before

    async def _more(self) -> None:
        async for piece in self._pieces:
            if piece:
                self._buffer += piece
                return
        raise _malformed("Malformed multipart body.")


def _malformed(said: str) -> RefusedError:
    return RefusedError(400, "badRequest", said)
