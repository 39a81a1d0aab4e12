"""Keeps the client of Microsoft's voices at one address: the settings', wherever a server would lead it."""

from __future__ import annotations

from typing import Any

from aiohttp import ClientConnectionError, TCPConnector
from yarl import URL


class OneAddress(TCPConnector):
    """Connects every request to one address, at the path that the first was made for."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self._address = URL(address.replace("ws", "http", 1))
        self._path = ""

    async def connect(self, req: Any, traces: Any, timeout: Any) -> Any:
        """Connect a request there; called by aiohttp for each, those that follow a redirection included."""
        self._path = self._path or req.url.path
        if req.url.path != self._path:
            raise ClientConnectionError("it sends us elsewhere")
        address = self._address
        req.url = req.url.with_scheme(address.scheme).with_host(address.host or "").with_port(address.explicit_port)
        req.headers["Host"] = address.authority
        return await super().connect(req, traces, timeout)
