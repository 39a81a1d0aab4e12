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
class BedFacts:
    """How music lies under speech, both heard apart in windows of 0.4 s in which there is speech (standard A13)."""

    under_db: float
    """So much lower than the speech at the median of all windows."""
    under_tenth_db: float
    """The same at the tenth of them where it is nearest."""
    loudness_lufs: float
    speech_lufs: float
    fade_in_s: float
    fade_out_s: float


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


@dataclass(frozen=True, slots=True)
class Coding:
    """How a sound file is coded; `bits` of a sample where the codec loses nothing, else 0."""

    codec: str
    sample_rate: int
    channels: int
    bits: int
    kbps: int


@dataclass(frozen=True, slots=True)
class BookPartFacts:
    """What an episode's part of the book says of itself and measures; it is laid into the book as it is."""

    coding: Coding
    loudness_lufs: float
    true_peak_dbtp: float


@dataclass(frozen=True, slots=True)
class Levels:
    """How loud each of some stretches of a sound is, in LUFS."""

    lufs: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class PictureFile:
    """What a finished picture's file is."""

    format: str
    width: int
    height: int
    size: int
    """Bytes."""


Look = tuple[int, ...]
"""How a frame looks from afar: the brightness (0-255) of 9 by 16 fields, row by row."""


@dataclass(frozen=True, slots=True)
class FilmSeen:
    """What a viewer sees of a finished film's pictures."""

    flashes: float
    """Most flashes in any second, of the whole frame or of a quarter of it, as WCAG 2.3.1 counts them."""
    red_flashes: float
    """The same of saturated red."""
    flashing: tuple[Span, ...]
    """Where more than one flash falls into a second."""
    black: tuple[Span, ...]
    blank: tuple[Span, ...]
    """Where the frame is of one colour: nothing is shown."""
    looks: tuple[Look, ...]
    """How the frames look that were asked for, in their order."""
