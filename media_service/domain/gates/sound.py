"""Standards of the sound as a whole file: loudness, peaks, noise, formats (A1-A7)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from math import log10

from media_service.domain.gates.evidence import Evidence
from media_service.domain.gates.standard import PROPOSAL, RULE, Measured, Standard, at_most, same, within
from media_service.domain.measured import Coding, SoundFacts
from media_service.domain.passages import Role
from media_service.domain.timeline import SAMPLE_RATE

LEAST = 2 * SAMPLE_RATE
"""A voice that speaks for less has no loudness of its own to compare."""


def _voices(of: Evidence) -> Measured | None:
    """Hold each voice to the narrator's level: that of all its sentences together, as they are heard."""
    spoken: defaultdict[str, list[tuple[float, int]]] = defaultdict(list)
    for said, level in zip(of.timeline.utterances, of.levels, strict=bool(of.levels)):
        if said.passage.role is Role.SENTENCE:
            spoken[said.passage.voice.name].append((level, said.end - said.start))
    known = {voice: _together(parts) for voice, parts in spoken.items() if sum(part[1] for part in parts) > LEAST}
    if len(known) < 2:
        return None
    narrator = max(known, key=lambda voice: sum(part[1] for part in spoken[voice]))
    return at_most(max(abs(level - known[narrator]) for level in known.values()), 2, "LU")


def _together(parts: Sequence[tuple[float, int]]) -> float:
    energy = sum(10 ** (level / 10) * length for level, length in parts)
    return 10 * log10(max(energy, 1e-12) / sum(length for _, length in parts))


def _coding(found: Coding | None, wanted: str) -> Measured | None:
    if found is None:
        return None
    lossless = f"{found.bits} bit" if found.bits else f"{found.kbps} kb/s"
    return same(f"{found.codec} {found.sample_rate} Hz, {found.channels} ch, {lossless}", wanted)


def _book_loudness(of: Evidence) -> Measured | None:
    return within(of.book_part.loudness_lufs, (-20, -18), "LUFS") if of.book_part else None


def _book_peak(of: Evidence) -> Measured | None:
    return at_most(of.book_part.true_peak_dbtp, -3, "dBTP") if of.book_part else None


def _book_format(of: Evidence) -> Measured | None:
    if of.book_part is None:
        return None
    coding = of.book_part.coding
    return same(f"{coding.codec} {coding.sample_rate} Hz, {coding.channels} ch", "aac 48000 Hz, 1 ch")


def _book_rate(of: Evidence) -> Measured | None:
    return within(of.book_part.coding.kbps, (64, 96), "kb/s") if of.book_part else None


def _format(sound: SoundFacts) -> str:
    return f"{sound.codec} {sound.sample_rate} Hz, {sound.channels} ch"


SOUND = (
    Standard(
        "A1", "loudness of the listener's copy", RULE, lambda of: within(of.mp3.loudness_lufs, (-20, -18), "LUFS")
    ),
    Standard("A1", "loudness of the M4B", RULE, _book_loudness),
    Standard("A2", "loudness of the film", RULE, lambda of: within(of.film_sound.loudness_lufs, (-15, -13), "LUFS")),
    Standard("A3", "true peak of the listener's copy", RULE, lambda of: at_most(of.mp3.true_peak_dbtp, -3, "dBTP")),
    Standard("A3", "true peak of the M4B", RULE, _book_peak),
    Standard("A3", "true peak of the film", RULE, lambda of: at_most(of.film_sound.true_peak_dbtp, -1, "dBTP")),
    Standard("A4", "RMS of the listener's copy", RULE, lambda of: within(of.mp3.rms_db, (-23, -18), "dBFS")),
    Standard("A5", "noise in the pauses", RULE, lambda of: at_most(of.mp3.pauses_rms_db, -60, "dBFS")),
    Standard("A5", "longest digital silence", PROPOSAL, lambda of: at_most(of.mp3.longest_digital_zero_s, 0.2, "s")),
    Standard("A6", "voices away from the narrator's loudness", PROPOSAL, _voices),
    Standard("A6", "loudness range", PROPOSAL, lambda of: at_most(of.mp3.range_lu, 8, "LU")),
    Standard("A7", "format of the master", PROPOSAL, lambda of: _coding(of.master, "flac 48000 Hz, 1 ch, 24 bit")),
    Standard("A7", "format of the listener's copy", RULE, lambda of: same(_format(of.mp3), "mp3 44100 Hz, 1 ch")),
    Standard(
        "A7", "bit rate of the listener's copy", RULE, lambda of: _coding(of.mp3_coding, "mp3 44100 Hz, 1 ch, 128 kb/s")
    ),
    Standard("A7", "format of the M4B", PROPOSAL, _book_format),
    Standard("A7", "bit rate of the M4B", PROPOSAL, _book_rate),
    Standard("A7", "format of the film's sound", RULE, lambda of: same(_format(of.film_sound), "aac 48000 Hz, 2 ch")),
)
