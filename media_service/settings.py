"""Settings, read from the environment once at the start and handed on as plain values."""

from __future__ import annotations

import getpass
import math
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from media_service import voice_settings
from media_service.catalogue import LANGUAGES
from media_service.errors import SetupError
from media_service.messages import message
from media_service.voice_settings import Speaking

_PACKAGE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Service:
    """Settings of the service: `produce` needs none of them."""

    state: Path | None = None
    """Where the database, Redis and logs lie; output/.service unless given."""
    database: str = ""
    """URL of a PostgreSQL database; empty for a SQLite file of our own. May hold a password."""
    redis: str = ""
    """URL of a Redis or Valkey server; empty to run one ourselves. May hold a password."""
    redis_server: Path | None = None
    """A server program to run in place of the one found or bundled."""
    redis_forgetful: bool = False
    """Whether an external server without persistence is accepted."""
    shelf: str = ""
    """URL of an object store (s3://bucket/folder) for the shelf; empty for the folder in output/."""
    cache_bytes: int = 20_000_000_000
    """Room for this machine's copies of what lies in the object store."""
    cores: int = 1
    """Pieces of work at the same time on this machine."""
    nice: int = 10
    """How far workers give way to other programs on the machine: 0, not at all, to 19."""
    lease: timedelta = timedelta(seconds=15)
    """After so long without a sign of life a worker's piece is given to another."""
    free_bytes: int = 1_000_000_000
    """Room that the disk must have before a piece of work begins."""
    listen: str = "127.0.0.1:9750"
    """Where health and metrics are served; empty for nowhere."""
    log: str = "text"
    """How the log is written: text for people, json for programs."""
    who: str = ""
    """Who is at the keyboard, for the audit log."""


@dataclass(frozen=True, slots=True)
class Studio:
    """Settings of the studio, the pages on which people work."""

    listen: str = "127.0.0.1:9770"
    """Where its pages are served; empty for nowhere."""
    address: str = ""
    """Under which address people reach it (https://…), where a proxy stands before it; empty for `listen`."""
    own_approval: bool = False
    """Whether people may approve their own works: for a house of one."""
    upload_bytes: int = 300_000_000
    """How large a book file may be that is handed in."""

    @property
    def secure(self) -> bool:
        """Whether browsers reach it over TLS."""
        return self.address.startswith("https://")


SANDBOX = "sandbox"
"""In place of a channel's id: our own channel on this machine, for trying everything out."""


@dataclass(frozen=True, slots=True)
class Publishing:
    """Settings of publishing: without a channel, approved works rest."""

    channel: str = ""
    """Id of the channel on YouTube (UC…), or `sandbox`; empty for none."""
    sandbox: str = "http://127.0.0.1:9760"
    """Where the sandbox answers."""
    client_secret: Path | None = None
    """The file by which YouTube knows this program."""
    key_file: Path | None = None
    """The key that seals tokens and addresses; a file of our own in the state folder unless given."""
    uploads: int = 100
    """Videos that YouTube takes from this program in a day."""
    units: int = 10_000
    """What all other calls may cost in a day."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Where things lie and which tools are used."""

    home: Path
    """Folder whose `voices/`, `templates/` and `jobs/` win over the shipped ones."""
    output: Path
    """Where productions are made."""
    ffmpeg: Path | None
    """An ffmpeg to use in place of the bundled one."""
    language: str
    """Of messages: vi or en."""
    debug: bool = False
    """Whether a fault of the program shows where it happened."""
    service: Service = Service()
    """What only the service needs."""
    publishing: Publishing = Publishing()
    """What only publishing needs."""
    studio: Studio = Studio()
    """What only the studio needs."""
    speaking: Speaking = field(default_factory=Speaking)
    """What only voices need."""

    @property
    def models(self) -> Path:
        """Where the models of installed voices lie."""
        return self.speaking.models or self.home / "models"

    @property
    def key_file(self) -> Path:
        """The key that seals secrets."""
        return self.publishing.key_file or self.state / "key"

    @property
    def state(self) -> Path:
        """Where the service keeps its own things: the database, Redis, logs."""
        return self.service.state or self.output / ".service"

    @property
    def database(self) -> str:
        """The database's URL: a file of our own unless one was named."""
        return self.service.database or f"sqlite:///{self.state / 'service.db'}"

    def folders(self, name: str) -> tuple[Path, ...]:
        """Return the folders of that name, the one that wins first; the shipped one is always the last."""
        shipped = shipped_defaults() / name
        own = self.home / name
        return (own, shipped) if own.is_dir() and own.resolve() != shipped.resolve() else (shipped,)


def shipped_defaults() -> Path:
    """Return the folder that holds what is shipped (`voices/`, `jobs/`, …): the wheel's, or the checkout's."""
    packed = _PACKAGE / "defaults"
    return packed if packed.is_dir() else _PACKAGE.parent


def read(environ: Mapping[str, str], folder: Path) -> Settings:
    """Read the settings from an environment; `folder` is where the program was started.

    Raises SetupError naming the variable that is wrong.
    """
    home = _path(environ, "MEDIA_SERVICE_HOME") or folder
    ffmpeg = _path(environ, "MEDIA_SERVICE_FFMPEG")
    for variable, path, there in (
        ("MEDIA_SERVICE_HOME", home, home.is_dir()),
        ("MEDIA_SERVICE_FFMPEG", ffmpeg, ffmpeg is None or ffmpeg.is_file()),
    ):
        if not there:
            raise SetupError(
                message(
                    "{variable} names {path}, which is not there; correct or remove the variable.",
                    variable=variable,
                    path=path,
                )
            )
    return Settings(
        home=home,
        output=_path(environ, "MEDIA_SERVICE_OUTPUT") or home / "output",
        ffmpeg=ffmpeg,
        language=_language(environ),
        debug=bool(environ.get("MEDIA_SERVICE_DEBUG")),
        service=_service(environ),
        publishing=_publishing(environ),
        studio=_studio(environ),
        speaking=voice_settings.read(environ),
    )


