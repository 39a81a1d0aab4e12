"""The part of the settings that voices need: addresses of services, models, keys; read with the others at the start."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from media_service.errors import SetupError
from media_service.messages import message


@dataclass(frozen=True, slots=True)
class Speaking:
    """Settings of the voices: where services are asked, and where the models of installed voices lie."""

    models: Path | None = None
    """Models of neural voices; `models/` in the home folder unless given."""
    repository: str = "https://huggingface.co/rhasspy/piper-voices/resolve/v1.0.0"
    """Where models are fetched from."""
    google: str = "https://translate.google.com"
    edge: str = "wss://speech.platform.bing.com"
    openai: str = ""
    """A server with OpenAI's speech API (`http://host:8000/v1`); empty for none."""
    openai_key: Path | None = None
    """The file that holds its key."""


def read(environ: Mapping[str, str]) -> Speaking:
    """Read them from an environment; raises SetupError naming the variable that is wrong."""
    usual = Speaking()
    return Speaking(
        models=_path(environ, "MEDIA_SERVICE_MODELS"),
        repository=_address(environ, "MEDIA_SERVICE_PIPER_VOICES", usual.repository),
        google=_address(environ, "MEDIA_SERVICE_GOOGLE", usual.google),
        edge=_address(environ, "MEDIA_SERVICE_EDGE", usual.edge, "wss?"),
        openai=_address(environ, "MEDIA_SERVICE_OPENAI", usual.openai),
        openai_key=_path(environ, "MEDIA_SERVICE_OPENAI_KEY_FILE"),
    )


def _path(environ: Mapping[str, str], variable: str) -> Path | None:
    given = environ.get(variable, "")
    return Path(given).expanduser().absolute() if given else None


def _address(environ: Mapping[str, str], variable: str, usual: str, scheme: str = "https?") -> str:
    address = (environ.get(variable, "") or usual).rstrip("/")
    if address and not re.fullmatch(scheme + r"://[\w.-]+(:\d{1,5})?(/[\w./~-]*)?", address):
        said = message(
            "{variable} is no address this program can ask; write it as {example}, without a name or a password.",
            variable=variable,
            example="wss://host" if scheme == "wss?" else "https://host/path",
        )
        raise SetupError(said)
    return address
