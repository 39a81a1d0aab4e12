"""An object store as the shelf needs it; the one door to obstore. Whole objects only, each faulty answer in our words.

Objects appear whole or not at all: that is what S3 promises. What is sent is signed together with its checksum, so that
the store refuses what the way has changed. An upload in parts that fails is taken back; what a killed process leaves of
one is the store's to clear away (`docs/operations.md` gives the rule for it).
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlsplit

import obstore
from obstore.exceptions import BaseError, PermissionDeniedError, UnauthenticatedError
from obstore.store import S3Store

from media_service.errors import MediaServiceError, SetupError, ShelfAwayError
from media_service.messages import message

if TYPE_CHECKING:  # obstore has these for type checkers alone
    from obstore.store import ClientConfig, RetryConfig, S3Config

PART = 8 << 20
"""Bytes sent at a time: 10,000 of them are the largest object, and two of them lie in memory."""
PIECE = 1 << 20
"""Bytes received at a time."""

_CLIENT: ClientConfig = {
    "connect_timeout": timedelta(seconds=5),
    "read_timeout": timedelta(minutes=2),  # a part must get through in that time: a megabit a second suffices
    "timeout": timedelta(hours=2),  # of a whole download
}
_RETRY: RetryConfig = {"max_retries": 4, "retry_timeout": timedelta(seconds=20)}
"""Rides out what passes in seconds; the rest is for the stage to be tried again."""
_ADDRESS = "s3://bucket/folder?endpoint=https://host:port&region=name"
_OPTIONS = {"endpoint", "region"}
_NO_SUCH_BUCKET = ("NoSuchBucket", "PermanentRedirect", "AuthorizationHeaderMalformed")
_FORBIDDEN = ("403 Forbidden", "401 Unauthorized")
_NO_CREDENTIALS = "169.254.169.254"
"""Where obstore asks for credentials when it was given none."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One object in a listing."""

    name: str
    size: int
    modified: datetime


class Bucket:
    """A folder of a bucket, named by `s3://bucket/folder?endpoint=https://host:port&region=name`.

    What the URL does not name, and the credentials always, come from the AWS_* variables that every S3 program knows.
    Nothing is connected before the first use; from then on the process must not fork children that use any bucket.
    """

    _process: int | None = None
    """The process that first asked any bucket: obstore's threads serve all of them, and do not go with a fork."""

    def __init__(self, url: str) -> None:
        self._name, self._store = _open(url)

    def get(self, name: str) -> tuple[bytes, datetime] | None:
        """Return a small object and when it was written; None where there is none."""
        with self._asked():
            try:
                found = obstore.get(self._store, name)
                return bytes(found.bytes()), found.meta["last_modified"]
            except FileNotFoundError as fault:
                self._nothing(fault)
                return None

    def pieces(self, name: str) -> Iterator[bytes]:
        """Yield an object's bytes as they come; raises FileNotFoundError where there is none."""
        with self._asked():
            try:
                for piece in obstore.get(self._store, name).stream(PIECE):
                    yield bytes(piece)
            except FileNotFoundError as fault:
                self._nothing(fault)
                raise

    def size(self, name: str) -> int | None:
        """Return an object's size in bytes, None where there is none."""
        with self._asked():
            try:
                return obstore.head(self._store, name)["size"]
            except FileNotFoundError:
                return None

    def put(self, name: str, content: bytes | Path) -> None:
        """Write an object, in place of what stood there; a file of more than a PART goes in parts."""
        with self._asked():
            try:
                obstore.put(self._store, name, content, chunk_size=PART, max_concurrency=2)
            except FileNotFoundError as fault:  # it is the bucket that is not there, or the upload under our hands
                self._nothing(fault)
                raise self._away() from fault

    def remove(self, name: str) -> None:
        """Take an object away; one that is not there is gone already."""
        with self._asked():
            try:
                obstore.delete(self._store, name)
            except FileNotFoundError as fault:
                self._nothing(fault)

    def folders(self) -> tuple[str, ...]:
        """Return the names of the folders at the top."""
        with self._asked():
            return tuple(sorted(obstore.list_with_delimiter(self._store)["common_prefixes"]))

    def entries(self, folder: str) -> Iterator[Entry]:
        """Yield every object under a folder, however deep."""
        with self._asked():
            for batch in obstore.list(self._store, folder):
                for found in batch:
                    yield Entry(found["path"], found["size"], found["last_modified"])

    @contextmanager
    def _asked(self) -> Iterator[None]:
        """Say in our words what went wrong with asking the store."""
        Bucket._process = Bucket._process or os.getpid()
        if Bucket._process != os.getpid():  # it would wait for them for ever
            raise RuntimeError("a bucket was asked before a fork; leave that to the child")
        try:
            yield
        except (PermissionDeniedError, UnauthenticatedError) as fault:
            raise _refused(self._name) from fault
        except BaseError as fault:
            raise self._fault(fault) from fault

    def _nothing(self, fault: FileNotFoundError) -> None:
        """Tell an object that is not there from a bucket that is not."""
        if _NO_SUCH_BUCKET[0] in str(fault):
            raise self._no_bucket() from fault

    def _fault(self, fault: BaseError) -> MediaServiceError:
        said = str(fault)
        if any(word in said for word in _NO_SUCH_BUCKET):
            return self._no_bucket()
        refused = any(word in said for word in (*_FORBIDDEN, _NO_CREDENTIALS))
        return _refused(self._name) if refused else self._away()

    def _away(self) -> ShelfAwayError:
        return ShelfAwayError(
            message("The object store of the shelf ({name}) does not answer; it will be tried again.", name=self._name)
        )

    def _no_bucket(self) -> SetupError:
        return SetupError(
            message(
                "There is no bucket for the shelf at {name}; make it, or correct MEDIA_SERVICE_SHELF.", name=self._name
            )
        )


def _refused(name: str) -> SetupError:
    return SetupError(
        message(
            "The object store of the shelf ({name}) refuses us; check AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.",
            name=name,
        )
    )


def _open(url: str) -> tuple[str, S3Store]:
    """Return the store, and what people call it: without anything secret."""
    bucket, folder, given = _parts(url)
    endpoint = given.get("endpoint", "")
    client: ClientConfig = {**_CLIENT, "allow_http": endpoint.startswith("http://")}
    config: S3Config = {**given}  # type: ignore[typeddict-item]  # its keys were checked
    name = "/".join(part for part in (endpoint.rstrip("/"), bucket, folder) if part)
    try:
        store = S3Store(bucket, prefix=folder or None, config=config, client_options=client, retry_config=_RETRY)
    except BaseError as fault:
        raise _refused(name) from fault
    return name, store


def _parts(url: str) -> tuple[str, str, dict[str, str]]:
    """Return bucket, folder and options; raises SetupError, never naming what was given: it may hold a secret."""
    fault = SetupError(
        message("MEDIA_SERVICE_SHELF is not the address of an object store; write {form}.", form=_ADDRESS)
    )
    try:
        parts = urlsplit(url)
        given = dict(parse_qsl(parts.query, strict_parsing=bool(parts.query)))
        endpoint = urlsplit(given.get("endpoint", "https://given-elsewhere"))
    except ValueError:
        raise fault from None
    secret = "@" in parts.netloc or "@" in endpoint.netloc
    if secret or parts.scheme != "s3" or not parts.netloc or given.keys() - _OPTIONS:
        raise fault
    if endpoint.scheme not in {"http", "https"} or not endpoint.netloc:
        raise fault
    return parts.netloc, parts.path.strip("/"), given
