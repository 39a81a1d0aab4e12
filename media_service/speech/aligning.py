"""When each word of a recording sounds, where its engine or its reader does not tell: by a voice that does.

The embedded engine says the same text; where its words lie in the recording is found by dynamic time warping over
mel-frequency cepstra (the method of aeneas). What was recorded is never changed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from media_service.domain.casting import Voice
from media_service.domain.timeline import Word
from media_service.errors import NothingToSayError, SetupError
from media_service.ports import Recording, Speech
from media_service.speech.features import HOP_S, features
from media_service.speech.warping import Way, warp

VERSION = "aligned/1"
"""Raised whenever the same recording and text get other times than before."""
PACE = 3.6
"""Syllables a second of the voice that shows the way; the recording may be half as fast or twice."""

_IDS = {"vi": "vi+f3", "en": "en-us+f3"}
_REGIONS = {"nam": "vi-vn-x-south+f3", "trung": "vi-vn-x-central+f3"}
_QUIET_DB = 38.0
"""An edge so far below the loudest tenth of the frames is no speech,"""
_ABOVE_DB = 9.0
"""and none that is not so far above the noise of the room."""


def timed(recording: Recording, text: str, voice: Voice, guide: Speech) -> Recording:
    """Return the recording with its words timed; as it is where the guide cannot say the text or nothing is heard."""
    begin, end = spoken_part(recording)
    said = guided(text, voice, guide)
    if said is None or begin >= end:
        return recording
    rate = recording.sample_rate
    pcm = recording.pcm[2 * begin : 2 * end]
    way = warp(features(said.pcm, said.sample_rate), features(pcm, rate))
    words = _carried(said, way, rate)
    length = end - begin
    return replace(
        recording,
        words=tuple(
            replace(word, start=begin + min(word.start, length), end=begin + min(word.end, length)) for word in words
        ),
    )


def guided(text: str, voice: Voice, guide: Speech) -> Recording | None:
    """Return the text as the guide says it, with its words; None where it cannot."""
    try:
        return guide.speak(text, guide_of(voice), PACE)
    except (NothingToSayError, SetupError):
        return None


def guide_of(voice: Voice) -> Voice:
    """Return the embedded engine's voice that is nearest to another in language and region."""
    language = voice.language.partition("-")[0]
    known = _REGIONS.get(voice.region.casefold(), _IDS["vi"]) if language == "vi" else _IDS.get(language, language)
    return Voice("guide", "espeak", known, "guide", language=voice.language)


def spoken_part(recording: Recording) -> tuple[int, int]:
    """Return the samples between which anything is heard; (0, 0) for silence."""
    hop = max(round(HOP_S * recording.sample_rate), 1)
    sound = np.frombuffer(recording.pcm, "<i2")
    if len(sound) < hop:
        return (0, 0)
    frames = sound[: len(sound) // hop * hop].reshape(-1, hop).astype(np.float32)
    levels = 10 * np.log10(np.maximum(np.square(frames).mean(axis=1), 1.0))
    loud, noise = np.percentile(levels, 90), np.percentile(levels, 5)
    heard = np.flatnonzero(levels > max(loud - _QUIET_DB, min(noise + _ABOVE_DB, loud - _ABOVE_DB), 10.0))
    return (int(heard[0]) * hop, (int(heard[-1]) + 1) * hop) if heard.size else (0, 0)


def _carried(said: Recording, way: Way, rate: int) -> Sequence[Word]:
    """Return the guide's words at the times that the way leads them to, in order, none over another."""
    frames = way.middle()
    edges = np.array([(word.start, word.end) for word in said.words], float).reshape(-1, 2) / (said.sample_rate * HOP_S)
    places: NDArray[np.float64] = np.interp(edges, np.arange(len(frames)), frames) * HOP_S * rate
    steady = np.maximum.accumulate(places.reshape(-1)).reshape(-1, 2)
    return [
        replace(word, start=round(start), end=round(end)) for word, (start, end) in zip(said.words, steady, strict=True)
    ]
