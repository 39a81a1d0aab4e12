"""What engines are given besides texts: where services are asked, where models lie, and who shapes sound for them."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from media_service.ports import Recording

GOOGLE = "https://translate.google.com"
EDGE = "wss://speech.platform.bing.com"


class Shaping(Protocol):
    """What engines need done to sound."""

    def decode(self, sound: bytes, sample_rate: int) -> bytes:
        """Return MP3 from outside as mono 16-bit PCM of that rate; raises ToolFailedError for anything else."""

    def stretch(self, recording: Recording, tempo: float) -> Recording:
        """Return a recording that many times faster, at its own pitch, its words moved along."""


class _NoShaping:
    """For engines that shape their own sound; any other is not made without a shaper."""

    def decode(self, sound: bytes, sample_rate: int) -> bytes:
        raise NotImplementedError

    def stretch(self, recording: Recording, tempo: float) -> Recording:
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class Means:
    """All that an engine may need; each takes its part."""

    shaping: Shaping = field(default_factory=_NoShaping)
    models: Path = Path("models")
    """Where the models of installed voices lie."""
    google: str = GOOGLE
    edge: str = EDGE
    openai: str = ""
    """Where a server with OpenAI's speech API answers (`http://host:8000/v1`); empty for none."""
    openai_key: Path | None = None
    """The file that holds its key."""
