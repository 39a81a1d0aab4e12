"""The three pages that can be asked for, as a WSGI application: it only reads, and tells figures, never content."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest

from media_service.monitoring.glance import Watch
from media_service.monitoring.health import Health, alive, ready
from media_service.monitoring.metrics import registry

_JSON = "application/json"
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Page:
    """One answer."""

    status: str
    kind: str
    body: bytes


def application(watch: Watch) -> WSGIApplication:
    """Return the application; every answer is small, and a fault of our own is one word."""
    figures = registry(watch)
    pages: Mapping[str, Callable[[], Page]] = {
        "/healthz": lambda: _health(alive(watch.pulse())),
        "/readyz": lambda: _health(ready(watch)),
        "/metrics": lambda: _figures(figures),
    }

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        page = _page(pages, environ)
        headers = [
            ("Content-Type", page.kind),
            ("Content-Length", str(len(page.body))),
            ("Cache-Control", "no-store"),
            ("X-Content-Type-Options", "nosniff"),
            ("Server", "media-service"),
        ]
        if page.status.startswith("405"):
            headers.append(("Allow", "GET"))
        start_response(page.status, headers)
        return [page.body]

    return answer


def _page(pages: Mapping[str, Callable[[], Page]], environ: WSGIEnvironment) -> Page:
    asked = pages.get(environ.get("PATH_INFO", ""))
    if asked is None:
        return _told("404 Not Found", ok=False, reasons=["no-such-page"])
    if environ.get("REQUEST_METHOD") != "GET":
        return _told("405 Method Not Allowed", ok=False, reasons=["only-get"])
    try:
        return asked()
    except Exception:  # noqa: BLE001  # the last edge: the reader gets one word, the log the rest
        _LOG.exception("a page could not be made")
        return _told("500 Internal Server Error", ok=False, reasons=["fault"])


def _health(health: Health) -> Page:
    return _told("200 OK" if health.ok else "503 Service Unavailable", ok=health.ok, reasons=health.reasons)


def _figures(figures: CollectorRegistry) -> Page:
    return Page("200 OK", CONTENT_TYPE_LATEST, generate_latest(figures))


def _told(status: str, *, ok: bool, reasons: Iterable[str]) -> Page:
    return Page(status, _JSON, json.dumps({"ok": ok, "reasons": list(reasons)}).encode() + b"\n")
