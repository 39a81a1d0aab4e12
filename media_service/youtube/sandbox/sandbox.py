"""What every answer of the sandbox is made from: its options, what it keeps, its time, and what is to go wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from starlette.requests import Request

from media_service.youtube.sandbox.arriving import Arrivals
from media_service.youtube.sandbox.clock import Clock
from media_service.youtube.sandbox.faults import Faults
from media_service.youtube.sandbox.lines import Lines
from media_service.youtube.sandbox.protocol import Protocol
from media_service.youtube.sandbox.storage import Body, Storage

CHANNEL = "UCsandboxBinhThuan000001"
"""Id of the channel; its list of uploads is `UU…`."""


@dataclass(frozen=True, slots=True)
class Options:
    """How a sandbox is run."""

    folder: Path
    templates: tuple[Path, ...] = ()
    """Folders of templates for its page, the one that wins first."""
    faults: bool = False
    """Whether it can be told to misbehave, and asked what it holds."""
    processing_s: float = 2.0
    """How long a video is processed after it arrived."""
    title: str = "Thư viện tỉnh Bình Thuận"
    """Name of the channel."""
    uploads: int = 100
    """Calls of videos.insert in a day."""
    units: int = 10_000
    """Units that all other calls may cost in a day."""
    token_s: int = 3600
    """How long an access token holds."""
    session_s: int = 7 * 24 * 3600
    """How long an upload's session holds."""
    long_uploads: str = "allowed"
    repeats: bool = True
    """Whether a playlist refuses a video that it holds already (videoAlreadyInPlaylist)."""


@dataclass(frozen=True, slots=True)
class Sandbox:
    """One channel at work."""

    options: Options
    storage: Storage
    clock: Clock
    protocol: Protocol
    arrivals: Arrivals
    faults: Faults = field(default_factory=Faults)
    lines: Lines = field(default_factory=Lines)


@dataclass(frozen=True, slots=True)
class Arrived:
    """A file that came with a call, whole, where contents lie."""

    sha256: str
    size: int
    type: str


@dataclass(frozen=True, slots=True)
class Call:
    """One call of the API, found in order."""

    method: str
    parameters: Mapping[str, tuple[str, ...]]
    body: Body
    base: str
    """Address under which the caller reaches us."""
    file: Arrived | None = None
    slug: str = ""
    """Name of the file on the caller's side."""

    def one(self, name: str) -> str:
        """Return a parameter's value; empty where it was not given."""
        return next(iter(self.parameters.get(name, ())), "")

    def many(self, name: str) -> tuple[str, ...]:
        """Return all values of a parameter that may be repeated or hold several between commas."""
        return tuple(one for given in self.parameters.get(name, ()) for one in given.split(",") if one)

    def yes(self, name: str) -> bool:
        """Tell whether a parameter was set to true."""
        return self.one(name).lower() == "true"


def base(request: Request) -> str:
    """Return the address under which the caller reaches us."""
    return f"{request.url.scheme}://{quote(request.url.netloc, safe=':[]@.')}"
