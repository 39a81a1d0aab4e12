"""One recording of an engine made fit to be joined: trimmed, levelled, its edges faded, at the rate of the house.

All in this process, because a book has ten thousand clips and starting a program costs more than the work itself.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import av
import numpy as np
from av.audio.resampler import AudioResampler
from numpy.typing import NDArray

from media_service.domain.timeline import SAMPLE_RATE, Clip, Word
from media_service.errors import SilentVoiceError
from media_service.ffmpeg.clip_sound import clip_sound
from media_service.ffmpeg.meter import HOP, weighted_power
from media_service.ffmpeg.streams import write_flac
from media_service.messages import message
from media_service.ports import Recording

LEVEL_LUFS = -26.0
"""Loudness of every clip while it sounds; so low that hardly any voice's peaks meet the ceiling."""
CEILING = 10 ** (-1 / 20)
"""No sample of a clip is higher: -1 dBFS."""
SILENT_DB = -60.0
"""What never rises above this is not speech."""
RANGE_DB = 50.0
"""An edge quieter than the loudest sample by more than this is silence."""
LEAD_MS = 15
"""Kept before the first sound, so that soft consonants keep their onset."""
REST_MS = 40
"""Kept after the last sound, so that it may die away."""
FADE_IN_MS = 5
FADE_OUT_MS = 20

Sound = NDArray[np.float32]


def clip(recording: Recording, path: Path) -> Clip:
    """Write a recording as 48 kHz mono 16-bit FLAC and return its length and words; see `ports.Sound.clip`.

    Raises SilentVoiceError where nothing is heard in it.
    """
    spoken, first = trimmed(recording)
    sound = resampled(spoken, recording.sample_rate)
    level = speaking_level(sound)
    heard = clip_sound(np.frombuffer(spoken, "<i2"), sound, level)
    sound *= gain(sound, level, recording.gain_db)
    write_flac(np.rint(sound * 32767).astype(np.int16), path)
    return Clip(len(sound), tuple(timed(recording.words, first, recording.sample_rate, len(sound))), sound=heard)


def trimmed(recording: Recording) -> tuple[bytes, int]:
    """Return the PCM between the engine's silences with faded edges, and the sample at which it began."""
    detect_leading_silence, segment_of = _pydub()
    rate = recording.sample_rate
    spoken = segment_of(recording.pcm or bytes(2), sample_width=2, frame_rate=rate, channels=1)
    if spoken.max_dBFS < SILENT_DB:
        raise SilentVoiceError(
            message("The voice gave back silence; check that the text can be spoken, or choose another voice.")
        )
    threshold = max(SILENT_DB, spoken.max_dBFS - RANGE_DB)
    start = max(0, detect_leading_silence(spoken, threshold, 5) - LEAD_MS)
    end = min(len(spoken), len(spoken) - detect_leading_silence(spoken.reverse(), threshold, 5) + REST_MS)
    kept = spoken.get_sample_slice(start * rate // 1000, end * rate // 1000)
    return kept.fade_in(min(FADE_IN_MS, len(kept))).fade_out(min(FADE_OUT_MS, len(kept))).raw_data, start * rate // 1000


def _pydub() -> tuple[Any, Any]:
    """Import pydub without its warnings: it misses an ffmpeg on the PATH, which nothing here asks it to run."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pydub import AudioSegment  # noqa: PLC0415  # inside the guard
        from pydub.silence import detect_leading_silence  # noqa: PLC0415
    return detect_leading_silence, AudioSegment


def resampled(pcm: bytes, rate: int) -> Sound:
    """Return 16-bit mono PCM of any rate at 48 kHz, between -1 and 1."""
    frame = av.AudioFrame.from_ndarray(np.frombuffer(pcm, "<i2").reshape(1, -1), format="s16", layout="mono")
    frame.sample_rate = rate
    resampler = AudioResampler(format="flt", layout="mono", rate=SAMPLE_RATE)
    frames = [*resampler.resample(frame), *resampler.resample(None)]
    return np.concatenate([frame.to_ndarray().reshape(-1) for frame in frames]).astype(np.float32)


def gain(sound: Sound, level: float, more_db: float) -> float:
    """Return the factor that brings a voice of that level to the house's, and `more_db` above it, within the scale."""
    wanted = 10 ** ((LEVEL_LUFS + more_db - level) / 20)
    return float(min(wanted, CEILING / np.abs(sound).max()))


def speaking_level(sound: Sound) -> float:
    """Return the loudness of speech in LUFS after ITU-R BS.1770, gated relatively, for 48 kHz mono of any length.

    K-weighting is applied to each tenth of a second's spectrum, which is many times faster than filtering and within
    0.1 LU of it. Sound shorter than one gating block (0.4 s) is measured as a whole.
    """
    blocks = np.pad(sound, (0, -len(sound) % HOP)).reshape(-1, HOP)
    power = weighted_power(blocks)
    whole = len(sound) / (len(blocks) * HOP)
    windows = np.convolve(power, np.full(4, 0.25), "valid") if len(power) >= 4 else np.array([power.mean() / whole])
    loud = windows[windows >= windows.mean() * 0.1]
    return float(10 * np.log10(loud.mean()) - 0.691)


def timed(words: Iterable[Word], first: int, rate: int, length: int) -> Iterable[Word]:
    """Yield words in the clip's own samples, rising and inside it, whatever was trimmed away."""
    place = 0
    for word in words:
        start = min(max(place, round((word.start - first) * SAMPLE_RATE / rate)), length)
        place = min(max(start, round((word.end - first) * SAMPLE_RATE / rate)), length)
        yield Word(word.first, word.last, start, place)
