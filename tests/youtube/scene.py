"""A sandbox channel in a process of its own, and the doors to it as the program opens them."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import requests

from media_service.channels import Channel, VideoDetails
from media_service.domain.publication import VideoFile
from media_service.youtube.connecting import connect
from media_service.youtube.places import Place, sandbox
from media_service.youtube.sandbox import process, tokens
from media_service.youtube.sandbox.sandbox import Options
from media_service.youtube.transport import Access, App

APP = App(tokens.CLIENT, tokens.SECRET)
QUANTUM = 256 * 1024
TEMPLATES = Path(__file__).parents[2] / "templates"
DETAILS = VideoDetails(
    title="Cây khế",
    description="Ngày xưa có hai anh em.",
    tags=("bt-0123456789ab", "truyện cổ tích"),
    category=27,
    language="vi",
    made_for_kids=True,
    synthetic_media=True,
)


@dataclass
class Scene:
    """A channel, and who speaks for it."""

    running: process.Running
    folder: Path
    calls: list[str] = field(default_factory=list)
    """Every call that was entered, in order."""

    @property
    def place(self) -> Place:
        return sandbox(self.running.url)

    def access(self, *scopes: str) -> Access:
        """Return the authority of an owner who consents now."""
        token = self.ask("consent", {"scopes": list(scopes)} if scopes else {})["refresh_token"]
        return Access(self.place, APP, token)

    def channel(self, access: Access | None = None) -> Channel:
        """Return the doors, as a process that has just begun opens them."""
        return connect(access or self.access(), self.calls.append)

    def ask(self, what: str, told: Mapping[str, Any] | None = None) -> Any:
        """Ask something of the sandbox itself."""
        address = f"{self.running.url}/sandbox/{what}"
        answer = requests.get(address, timeout=30) if told is None else requests.post(address, json=told, timeout=30)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def mishap(self, on: str, do: str, **more: Any) -> None:
        """Let one thing go wrong, once unless `times` says more."""
        self.ask("faults", {"rules": [{"on": on, "do": do, **more}]})

    def peace(self) -> None:
        self.ask("faults", {})

    def film(self, size: int, name: str = "cay-khe-01-0123456789ab.mp4") -> tuple[Path, VideoFile]:
        """Write a film of random bytes, unlike any other."""
        content = os.urandom(size)
        path = self.folder / name
        path.write_bytes(content)
        return path, VideoFile(name, size, hashlib.sha256(content).hexdigest())

    def arrived(self, video: str) -> Any:
        """Return all that the channel holds of a video."""
        (found,) = (one for one in self.ask("state")["videos"] if one["id"] == video)
        return found

    def holds(self, file: VideoFile) -> int:
        """Return how many right videos of that file there are."""
        return sum(one["file"]["sha256"] == file.sha256 for one in self.ask("state")["videos"])

    def upload(self, size: int = 1000) -> str:
        """Send a film, and return its video."""
        path, file = self.film(size, f"film-{len(self.calls)}.mp4")
        uploads = self.channel().uploads
        return uploads.send(uploads.open_session(DETAILS, file), file, path, 0, ignore)


def ignore(_: int) -> None:
    pass


@contextmanager
def channel(folder: Path, **options: Any) -> Iterator[process.Running]:
    """Run a sandbox that can be told to misbehave."""
    wanted = {
        "templates": (TEMPLATES,),
        "faults": True,
        "processing_s": 0.0,
        "uploads": 1_000_000,
        "units": 1_000_000_000,
        **options,
    }
    with process.serve(Options(folder, **wanted)) as running:
        yield running