def _service(environ: Mapping[str, str]) -> Service:
    return Service(
        state=_path(environ, "MEDIA_SERVICE_STATE"),
        database=environ.get("MEDIA_SERVICE_DATABASE", ""),
        redis=environ.get("MEDIA_SERVICE_REDIS", ""),
        redis_server=_path(environ, "MEDIA_SERVICE_REDIS_SERVER"),
        redis_forgetful=bool(environ.get("MEDIA_SERVICE_REDIS_FORGETFUL")),
        shelf=environ.get("MEDIA_SERVICE_SHELF", ""),
        cache_bytes=int(_number(environ, "MEDIA_SERVICE_CACHE_GB", 20) * 1e9),
        cores=int(_number(environ, "MEDIA_SERVICE_CORES", os.cpu_count() or 1, least=1)),
        nice=min(19, int(_number(environ, "MEDIA_SERVICE_NICE", 10))),
        lease=timedelta(seconds=_number(environ, "MEDIA_SERVICE_LEASE_S", 15, least=3)),
        free_bytes=int(_number(environ, "MEDIA_SERVICE_FREE_GB", 1) * 1e9),
        listen=environ.get("MEDIA_SERVICE_LISTEN", "127.0.0.1:9750"),
        log=_log(environ),
        who=environ.get("MEDIA_SERVICE_WHO", "") or _signed_in(),
    )


def _publishing(environ: Mapping[str, str]) -> Publishing:
    channel = environ.get("MEDIA_SERVICE_CHANNEL", "")
    if channel and channel != SANDBOX and not re.fullmatch(r"UC[\w-]{10,40}", channel):
        said = message("MEDIA_SERVICE_CHANNEL is “{asked}”; set it to a channel's id (UC…) or sandbox.", asked=channel)
        raise SetupError(said)
    sandbox = environ.get("MEDIA_SERVICE_SANDBOX", "") or Publishing().sandbox
    if not re.fullmatch(r"https?://[\w.:\[\]-]+/?", sandbox):
        said = message("MEDIA_SERVICE_SANDBOX is “{asked}”; write it as http://127.0.0.1:9760.", asked=sandbox)
        raise SetupError(said)
    return Publishing(
        channel=channel,
        sandbox=sandbox.rstrip("/"),
        client_secret=_path(environ, "MEDIA_SERVICE_CLIENT_SECRET"),
        key_file=_path(environ, "MEDIA_SERVICE_KEY_FILE"),
        uploads=int(_number(environ, "MEDIA_SERVICE_QUOTA_UPLOADS", 100)),
        units=int(_number(environ, "MEDIA_SERVICE_QUOTA_UNITS", 10_000)),
    )


def _studio(environ: Mapping[str, str]) -> Studio:
    address = environ.get("MEDIA_SERVICE_STUDIO_URL", "")
    if address and not re.fullmatch(r"https?://[\w.:\[\]-]+/?", address):
        said = message("MEDIA_SERVICE_STUDIO_URL is “{asked}”; write it as https://studio.example.", asked=address)
        raise SetupError(said)
    return Studio(
        listen=environ.get("MEDIA_SERVICE_STUDIO", Studio().listen),
        address=address.rstrip("/"),
        own_approval=bool(environ.get("MEDIA_SERVICE_OWN_APPROVAL")),
        upload_bytes=int(_number(environ, "MEDIA_SERVICE_UPLOAD_MB", 300, least=1) * 1e6),
    )


def _signed_in() -> str:
    """Return who is signed in to this machine; empty for a user without a name."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return ""


def _log(environ: Mapping[str, str]) -> str:
    asked = environ.get("MEDIA_SERVICE_LOG", "") or "text"
    if asked not in {"text", "json"}:
        raise SetupError(message("MEDIA_SERVICE_LOG is “{asked}”; set it to text or json.", asked=asked))
    return asked


def _number(environ: Mapping[str, str], variable: str, default: float, *, least: float = 0) -> float:
    given = environ.get(variable, "")
    try:
        number = float(given or default)
    except ValueError:
        number = math.nan
    if not least <= number < 1e6:
        said = message(
            "{variable} is “{given}”; set it to a number from {least} on.", variable=variable, given=given, least=least
        )
        raise SetupError(said)
    return number


def _path(environ: Mapping[str, str], variable: str) -> Path | None:
    given = environ.get(variable, "")
    return Path(given).expanduser().absolute() if given else None


def _language(environ: Mapping[str, str]) -> str:
    """Vietnamese, unless the variable or the locale asks for English."""
    asked = environ.get("MEDIA_SERVICE_LANG", "")
    if asked and asked not in LANGUAGES:
        raise SetupError(message("MEDIA_SERVICE_LANG is “{asked}”; set it to vi or en.", asked=asked))
    locale = next((environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environ.get(name)), "")
    return asked or ("en" if locale.startswith("en") else "vi")
