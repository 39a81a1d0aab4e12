"""What finished files measure, decoded as a listener's or viewer's player would."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a file, in seconds from its start."""

    start_s: float
    end_s: float


@dataclass(frozen=True, slots=True)
class SoundFacts:
    """What a finished sound measures, decoded from the file that will be heard."""

    codec: str
    sample_rate: int
    channels: int
    duration_s: float
    loudness_lufs: float
    true_peak_dbtp: float
    range_lu: float
    rms_db: float
    pauses_rms_db: float
    """Level of what lies in the pauses."""
    longest_digital_zero_s: float
    pauses: tuple[Span, ...]
    """Spans quieter than -45 dB for at least 0.15 s, the head and the tail among them."""


@dataclass(frozen=True, slots=True)
class FilmFacts:
    """What a finished film's file says and shows."""

    video_codec: str
    profile: str
    pixel_format: str
    width: int
    height: int
    frame_rate: float
    color: tuple[str, str, str, str]
    """Primaries, transfer, matrix, range."""
    audio_codec: str
    audio_rate: int
    video_start_s: float
    audio_start_s: float
    video_duration_s: float
    audio_duration_s: float
    key_frame_interval: int
    """Most frames between two key frames."""
    moov_first: bool
    edit_list: bool
