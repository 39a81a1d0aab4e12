"""What the service writes down of itself, on stderr: one line an event, for people or as JSON, without any secret."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Iterable
from contextlib import AbstractContextManager
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import structlog
from structlog.typing import EventDict, Processor

from media_service.domain.stage import Assignment
from media_service.settings import Settings

_HIDDEN = "***"
_IN_ADDRESS = re.compile(r"(?<=://)[^/@\s'\"]*:[^/@\s'\"]+(?=@)")
_SHORTEST_SECRET = 4
"""Shorter ones would black out half of every line; in addresses they are hidden all the same."""


def configure(settings: Settings) -> None:
    """Send everything that this process logs, ours and libraries', to stderr in the form that the settings ask for.

    A person at a terminal is told what went wrong, in a line each; the rest of it is for files and programs.
    """
    at_terminal = settings.service.log == "text" and sys.stderr.isatty() and not settings.debug
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Discreet(settings, brief=at_terminal))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING if at_terminal else logging.INFO)
    logging.getLogger("rq").setLevel(logging.WARNING)
    logging.getLogger("alembic").setLevel(logging.WARNING)
    logging.captureWarnings(capture=True)
    structlog.configure(
        processors=[*_shared(), structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
    )
    sys.excepthook = _uncaught


def about(assignment: Assignment, worker: str) -> AbstractContextManager[None]:
    """Say in every line of the block what it is about."""
    return structlog.contextvars.bound_contextvars(
        production=assignment.production,
        slug=assignment.slug,
        episode=assignment.number,
        step=assignment.step,
        piece=assignment.piece,
        stage=assignment.stage,
        attempt=assignment.attempt,
        worker=worker,
    )


def secrets(addresses: Iterable[str]) -> tuple[str, ...]:
    """Return the passwords that stand in addresses, as they stand there and as they are meant."""
    parts = [urlsplit(address) for address in addresses if address]
    written = [part.password or "" for part in parts]
    written += [text for part in parts for name, text in parse_qsl(part.query) if "pass" in name]
    return tuple(secret for secret in {*written, *map(unquote, written)} if len(secret) >= _SHORTEST_SECRET)


class _Discreet(structlog.stdlib.ProcessorFormatter):
    """Renders a line, then hides every secret in it, wherever it came from: an address, an error, a traceback."""

    def __init__(self, settings: Settings, *, brief: bool) -> None:
        service = settings.service
        shortened = [_without_traceback] if brief else []
        super().__init__(
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                *shortened,
                *_rendered(service.log),
            ],
            foreign_pre_chain=_shared(),
        )
        self._secrets = secrets((service.database, service.redis, service.shelf))

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        line = _IN_ADDRESS.sub(_HIDDEN, super().format(record))
        for secret in self._secrets:
            line = line.replace(secret, _HIDDEN)
        return line


def _shared() -> list[Processor]:
    return [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        _from_where,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]


def _rendered(form: str) -> list[Processor]:
    if form == "json":
        return [structlog.processors.format_exc_info, structlog.processors.JSONRenderer(ensure_ascii=False)]
    return [
        structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback, pad_event_to=0)
    ]


def _without_traceback(_logger: Any, _method: str, event: EventDict) -> EventDict:
    event.pop("exc_info", None)
    return event


def _from_where(logger: Any, _method: str, event: EventDict) -> EventDict:
    """Name the part of the program that speaks."""
    record = event.get("_record")
    event["part"] = (record.name if record else getattr(logger, "name", "")).removeprefix("media_service.")
    return event


def _uncaught(kind: type[BaseException], error: BaseException, at: Any) -> None:
    logging.getLogger("media_service").critical("uncaught", exc_info=(kind, error, at))
