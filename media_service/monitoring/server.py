"""Serves the pages over HTTP from a thread of the watched program: to a few at a time, none of them for long."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from socketserver import TCPServer, ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer
from wsgiref.types import WSGIApplication

from media_service import listening
from media_service.domain.service import Pulse
from media_service.monitoring.glance import Watch, Watched
from media_service.monitoring.pages import application
from media_service.stores import Records

_AT_ONCE = 16
_SLOWEST_S = 5.0
_SETTING = "MEDIA_SERVICE_LISTEN"


@contextmanager
def serve(
    listen: str,
    records: Records,
    pulse: Callable[[], Pulse],
    places: Mapping[str, Path],
    least_free: int = 1_000_000_000,
) -> Iterator[str]:
    """Answer /healthz, /readyz and /metrics until left; yields where, as a URL.

    `listen` is `address:port`; empty means nowhere, port 0 any that is free. `places` are folders whose disks must
    have `least_free` bytes of room. Raises SetupError where the address is not one, or cannot be had.
    """
    if not listen:
        yield ""
        return
    host, port = listening.parted(listen, _SETTING)
    with _opened(listen, host, port, application(Watch(Watched(records, pulse, places, least_free)))) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.1,), name="monitoring", daemon=True)
        thread.start()
        try:
            yield f"http://{f'[{host}]' if ':' in host else host}:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


def _opened(listen: str, host: str, port: int, pages: WSGIApplication) -> _Server:
    try:
        server = _Server((host, port), _Asked)
    except OSError as error:
        raise listening.not_to_be_had(listen, _SETTING, error) from error
    server.set_app(pages)
    return server


class _Asked(WSGIRequestHandler):
    """One question. Who does not ask within seconds is let go; nothing is logged of those who only look."""

    timeout = _SLOWEST_S
    server_version = "media-service"
    sys_version = ""

    def log_message(self, *_: object) -> None:
        pass


class _Server(ThreadingMixIn, WSGIServer):
    """A thread for each question, as long as there are few of them."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self, address: tuple[str, int], asked: type[_Asked]) -> None:
        self.address_family = socket.AF_INET6 if ":" in address[0] else socket.AF_INET
        self._places = threading.BoundedSemaphore(_AT_ONCE)
        super().__init__(address, asked)

    def server_bind(self) -> None:
        """Bind without asking any name server for our own name, as the standard library would."""
        TCPServer.server_bind(self)
        self.server_name, self.server_port = "media-service", self.server_address[1]
        self.setup_environ()

    def process_request(self, request: socket.socket | tuple[bytes, socket.socket], client_address: object) -> None:
        """Answer in a thread, or hang up where too many are being answered."""
        if self._places.acquire(blocking=False):
            super().process_request(request, client_address)
        else:
            self.shutdown_request(request)

    def process_request_thread(
        self, request: socket.socket | tuple[bytes, socket.socket], client_address: object
    ) -> None:
        """Answer, and give the place back."""
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._places.release()

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of those who hang up or never ask."""
