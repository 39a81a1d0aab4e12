"""The client secret: the file by which the platform knows this program, as its console hands it out."""

from __future__ import annotations

import json
from pathlib import Path

from media_service.errors import SetupError
from media_service.messages import message
from media_service.youtube.transport import App


def read(path: Path) -> App:
    """Read a client secret file; raises SetupError where it is none, or where others may read it."""
    try:
        if path.stat().st_mode & 0o077:
            raise SetupError(
                message("Others may read {path}, which holds a secret (mend it: chmod 600 {path}).", path=path)
            )
        kinds = json.loads(path.read_text(encoding="utf-8"))
        one = kinds.get("installed") or kinds["web"]
        return App(str(one["client_id"]), str(one["client_secret"]))
    except OSError as error:
        reason = error.strerror or type(error).__name__
    except (ValueError, KeyError, TypeError, AttributeError):  # not the error itself: it may quote the file
        reason = ""
    if reason:
        raise SetupError(message("{path} cannot be read ({reason}).", path=path, reason=reason))
    raise SetupError(
        message("{path} is no client secret; download it anew from the project's page of credentials.", path=path)
    )
