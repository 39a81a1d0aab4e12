"""Several recordings of one passage joined into one clip: other voices, other pace, one level, no seam.

What is said by one voice is levelled together, so that a stressed word keeps its weight and a short one gets none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from media_service.domain.timeline import Clip, Word
from media_service.ffmpeg.clip import CEILING, Sound, gain, resampled, speaking_level, timed, trimmed
from media_service.ffmpeg.clip_sound import clip_sound
from media_service.ffmpeg.streams import write_flac
from media_service.ports import Take


def splice(takes: Sequence[Take], path: Path) -> Clip:
    """Write takes one after another as 48 kHz mono 16-bit FLAC; see `ports.Sound.splice`."""
    sounds, words = zip(*map(_heard, takes), strict=True)
    whole = np.concatenate(sounds)
    heard = clip_sound(np.rint(whole * 32767).astype(np.int16), whole, speaking_level(whole))
    levels = _levels(takes, sounds)
    parts: list[Sound] = []
    placed: list[Word] = []
    for take, sound, said in zip(takes, sounds, words, strict=True):
        placed += [word.later(sum(map(len, parts))) for word in said]
        parts += [sound * gain(sound, levels[take.voice], take.recording.gain_db)]
        parts += [np.zeros(take.pause, np.float32)]
    joined = np.concatenate(parts)
    joined *= min(1.0, CEILING / float(np.abs(joined).max()))
    write_flac(np.rint(joined * 32767).astype(np.int16), path)
    return Clip(len(joined), tuple(placed), sound=heard)


def _heard(take: Take) -> tuple[Sound, tuple[Word, ...]]:
    """Return a take without its silences at 48 kHz, and its words in it, as characters of the whole passage."""
    recording = take.recording
    spoken, first = trimmed(recording)
    sound = resampled(spoken, recording.sample_rate)
    words = timed(recording.words, first, recording.sample_rate, len(sound))
    return sound, tuple(replace(word, first=word.first + take.place, last=word.last + take.place) for word in words)


def _levels(takes: Sequence[Take], sounds: Sequence[Sound]) -> dict[str, float]:
    """Return how loud each voice speaks, as its engine gave it; a lone word says little of that, so all count."""
    levels = {}
    for voice in {take.voice for take in takes}:
        own = [sound for take, sound in zip(takes, sounds, strict=True) if take.voice == voice]
        levels[voice] = speaking_level(np.concatenate(own))
    return levels
