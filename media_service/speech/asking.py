"""One question to a service over HTTP, and what becomes of its answers: bounded, never led elsewhere, faults named.

A service that does not answer, answers nonsense or asks to be left alone is away for a while; one that refuses what it
was asked will refuse it again.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import requests
from requests.auth import AuthBase

from media_service.errors import MediaServiceError, SetupError, VoiceAwayError, VoiceFailedError
from media_service.messages import Message, message

CONNECT_S = 10.0
SILENCE_S = 30.0
"""How long the other side may say nothing."""
WHOLE_S = 120.0
"""How long an answer may take in all."""
LARGEST = 32 << 20
"""Bytes of an answer; MP3 of ten minutes is ten million."""
_BUSY = {408, 425, 429, 500, 502, 503, 504}
_LONGEST_WAIT = timedelta(hours=6)


@dataclass(frozen=True, slots=True)
class Question:
    """What is sent, and whom it is sent to."""

    engine: str
    """As people know it."""
    url: str
    data: bytes
    headers: Mapping[str, str]
    key: str = field(default="", repr=False)
    """Sent as a bearer token; stands in no message."""


@dataclass(frozen=True, slots=True)
class _Bearer(AuthBase):
    """Sends the key, or none, whatever lies in a .netrc."""

    key: str = field(repr=False)

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        if self.key:
            request.headers["Authorization"] = f"Bearer {self.key}"
        return request


def ask(question: Question) -> bytes:
    """Return the body of the answer.

    Raises VoiceAwayError, with the time to wait where the service names one, VoiceFailedError where it refuses what it
    was asked, and SetupError where it does not accept the key.
    """
    try:
        with requests.post(
            question.url,
            data=question.data,
            headers=dict(question.headers),
            auth=_Bearer(question.key),
            timeout=(CONNECT_S, SILENCE_S),
            allow_redirects=False,
            stream=True,
        ) as answer:
            if answer.status_code != requests.codes.ok:
                raise _refusal(question, answer)
            return _body(question, answer)
    except (requests.RequestException, OSError) as exc:
        raise away(question.engine, type(exc).__name__) from exc


def away(engine: str, reason: object, after: timedelta | None = None) -> VoiceAwayError:
    """Return the fault of a service that cannot be used now."""
    said = message(
        "The voice service {engine} cannot be used now ({reason}); try again later.", engine=engine, reason=reason
    )
    return VoiceAwayError(said, after)


def _body(question: Question, answer: requests.Response) -> bytes:
    over = time.monotonic() + WHOLE_S
    pieces, size = [], 0
    for piece in answer.iter_content(1 << 16):
        pieces.append(piece)
        size += len(piece)
        if size > LARGEST or time.monotonic() > over:
            raise away(question.engine, message("its answer has no end"))
    told = answer.headers.get("Content-Length", "")
    if told.isdigit() and "Content-Encoding" not in answer.headers and size < int(told):
        raise away(question.engine, message("its answer broke off"))
    return b"".join(pieces)


def _refusal(question: Question, answer: requests.Response) -> MediaServiceError:
    status = answer.status_code
    if status in _BUSY:
        return away(question.engine, f"HTTP {status}", _wait(answer.headers.get("Retry-After", "")))
    if answer.is_redirect or status // 100 == 3:
        return away(question.engine, message("it sends us elsewhere"))
    if status in {401, 403} and question.key:
        return SetupError(
            message(
                "The voice service {engine} does not accept the key (HTTP {status}); renew the file that "
                "MEDIA_SERVICE_OPENAI_KEY_FILE names.",
                engine=question.engine,
                status=status,
            )
        )
    if status == 403:
        return away(question.engine, message("it blocks this address"), timedelta(hours=1))
    return VoiceFailedError(_will_not(question.engine, status))


def _will_not(engine: str, status: int) -> Message:
    return message(
        "The voice service {engine} will not speak this (HTTP {status}); check the voice's id and the text.",
        engine=engine,
        status=status,
    )


def _wait(told: str) -> timedelta | None:
    """Return how long a service asks to be left alone (Retry-After: seconds, or a date); None where it does not say."""
    if told.isdecimal() and len(told) < 10:
        return min(timedelta(seconds=int(told)), _LONGEST_WAIT)
    try:
        until = parsedate_to_datetime(told) - datetime.now(UTC)
    except (TypeError, ValueError):
        return None
    return min(max(until, timedelta()), _LONGEST_WAIT)
