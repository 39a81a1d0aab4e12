"""The connections to the sandbox, so that one can be cut as a bad network cuts it."""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from uvicorn.protocols.http.h11_impl import H11Protocol

if TYPE_CHECKING:
    from starlette.types import Receive, Scope, Send


class Wire(Protocol):
    """What of a connection is needed to cut it."""

    def abort(self) -> None:
        """Close it at once, whatever is still to be sent."""


class HungUpError(Exception):
    """The connection was cut on purpose; nobody hears an answer any more."""


@dataclass(slots=True)
class Lines:
    """The open connections, by their far end."""

    open: MutableMapping[tuple[str, int], Wire] = field(default_factory=dict)

    def cut(self, scope: Mapping[str, Any]) -> None:
        """Cut the connection of a request; raises HungUpError, always."""
        wire = self.open.get(tuple(scope.get("client") or ("", 0)))
        if wire is not None:
            wire.abort()
        raise HungUpError

    def listening(self) -> type[H11Protocol]:
        """Return uvicorn's HTTP, noting which connections there are."""
        lines = self.open

        class Noted(H11Protocol):
            def connection_made(self, transport: Any) -> None:  # asyncio's own types stay in uvicorn
                super().connection_made(transport)
                if self.client:
                    lines[self.client] = transport

            def connection_lost(self, exc: Exception | None) -> None:
                if self.client:
                    lines.pop(self.client, None)
                super().connection_lost(exc)

        return Noted


async def nothing(_scope: Scope, receive: Receive, _send: Send) -> None:
    """Answer nothing on a line that is cut."""
    while (await receive())["type"] != "http.disconnect":
        pass
