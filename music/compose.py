"""Plays the scores of this folder, with strings plucked as those of the đàn tranh and a soft flute, as a loop.

`python -m music.compose` writes `<name>.opus` beside each `<name>.toml`. What rings on after the last beat is laid
under the first ones, so that a piece may be repeated without a seam. The sounds are computed here, nothing is sampled.
"""

from __future__ import annotations

import subprocess
import tomllib
from pathlib import Path
from typing import Any

import imageio_ffmpeg
import numpy as np
from numpy.typing import NDArray

Sound = NDArray[np.float64]

RATE = 48_000
STEPS = {"C": -9, "D": -7, "E": -5, "F": -4, "G": -2, "A": 0, "B": 2}
PEAK = 0.5


def main() -> None:
    """Play every score and write it down."""
    for score in sorted(Path(__file__).parent.glob("*.toml")):
        write(piece(tomllib.loads(score.read_text(encoding="utf-8"))), score.with_suffix(".opus"))


def piece(score: dict[str, Any]) -> Sound:
    """Return a score as sound, one round of it."""
    beat = 60 / score["tempo"]
    played = np.zeros(round(score["beats"] * beat * RATE))
    for part in score["parts"]:
        instrument = {"tranh": plucked, "flute": blown}[part["instrument"]]
        generator = np.random.default_rng(part.get("seed", 1))
        place = 0.0
        for note in part["notes"].split():
            name, _, beats = note.partition(":")
            if name != "-":
                sound = instrument(hertz(name), float(beats) * beat, generator) * part.get("level", 1.0)
                lay(played, sound, round((place + generator.uniform(0, 0.012)) * RATE))
            place += float(beats) * beat
    return played * (PEAK / np.abs(played).max())


def lay(played: Sound, sound: Sound, place: int) -> None:
    """Add a sound at its place; what goes beyond the end goes on from the beginning."""
    at = np.arange(place, place + len(sound)) % len(played)
    np.add.at(played, at, sound)


def hertz(name: str) -> float:
    """Return the frequency of a note such as G4."""
    return float(440 * 2 ** ((STEPS[name[0]] + 12 * (int(name[-1]) - 4)) / 12))


def plucked(frequency: float, _: float, generator: np.random.Generator) -> Sound:
    """Pluck a string after Karplus and Strong: noise runs round in it and loses its edges for four seconds."""
    period = RATE / frequency
    size, share = int(period - 0.5), period - 0.5 - int(period - 0.5)
    share = min(max(share, 0.1), 0.9)
    turn = generator.uniform(-1, 1, size)
    for _ in range(4):  # a finger is soft
        turn = (turn + np.roll(turn, 1)) / 2
    turn -= turn.mean()
    keep = 0.5 ** (1 / (frequency * 0.9))
    turns = [turn]
    for _ in range(int(4 * frequency)):
        turn = keep * ((1 - share / 2) * turn + share / 2 * np.roll(turn, 1))
        turns.append(turn)
    string = np.concatenate(turns)
    return string / np.abs(string).max() * np.minimum(1, np.arange(len(string)) / (0.002 * RATE)) * away(string, 1.0)


def blown(frequency: float, length: float, generator: np.random.Generator) -> Sound:
    """Blow a flute: few overtones, a breath, and a slow trembling that comes late, as singers do it."""
    time = np.arange(round((length + 0.25) * RATE)) / RATE
    late = np.clip((time - 0.6) / 0.8, 0, 1)
    phase = 2 * np.pi * np.cumsum(frequency * (1 + 0.004 * late * np.sin(2 * np.pi * 4.8 * time))) / RATE
    tone = np.sin(phase) + 0.18 * np.sin(2 * phase) + 0.06 * np.sin(3 * phase)
    breath = np.convolve(generator.normal(0, 1, len(time)), np.hanning(24) / 12, "same")
    rise = np.minimum(1, time / 0.18) ** 2 * np.minimum(1, (time[-1] - time) / 0.3)
    return 0.35 * (tone + 0.02 * breath) * rise


def away(sound: Sound, seconds: float) -> Sound:
    """Return a slope that takes the last seconds of a sound to nothing."""
    return np.minimum(1, np.arange(len(sound))[::-1] / (seconds * RATE))


def write(played: Sound, path: Path) -> None:
    """Write a round as Opus."""
    program = [imageio_ffmpeg.get_ffmpeg_exe(), "-y", "-v", "error", "-f", "f32le", "-ar", str(RATE), "-ac", "1"]
    coded = [
        "-i",
        "pipe:0",
        "-c:a",
        "libopus",
        "-b:a",
        "96k",
        "-f",
        "ogg",
        "-map_metadata",
        "-1",
        "-fflags",
        "+bitexact",
    ]
    subprocess.run([*program, *coded, str(path)], input=played.astype("<f4").tobytes(), check=True)  # noqa: S603  # our own sound


if __name__ == "__main__":
    main()
