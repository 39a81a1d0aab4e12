"""The copies that people hear, made from a master: MP3 for listeners, AAC for the film, each measured when encoded."""

from __future__ import annotations

from pathlib import Path

from media_service.ffmpeg import command, loudness
from media_service.ffmpeg.command import Chain
from media_service.ffmpeg.loudness import Aim, Loudness
from media_service.ffmpeg.process import Ffmpeg

LAME_LOSS_DB = 0.45
"""LAME turns a mono file at this bitrate down by so much (its scale is 0.95)."""
MP3_PEAK_DBTP = -3.0
FILM_AIM = Aim(lufs=-14.0, peak_dbtp=-1.1)
"""Standards A2 and A3; the meter tells tenths, so one is kept in hand."""
FILM_CHAIN = Chain(gain_db=2.0, limit_db=-1.5)
"""From a mono master at -19 LUFS: the same on both sides of two is 3 LU louder."""


def mp3(ffmpeg: Ffmpeg, master: Path, path: Path) -> None:
    """Write the listener's copy without its tags.

    Where decoding it shows a peak above the ceiling, it is made again that much quieter.
    """
    gain = LAME_LOSS_DB
    for _ in range(loudness.ROUNDS):
        ffmpeg.run(command.mp3(master, gain, path))
        excess = _heard(ffmpeg, path, "mp3").peak_dbtp - MP3_PEAK_DBTP
        if excess <= 0:
            return
        gain -= excess + 0.1


def film_sound(ffmpeg: Ffmpeg, master: Path, path: Path) -> None:
    """Write the film's copy; see `ports.Sound.film_sound`."""

    def render(chain: Chain) -> Loudness:
        ffmpeg.run(command.film_sound(master, chain, path))
        return _heard(ffmpeg, path, "mov")

    loudness.settle(FILM_AIM, FILM_CHAIN, render)


def _heard(ffmpeg: Ffmpeg, path: Path, demuxer: str) -> Loudness:
    return loudness.read(ffmpeg.run(command.weigh(path, demuxer), heed=True))
