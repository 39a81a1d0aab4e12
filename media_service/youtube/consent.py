"""An owner's consent that we speak for the channel: asked for by a link, answered by a call to an address of ours.

OAuth 2.0 for a desktop or web app (RFC 6749, 4.1) with PKCE (RFC 7636): two requests, both written out here.
"""

from __future__ import annotations

import base64
import hashlib
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlencode, urlsplit

import requests

from media_service.channels import ChannelSeen, Consent, Meter
from media_service.errors import ConsentLostError, MediaServiceError, SetupError
from media_service.messages import message
from media_service.youtube import faults
from media_service.youtube.client import Client
from media_service.youtube.identity import YouTubeIdentity
from media_service.youtube.places import SCOPE, Place
from media_service.youtube.transport import Access, App, session


@dataclass(frozen=True, slots=True)
class Pending:
    """A consent that was asked for; whoever asked keeps it until the answer comes, and shows it to nobody."""

    redirect_uri: str
    state: str = field(repr=False)
    verifier: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Asking:
    """Asks the owner of a channel for consent, on behalf of an app."""

    place: Place
    app: App
    channel: str
    """Id of the channel that is published to; empty where any will do."""
    meter: Meter
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)

    def begin(self, redirect_uri: str) -> tuple[str, Pending]:
        """Return the link that the owner is to follow, and what `finish` needs.

        The answer comes as a call to `redirect_uri`, which the project must know; for a desktop app any port of
        127.0.0.1 will do.
        """
        pending = Pending(redirect_uri, secrets.token_urlsafe(32), secrets.token_urlsafe(64))
        asked = {
            "client_id": self.app.id,
            "redirect_uri": redirect_uri,
            "response_type": "code",
            "scope": SCOPE,
            "state": pending.state,
            "code_challenge": _challenge(pending.verifier),
            "code_challenge_method": "S256",
            "access_type": "offline",
            "prompt": "consent",  # else a second consent would not last
        }
        return f"{self.place.consent}?{urlencode(asked)}", pending

    def finish(self, pending: Pending, callback_url: str) -> Consent:
        """Return the consent that the owner gave; `callback_url` is the address that was called, as a whole.

        Raises SetupError where it was refused, is no answer to that question, or is for another channel;
        ChannelAwayError.
        """
        code = _code(callback_url, pending.state)
        token = self._exchange(code, pending)
        seen = YouTubeIdentity(Client(Access(self.place, self.app, token), self.meter)).whoami()
        self._check(seen)
        return Consent(seen.id, seen.title, token, self.clock())

    def _exchange(self, code: str, pending: Pending) -> str:
        """Return the refresh token for a code (RFC 6749, RFC 7636)."""
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "client_id": self.app.id,
            "client_secret": self.app.secret,
            "redirect_uri": pending.redirect_uri,
            "code_verifier": pending.verifier,
        }
        status, answer = _posted(self.place.token, form)
        if status != 200:
            raise _refused(status, str(answer.get("error", "")))
        if SCOPE not in str(answer.get("scope", SCOPE)).split():
            raise SetupError(message("The consent leaves out the management of videos; give it with its box ticked."))
        if not answer.get("refresh_token"):
            raise SetupError(
                message("The consent holds for an hour only; withdraw it in the account, and give it anew.")
            )
        return str(answer["refresh_token"])

    def _check(self, seen: ChannelSeen) -> None:
        if self.channel and seen.id != self.channel:
            raise SetupError(
                message(
                    "The consent is for the channel “{title}” ({seen}), but we publish to {wanted}; choose that one.",
                    title=seen.title,
                    seen=seen.id,
                    wanted=self.channel,
                )
            )


def _challenge(verifier: str) -> str:
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def _code(callback_url: str, state: str) -> str:
    """Return the code of an answer to our own question."""
    told = {name: values[0] for name, values in parse_qs(urlsplit(callback_url.strip()).query).items()}
    if not secrets.compare_digest(told.get("state", "").encode(), state.encode()):
        raise SetupError(message("This address does not answer the link that was shown last; follow that one."))
    if "error" in told:
        said = message("The consent was not given ({reason}); follow the link again.", reason=told["error"])
        raise SetupError(said)
    if not told.get("code"):
        raise SetupError(message("This address does not answer the link that was shown last; follow that one."))
    return told["code"]


def _posted(address: str, form: Mapping[str, str]) -> tuple[int, dict[str, object]]:
    with session() as straight:
        try:
            answer = straight.post(
                address,
                data=urlencode(form).encode(),
                headers={"Content-Type": "application/x-www-form-urlencoded"},
                timeout=30,
                allow_redirects=False,
            )
            return answer.status_code, faults.resource(answer.content)
        except (requests.RequestException, OSError) as error:
            fault = faults.of_transport(error)
    raise fault  # outside the block: the error holds the request, and that our secrets


def _refused(status: int, word: str) -> MediaServiceError:
    if status >= 500:
        return faults.of(faults.Refusal(status, word, ""))
    fault = faults.of_token(word)
    if isinstance(fault, ConsentLostError):  # a code is taken once, and for some minutes
        return SetupError(
            message("The platform takes this answer no more ({reason}); follow the link again.", reason=word)
        )
    return fault
