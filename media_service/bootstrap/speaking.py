"""Settings -> the voices that speak: every engine, asked politely and patiently, in parts that it takes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from media_service.box.call import Box
from media_service.boxed import VOICES, BoxedEspeak
from media_service.domain.casting import Voice
from media_service.domain.timeline import Clip
from media_service.errors import NotWritableError
from media_service.ffmpeg.process import bundled
from media_service.ffmpeg.shaping import FfmpegShaping
from media_service.ffmpeg.sound import FfmpegSound
from media_service.messages import message
from media_service.ports import Speech
from media_service.settings import Settings
from media_service.speech.advising import Outlook, advise
from media_service.speech.engines import ENGINES, Engines
from media_service.speech.means import Means
from media_service.speech.parting import InParts
from media_service.speech.patient import Patient
from media_service.speech.polite import OwnTurns, Polite
from media_service.speech.profiles import load


def speech(settings: Settings, box: Box) -> Speech:
    """Return the door to all engines; what may crash speaks in the box."""
    makers = {**ENGINES, "espeak": lambda _: BoxedEspeak(box)}
    return InParts(Patient(Polite(Engines(makers, means(settings)), OwnTurns())))


def outlook(settings: Settings) -> Outlook:
    """Return how this machine stands with the voices that scripts may name."""
    return advise(load(settings.folders("voices")), Engines(means=means(settings)))


def preview(voice: Voice, text: str, syllables_per_s: float, path: Path, settings: Settings) -> Clip:
    """Let a voice speak into a file, as a clip of a work would sound; the file appears whole or not at all."""
    with Box(VOICES) as box:
        recording = speech(settings, box).speak(text, voice, syllables_per_s)
    part = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        clip = FfmpegSound(settings.ffmpeg or bundled()).clip(replace(recording, gain_db=voice.gain), part)
        part.replace(path)
    except OSError as exc:
        said = message("{path} cannot be written ({reason}); choose another place.", path=path, reason=exc.strerror)
        raise NotWritableError(said) from exc
    finally:
        part.unlink(missing_ok=True)
    return clip


def means(settings: Settings) -> Means:
    """Return what engines are given."""
    speaking = settings.speaking
    return Means(
        shaping=FfmpegShaping(settings.ffmpeg or bundled()),
        models=settings.models,
        google=speaking.google,
        edge=speaking.edge,
        openai=speaking.openai,
        openai_key=speaking.openai_key,
    )
