"""Fetches models of voices: what broke off goes on where it stopped, nothing counts before it is checked and whole."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin

import requests

from media_service.errors import NoSpaceError, NotWritableError, SetupError, VoiceAwayError
from media_service.messages import Message, message
from media_service.speech.models import Model, model_path, record_path
from media_service.speech.offers import LARGEST_CONFIG, Offer, OfferedFile

TRIES = 5
PAUSE_S = 2.0
_TIMEOUTS_S = (10.0, 30.0)
_MOST_REDIRECTS = 5
_PIECE = 1 << 14
"""Small, for of a piece in which the line breaks nothing is kept."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where files are fetched from, and who is told how far it is (bytes there, bytes in all)."""

    repository: str
    told: Callable[[int, int], None] = lambda _there, _all: None
    sleep: Callable[[float], None] = time.sleep


def install(offer: Offer, folder: Path, source: Source) -> Model:
    """Fetch a voice's model and configuration into a folder, check them, and write their record.

    Raises VoiceAwayError where the repository cannot be reached (what came so far is kept), SetupError where it gives
    something else, NoSpaceError and NotWritableError.
    """
    with _faults(folder):
        folder.mkdir(parents=True, exist_ok=True)
        target = model_path(folder, offer.name)
        record_path(folder, offer.name).unlink(missing_ok=True)  # nothing is installed while its files change
        _fetch(offer.config, target.with_name(target.name + ".json"), source)
        sha256 = _fetch(offer.model, target, source)
        _require_config(target.with_name(target.name + ".json"))
        record = {"name": offer.name, "size": target.stat().st_size, "sha256": sha256, "licence": offer.licence}
        _write(record_path(folder, offer.name), json.dumps(record, ensure_ascii=False, indent=1).encode())
        return Model(target, sha256)


def _fetch(file: OfferedFile, target: Path, source: Source) -> str:
    """Fetch one file unless it is there; returns its SHA-256."""
    if target.is_file() and target.stat().st_size == file.size and file.sha256 == _sha256(target):
        return file.sha256
    part = target.with_name(target.name + ".part")
    for number in range(TRIES):
        try:
            _more(file, part, source)
            break
        except (requests.RequestException, VoiceAwayError) as exc:
            if number + 1 == TRIES:
                raise VoiceAwayError(_not_fetched(file, exc)) from exc
            source.sleep(PAUSE_S * 2**number)
    sha256 = _sha256(part)
    if file.sha256 and sha256 != file.sha256:
        part.unlink()
        raise SetupError(
            message(
                "What came for {file} is not what was offered (its SHA-256 differs); nothing is installed. Try again, "
                "or ask whoever looks after this network.",
                file=file.name,
            )
        )
    _settle(part, target)
    return sha256


def _more(file: OfferedFile, part: Path, source: Source) -> None:
    """Fetch what is missing; returns when all is there, raises when the line breaks before."""
    most = file.size or LARGEST_CONFIG
    there = part.stat().st_size if part.is_file() else 0
    if file.size and there >= file.size:
        return
    headers = {"Range": f"bytes={there}-", "Accept-Encoding": "identity"}
    with _asked(f"{source.repository}/{file.path}", headers) as answer, part.open("ab") as out:
        if not _goes_on(answer, there):
            out.truncate(0)
            there = 0
        for piece in answer.iter_content(_PIECE):
            there += len(piece)
            if there > most:
                out.truncate(0)
                raise SetupError(
                    message(
                        "What comes for {file} is larger than what was offered; nothing is installed.", file=file.name
                    )
                )
            out.write(piece)
            source.told(there, most)
    if file.size and there < file.size:
        raise VoiceAwayError(message("the line broke"))


def _goes_on(answer: requests.Response, there: int) -> bool:
    """Tell whether an answer goes on where we stopped; a server may begin anew instead."""
    return answer.status_code == 206 and answer.headers.get("Content-Range", "").startswith(f"bytes {there}-")


@contextmanager
def _asked(url: str, headers: dict[str, str]) -> Iterator[requests.Response]:
    """Ask for a file, following where the repository leads as long as it stays as safe as it began."""
    with requests.Session() as session:
        for _ in range(_MOST_REDIRECTS):
            with session.get(url, headers=headers, timeout=_TIMEOUTS_S, allow_redirects=False, stream=True) as answer:
                if not answer.is_redirect:
                    if answer.status_code not in {200, 206}:
                        raise VoiceAwayError(message("HTTP {status}", status=answer.status_code))
                    yield answer
                    return
                following = urljoin(url, answer.headers["Location"])
                if not following.startswith(("https://", url.partition("://")[0] + "://")):
                    raise VoiceAwayError(message("it sends us elsewhere"))
                url = following
    raise VoiceAwayError(message("it sends us elsewhere"))


def _not_fetched(file: OfferedFile, exc: Exception) -> Message:
    reason = exc.said if isinstance(exc, VoiceAwayError) else type(exc).__name__
    return message(
        "{file} could not be fetched ({reason}); run the same command again, it goes on where it stopped.",
        file=file.name,
        reason=reason,
    )


def _require_config(config: Path) -> None:
    try:
        told = json.loads(config.read_bytes())
        int(told["audio"]["sample_rate"])
        dict(told["phoneme_id_map"])
    except (ValueError, KeyError, TypeError) as exc:
        config.unlink()
        said = message("What came as {file} describes no voice; nothing is installed.", file=config.name)
        raise SetupError(said) from exc


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _settle(part: Path, target: Path) -> None:
    with part.open("rb") as file:
        os.fsync(file.fileno())
    part.replace(target)


def _write(path: Path, content: bytes) -> None:
    part = path.with_name(path.name + ".part")
    part.write_bytes(content)
    _settle(part, path)


@contextmanager
def _faults(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as exc:
        if isinstance(exc, requests.RequestException):
            raise
        if exc.errno == errno.ENOSPC:
            raise NoSpaceError(message("The disk is full; make room, then run the same command again.")) from exc
        said = message(
            "{path} cannot be written; give this user the right to, or name another folder in MEDIA_SERVICE_MODELS.",
            path=folder,
        )
        raise NotWritableError(said) from exc
