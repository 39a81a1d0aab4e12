"""Who is on this machine: what guards nothing by a password is for nobody else, and for no foreign web page either."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import JSONResponse, Response


def refuse_strangers(request: Request) -> Response | None:
    """Return the refusal of whoever is not on this machine, None for who is."""
    host = request.client.host if request.client else ""
    origin = request.headers.get("origin", "")
    near = _loopback(host) and _loopback(request.url.hostname or "")
    own = not origin or urlsplit(origin).netloc == request.url.netloc
    if near and own:
        return None
    return JSONResponse({"error": "only from this machine"}, 403)


def _loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.partition("%")[0]).is_loopback
    except ValueError:
        return False
