"""An address on this machine that a browser calls once a consent is given, open for that one call."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import monotonic
from urllib.parse import parse_qs
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server
from wsgiref.types import StartResponse, WSGIEnvironment

from media_service.errors import SetupError
from media_service.messages import message

_PAGE = """<!doctype html><html lang="vi"><meta charset="utf-8"><title>Media service</title>
<body style="font: 1.2rem sans-serif; margin: 3rem"><p>Đã nhận. Bạn có thể đóng trang này.</p>
<p lang="en">Received. You may close this page.</p></body></html>"""
_SLOWEST_S = 5.0


@dataclass(slots=True)
class Listener:
    """Waits for the call."""

    redirect_uri: str
    """The address that is to be called."""
    _server: WSGIServer
    _heard: list[str] = field(default_factory=list, repr=False)

    def wait(self, seconds: float) -> str:
        """Return the address that was called, as a whole; raises SetupError when nobody has called in that time."""
        until = monotonic() + seconds
        while not self._heard and (left := until - monotonic()) > 0:
            self._server.timeout = left
            self._server.handle_request()
        if not self._heard:
            raise SetupError(message("Nobody answered the link in time; ask for the consent again."))
        return self._heard[0]

    def answer(self, environ: WSGIEnvironment, start: StartResponse) -> list[bytes]:
        """Take the call that answers; whatever else a browser asks for is not here."""
        query = environ.get("QUERY_STRING", "")
        if environ["PATH_INFO"] != "/" or "state" not in parse_qs(query):
            start("404 Not Found", [("Content-Type", "text/plain")])
            return [b""]
        self._heard.append(f"{self.redirect_uri}?{query}")
        start("200 OK", [("Content-Type", "text/html; charset=utf-8"), ("Cache-Control", "no-store")])
        return [_PAGE.encode()]


@contextmanager
def listening() -> Iterator[Listener]:
    """Listen on a free port of 127.0.0.1 until left; nobody on another machine can call it."""
    with make_server("127.0.0.1", 0, _nothing, handler_class=_Call) as server:
        listener = Listener(f"http://127.0.0.1:{server.server_port}/", server)
        server.set_app(listener.answer)
        yield listener


def _nothing(_: WSGIEnvironment, start: StartResponse) -> list[bytes]:
    start("404 Not Found", [])
    return []


class _Call(WSGIRequestHandler):
    """One call; the log would hold the code in it."""

    timeout = _SLOWEST_S

    def log_message(self, *_: object) -> None:
        pass
