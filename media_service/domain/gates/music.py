"""Standards of music under the voice (A13, A14), told of its stem; an episode without music has nothing to hold to."""

from __future__ import annotations

from media_service.domain.gates.evidence import Evidence
from media_service.domain.gates.standard import PROPOSAL, RULE, Measured, Standard, at_least, at_most
from media_service.domain.timeline import seconds


def _median(of: Evidence) -> Measured | None:
    return at_least(of.bed.under_db, 20, "dB") if of.bed else None


def _nearest(of: Evidence) -> Measured | None:
    return at_least(of.bed.under_tenth_db, 15, "dB") if of.bed else None


def _loudness(of: Evidence) -> Measured | None:
    return at_most(of.bed.loudness_lufs - of.bed.speech_lufs, 0, "LU") if of.bed else None


def _fades(of: Evidence) -> Measured | None:
    return at_least(min(of.bed.fade_in_s, of.bed.fade_out_s), 1, "s") if of.bed else None


def _before(of: Evidence) -> Measured | None:
    return at_most(seconds(of.timeline.utterances[0].start), 8, "s") if of.bed else None


MUSIC = (
    Standard("A13", "music under speech, at the median", RULE, _median),
    Standard("A13", "music under speech, where it is nearest", RULE, _nearest),
    Standard("A14", "music against the loudness of speech", PROPOSAL, _loudness),
    Standard("A14", "shortest fade of the music", PROPOSAL, _fades),
    Standard("A14", "music before the first word", PROPOSAL, _before),
)
