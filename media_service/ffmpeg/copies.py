"""The copies that people hear, made from a master: MP3 for listeners, AAC for the film, each measured when encoded."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from media_service.ffmpeg import aac, boxes, command, loudness
from media_service.ffmpeg.bed import mixed
from media_service.ffmpeg.boxes import Track
from media_service.ffmpeg.limiter import chained
from media_service.ffmpeg.loudness import Aim, Chain, Loudness
from media_service.ffmpeg.master import PIECE
from media_service.ffmpeg.meter import Meter, highest
from media_service.ffmpeg.process import Ffmpeg
from media_service.ffmpeg.streams import faults_of, waves

LAME_LOSS_DB = 0.45
"""LAME turns a mono file at this bitrate down by so much (its scale is 0.95)."""
LISTENED_PEAK_DBTP = -3.0
"""Standard A3, for what is listened to: MP3 and M4B."""
SPARE_DB = 0.3
"""Coded again, the same sound peaks elsewhere, and that much higher or lower."""
FILM_AIM = Aim(lufs=-14.0, peak_dbtp=-1.1)
"""Standards A2 and A3; the meter tells tenths, so one is kept in hand."""
FILM_KBPS = 160
"""For the one channel that both sides are told from: 47 dB true to the master where 384 kb/s for two are 54, at a
fourth of the cost; above it the encoder takes twice as long."""
FILM_CHAIN = Chain(gain_db=2.0, limit_db=-1.5)
"""From a mono master at -19 LUFS: the same on both sides of two is 3 LU louder."""
TWICE_LU = 10 * math.log10(2)


def mp3(ffmpeg: Ffmpeg, master: Path, path: Path) -> None:
    """Write the listener's copy without its tags."""
    under_ceiling(lambda gain_db: ffmpeg.run(command.mp3(master, LAME_LOSS_DB + gain_db, path)), path)


def under_ceiling(encode: Callable[[float], object], path: Path) -> None:
    """Write a copy by `encode`, which is given a gain in dB; where it decodes to a peak too high, again so much lower.

    An encoder's peaks are not its master's.
    """
    gain_db = 0.0
    for _ in range(loudness.ROUNDS):
        encode(gain_db)
        excess = _peak_dbtp(path) - LISTENED_PEAK_DBTP
        if excess <= 0:
            return
        gain_db -= excess + SPARE_DB


def film_sound(master: Path, path: Path, bed: Path | None = None) -> None:
    """Write the film's copy; see `ports.Sound.film_sound`."""
    mono, pairs = path.with_name(f"{path.name}.mono"), path.with_name(f"{path.name}.pairs")

    def render(chain: Chain) -> Loudness:
        voice = waves(master, PIECE)
        pieces = chained(mixed(voice, waves(bed, PIECE)) if bed else voice, chain)
        both = aac.on_both_sides(aac.encode(pieces, FILM_KBPS, mono), pairs)
        boxes.write(path, Track([both], 2, aac.length(both), FILM_KBPS * 1000))
        return _heard_on_both_sides(mono)

    try:
        with faults_of(path):
            loudness.settle(FILM_AIM, FILM_CHAIN, render)
    finally:
        for left in (mono, pairs):
            left.unlink(missing_ok=True)


def _peak_dbtp(path: Path) -> float:
    """Return the true peak of what was encoded, which is decoded for it once."""
    peak = 0.0
    for piece in waves(path, PIECE, rate=None):
        peak = max(peak, highest(piece, peak))
    return 20 * math.log10(peak) if peak else float("-inf")


def _heard_on_both_sides(mono: Path) -> Loudness:
    """Return what the film's two sides measure, by the one that both decode to: half the work, and twice the power."""
    meter = Meter()
    for piece in waves(mono, PIECE):
        meter.take(piece)
    once = meter.loudness()
    return once if once.lufs is None else replace(once, lufs=once.lufs + TWICE_LU)
