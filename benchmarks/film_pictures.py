"""What the benchmark of films is made of: twelve pictures of the shipped works, drawn as slides, and sounds."""

from __future__ import annotations

import io
from itertools import cycle, islice
from pathlib import Path

import numpy as np
from PIL import Image

from benchmarks.narration import sentences
from media_service.domain.timeline import SAMPLE_RATE
from media_service.ffmpeg.process import bundled
from media_service.ffmpeg.sound import FfmpegSound
from media_service.ffmpeg.streams import write_flac
from media_service.ports import Silence
from media_service.slides import resvg
from media_service.speech.espeak import Espeak
from media_service.speech.profiles import load

JOBS = Path(__file__).parents[1] / "jobs"
COUNT = 12
SENTENCES = 40
PAUSE = SAMPLE_RATE // 2


def pictures(folder: Path) -> list[Path]:
    """Draw twelve slides."""
    drawn = []
    for number, svg in enumerate(sorted(JOBS.glob("*/*.svg"))[:COUNT]):
        picture = Image.open(io.BytesIO(resvg.png(svg.read_text("utf-8"), 1920))).convert("RGB")
        drawn.append(folder / f"slide-{number}.png")
        picture.resize((1920, 1080)).save(drawn[-1], compress_level=1)
    return drawn


def hum(seconds: int, path: Path) -> Path:
    """Write a sound of that length as the film's sound is written."""
    flac = path.with_suffix(".flac")
    write_flac((3_000 * np.sin(np.arange(seconds * 48_000) * 2 * np.pi * 220 / 48_000)).astype(np.int16), flac)
    FfmpegSound(bundled()).film_sound(flac, path)
    return path


def narration(seconds: int, path: Path) -> None:
    """Write the master of an audiobook of about that length: some sentences, again and again."""
    sound, speech = FfmpegSound(bundled()), Espeak()
    voice = next(one for one in load((JOBS.parent / "voices",)) if one.name == "nu-mien-bac")
    said: list[tuple[Path, int]] = []
    for number, sentence in enumerate(islice(sentences(), SENTENCES)):
        clip = path.with_name(f"clip-{number}.flac")
        said.append((clip, sound.clip(speech.speak(sentence, voice, 4.0), clip).length))
    parts: list[Path | Silence] = []
    length = 0
    for clip, samples in cycle(said):
        if length > seconds * SAMPLE_RATE:
            break
        parts += [clip, Silence(PAUSE)]
        length += samples + PAUSE
    sound.master(parts, path)
