"""Carries requests to a platform and its answers back, with an access token that is renewed as it must be.

A request is sent once: what was sent into a connection that then broke may have been heard, so whoever asked decides
whether to ask again. Nothing that this room raises holds a token or an address, not even in an exception's context.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field

import requests
from google.auth.exceptions import RefreshError, TransportError
from google.auth.transport.requests import Request
from google.oauth2.credentials import Credentials
from httplib2 import Response
from requests.adapters import HTTPAdapter

from media_service.errors import MediaServiceError
from media_service.youtube import faults
from media_service.youtube.places import SCOPE, Place

_SILENCE_S = 60.0
"""How long the other side may say, or take, nothing."""
_PIECE = 1024 * 1024
"""A body goes out in pieces of so many bytes, each with that time for itself: slow lines are no broken ones."""
_RENEWALS = 2
_TALKATIVE = ("google", "googleapiclient", "urllib3")


@dataclass(frozen=True, slots=True)
class App:
    """What the platform knows this program by."""

    id: str
    secret: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Access:
    """All that is needed to speak for a channel."""

    place: Place
    app: App
    refresh_token: str = field(repr=False)


class Transport:
    """An http object as the client library wants one; for one thread."""

    def __init__(self, access: Access) -> None:
        self._credentials = Credentials(  # type: ignore[no-untyped-call]
            None,
            refresh_token=access.refresh_token,
            token_uri=access.place.token,
            client_id=access.app.id,
            client_secret=access.app.secret,
            scopes=[SCOPE],
        )
        self._session = session()
        self._renewal = Request(self._session)

    def request(
        self,
        uri: str,
        method: str = "GET",
        body: str | bytes | None = None,
        headers: Mapping[str, str] | None = None,
        **_: object,
    ) -> tuple[Response, bytes]:
        """Send a request and return the answer, whatever it says.

        Raises ChannelAwayError where there is none, ConsentLostError, or SetupError where the platform does not know
        this program.
        """
        sent = body.encode() if isinstance(body, str) else body
        try:
            return self._answer(uri, method, sent, dict(headers or {}))
        except (requests.RequestException, OSError, TransportError, RefreshError) as error:
            fault: MediaServiceError = faults.of_transport(error)
        raise fault  # outside the block: the error names the address and must not follow as its context

    def ready(self) -> None:
        """See that there is an access token, so that no call is entered that cannot be made; raises as `request`."""
        try:
            if not self._credentials.valid:
                self._credentials.refresh(self._renewal)  # type: ignore[no-untyped-call]
        except (requests.RequestException, OSError, TransportError, RefreshError) as error:
            fault: MediaServiceError = faults.of_transport(error)
        else:
            return
        raise fault  # outside the block, as above

    def _answer(self, uri: str, method: str, body: bytes | None, headers: dict[str, str]) -> tuple[Response, bytes]:
        for renewals in range(_RENEWALS + 1):
            self._credentials.before_request(self._renewal, method, uri, headers)  # type: ignore[no-untyped-call]
            content = _Body(body) if body else None
            answer = self._session.request(
                method,
                uri,
                data=content,  # type: ignore[arg-type] # a memoryview is as good to a socket as bytes
                headers=headers,
                timeout=_SILENCE_S,
                allow_redirects=False,
            )
            if answer.status_code != 401 or renewals == _RENEWALS:
                break
            self._credentials.refresh(self._renewal)  # type: ignore[no-untyped-call]
        response = Response({"status": str(answer.status_code), **answer.headers})
        response.reason = answer.reason
        return response, answer.content

    def close(self) -> None:
        """Hang up."""
        self._session.close()


def session() -> requests.Session:
    """Return a session that goes straight to where it is sent, by no proxy, and tells no log of it."""
    for name in _TALKATIVE:  # their debug output holds tokens, and addresses that are as good as one
        logging.getLogger(name).setLevel(logging.WARNING)
    straight = requests.Session()
    straight.trust_env = False
    straight.mount("http://", _Adapter())
    straight.mount("https://", _Adapter())
    return straight


class _Body:
    """A body that goes out piece by piece without being copied."""

    def __init__(self, content: bytes) -> None:
        self._left = memoryview(content)

    def __len__(self) -> int:
        return len(self._left)

    def read(self, most: int) -> memoryview:
        piece, self._left = self._left[:most], self._left[most:]
        return piece


class _Adapter(HTTPAdapter):
    """Sends bodies in pieces of our size; asks nothing twice."""

    def init_poolmanager(self, connections: int, maxsize: int, block: bool = False, **more: object) -> None:
        super().init_poolmanager(connections, maxsize, block, blocksize=_PIECE, **more)
