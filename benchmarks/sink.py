"""A server that takes whatever is sent to it as fast as it comes and keeps nothing: `python -m benchmarks.sink`.

It speaks just enough of the resumable protocol for an uploader; its port is the first line that it prints.
"""

from __future__ import annotations

import re
import socket
import threading

_ROOM = 1 << 20


def serve() -> None:
    """Answer each connection in a thread of its own, until killed."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        print(server.getsockname()[1], flush=True)
        while True:
            threading.Thread(target=_answer, args=(server.accept()[0],), daemon=True).start()


def _answer(line: socket.socket) -> None:
    room, early = memoryview(bytearray(_ROOM)), b""
    while True:
        while b"\r\n\r\n" not in early:
            more = line.recv(65536)
            if not more:
                return
            early += more
        head, _, body = early.partition(b"\r\n\r\n")
        left = int(_found(rb"content-length: (\d+)", head) or 0) - len(body)
        while left > 0:
            left -= line.recv_into(room[: min(left, _ROOM)])
        early = b""
        line.sendall(_said(head))


def _said(head: bytes) -> bytes:
    if head.startswith(b"POST"):
        return _whole(b"200 OK", b'{"access_token": "t", "expires_in": 3600}')
    extent = re.search(rb"content-range: bytes \d+-(\d+)/(\d+)", head, re.IGNORECASE)
    if extent and int(extent[1]) + 1 < int(extent[2]):
        return b"HTTP/1.1 308 Resume Incomplete\r\nRange: bytes=0-%s\r\nContent-Length: 0\r\n\r\n" % extent[1]
    return _whole(b"200 OK", b'{"id": "v"}')


def _whole(status: bytes, body: bytes) -> bytes:
    return b"HTTP/1.1 %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s" % (status, len(body), body)


def _found(pattern: bytes, head: bytes) -> bytes | None:
    found = re.search(pattern, head, re.IGNORECASE)
    return found[1] if found else None


if __name__ == "__main__":
    serve()
