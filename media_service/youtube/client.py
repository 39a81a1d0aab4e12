"""Asks the platform by the client library: each call entered in the ledger before it is made, each answer classified.

The library's own retries are never used: it would ask again where the day's quota is gone.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Protocol, cast

from googleapiclient.discovery import build_from_document
from googleapiclient.discovery_cache import get_static_doc
from googleapiclient.errors import HttpError
from httplib2 import Response

from media_service.channels import Meter
from media_service.youtube import faults
from media_service.youtube.transport import Access, Transport

PAGE = 50
"""Items of one answer, and ids of one question."""

_OPTIONS = {"universe_domain": "googleapis.com"}
"""Said outright, else an environment variable could lead elsewhere."""

Resource = Mapping[str, Any]
"""A resource of the API, as JSON: it ends in this room."""


class Request(Protocol):
    """A request that the library has put together."""

    uri: str
    method: str
    body: str
    headers: dict[str, str]

    def execute(self) -> Resource:
        """Ask, and return the answer; raises HttpError."""


@dataclass(frozen=True, slots=True)
class Carried:
    """A request as it goes out; its address may be a secret."""

    uri: str = field(repr=False)
    method: str
    body: bytes | str | None = field(repr=False)
    headers: Mapping[str, str]


class RefusedError(Exception):
    """The platform refuses a call; `refusal` is what it says. It never leaves this room."""

    def __init__(self, refusal: faults.Refusal) -> None:
        super().__init__(refusal.reason)
        self.refusal = refusal


class Client:
    """Speaks for one channel; each thread has a connection and a token of its own."""

    def __init__(self, access: Access, meter: Meter) -> None:
        self._access = access
        self._meter = meter
        self._own = threading.local()

    def call(self, method: str, /, **arguments: object) -> Resource:
        """Call a method by its name in the discovery document (`videos.list`) and return its answer."""
        try:
            return self.attempt(method, **arguments)
        except RefusedError as error:
            fault = faults.of(error.refusal)
        raise fault

    def attempt(self, method: str, /, **arguments: object) -> Resource:
        """Call a method; raises RefusedError where the platform refuses, for whoever knows more of its reasons."""
        return self.sent(method, self.request(method, **arguments))

    def request(self, method: str, /, **arguments: object) -> Request:
        """Put a call together without making it."""
        resource, verb = method.split(".")
        return cast("Request", getattr(getattr(self._service(), resource)(), verb)(**arguments))

    def sent(self, method: str, request: Request) -> Resource:
        """Make a call that was put together; raises RefusedError."""
        self.enter(method)
        try:
            return request.execute()
        except HttpError as error:
            fault: Exception = RefusedError(faults.read(error.status_code, error.content))
        except ValueError:  # a success whose JSON is cut off
            fault = faults.broken()
        raise fault  # outside the block, for the error names the address that was asked

    def enter(self, method: str) -> None:
        """Enter a call in the ledger, once it is sure that we may speak at all: a dead line costs no quota."""
        self._service()
        transport: Transport = self._own.transport
        transport.ready()
        self._meter(method)

    def carry(self, request: Carried) -> tuple[Response, bytes]:
        """Send a request that the library does not know of, with the channel's authority."""
        self._service()
        transport: Transport = self._own.transport
        return transport.request(request.uri, request.method, request.body, request.headers)

    def pages(self, method: str, /, **arguments: object) -> Iterator[list[Resource]]:
        """Yield the items of a list, page by page."""
        token = None
        while True:
            answer = self.call(method, maxResults=PAGE, pageToken=token, **arguments)
            yield list(answer.get("items", ()))
            token = answer.get("nextPageToken")
            if not token:
                return

    def _service(self) -> Any:
        if not hasattr(self._own, "service"):
            self._own.transport = Transport(self._access)
            self._own.service = build_from_document(
                _document(self._access.place.root), http=self._own.transport, client_options=_OPTIONS
            )
        return self._own.service


@cache
def described() -> Mapping[str, Any]:
    """Return the discovery document that comes with the library, read once."""
    document: Mapping[str, Any] = json.loads(get_static_doc("youtube", "v3"))
    return document


def _document(root: str) -> dict[str, Any]:
    """Return the discovery document for the platform at `root`."""
    document = {**described(), "rootUrl": root}
    document.pop("mtlsRootUrl", None)  # else an environment variable could lead elsewhere
    return document
