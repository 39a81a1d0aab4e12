"""Models of voices that are installed on this machine: where each lies, and that it is what was installed.

A model is there only with its record, which is written last and holds its size and its SHA-256.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from media_service.errors import SetupError
from media_service.messages import message


@dataclass(frozen=True, slots=True)
class Model:
    """An installed model; its configuration lies beside it (`.onnx.json`)."""

    path: Path
    sha256: str


def model_path(folder: Path, name: str) -> Path:
    """Return where a model lies, or will."""
    return folder / f"{name}.onnx"


def record_path(folder: Path, name: str) -> Path:
    """Return where a model's record lies, or will."""
    return folder / f"{name}.installed.json"


def installed(folder: Path, name: str) -> Model:
    """Return an installed model; raises SetupError where it is not there, or is not what was installed."""
    path, record = model_path(folder, name), record_path(folder, name)
    try:
        told = json.loads(record.read_bytes())
        size, sha256 = int(told["size"]), str(told["sha256"])
        stat = path.stat()
    except (OSError, ValueError, KeyError, TypeError) as exc:
        raise SetupError(
            message(
                "The model “{name}” is not installed on this machine; install it with media-service voices install.",
                name=name,
            )
        ) from exc
    if stat.st_size != size or _checksum(path, stat.st_mtime_ns) != sha256:
        raise SetupError(
            message(
                "The model “{name}” is not what was installed; install it again with media-service voices install.",
                name=name,
            )
        )
    return Model(path, sha256)


@lru_cache(maxsize=8)
def _checksum(path: Path, _changed: int) -> str:
    """Return a file's SHA-256, reckoned once as long as it does not change."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
