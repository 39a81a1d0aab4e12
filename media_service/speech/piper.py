"""The engine Piper behind the `Speech` door: neural voices on this machine, without a network; no times of words.

A voice's id is that of its model (`vi_VN-vais1000-medium`, for one of several speakers `vi_VN-vivos-x_low#12`), which
`media-service voices install` lays into the folder of models. Its breath is drawn by chance: the same words are said
alike each time, not byte for byte; what is on the shelf stays.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

import numpy as np

from media_service.domain.casting import Voice
from media_service.errors import SetupError, SilentVoiceError, VoiceFailedError
from media_service.messages import message
from media_service.ports import Recording
from media_service.speech.facts import FACTS
from media_service.speech.means import Means
from media_service.speech.models import installed
from media_service.speech.pacing import paced, tempo
from media_service.speech.plain import plain

if TYPE_CHECKING:
    from piper import PiperVoice

CODE_VERSION = 1
"""Raised whenever the same words and voice come out otherwise than before."""

_ID = re.compile(r"([A-Za-z0-9_]+-[A-Za-z0-9_]+-[a-z_]+)(?:#(\d{1,4}))?")
_LOUDEST = 0.9
"""Of full scale: Piper brings every sentence there, and stretching needs a little room above."""


@dataclass(frozen=True, slots=True)
class Piper:
    """Piper, from the extra `piper`; each model is loaded once."""

    means: Means
    _loaded: dict[str, PiperVoice] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def speak(self, text: str, voice: Voice, syllables_per_s: float) -> Recording:
        """Speak `text`; raises as the door says."""
        said = plain(text)
        model = self._model(voice)
        facts = FACTS["piper"]
        wanted = tempo(voice, syllables_per_s, facts)
        pcm = _synthesized(model, said.text, _speaker(voice), 1 / wanted.of_engine)
        if not np.frombuffer(pcm, "<i2").any():
            raise SilentVoiceError(
                message("The voice gave back silence; check that the text can be spoken, or choose another voice.")
            )
        return paced(Recording(pcm, model.config.sample_rate, ()), said, wanted, self.means.shaping)

    def version(self, voice: Voice) -> str:
        """Name the engine, the model by its content, and this code; raises SetupError where either is missing."""
        _require()
        model = installed(self.means.models, _parts(voice)[0])
        return f"piper {version('piper-tts')}/{model.sha256[:16]}/{CODE_VERSION}"

    def _model(self, voice: Voice) -> PiperVoice:
        _require()
        name, _ = _parts(voice)
        with self._lock:
            if name not in self._loaded:
                self._loaded[name] = _load(installed(self.means.models, name).path)
            return self._loaded[name]


def _require() -> None:
    try:
        import piper  # noqa: F401, PLC0415  # an extra: looked for when a voice needs it
    except ImportError as exc:
        raise SetupError(
            message("The voice engine Piper is not installed; install the addition media-service[piper].")
        ) from exc


def _parts(voice: Voice) -> tuple[str, int | None]:
    found = _ID.fullmatch(voice.id)
    if not found:
        raise SetupError(
            message(
                "Voice “{voice}” has the id “{id}”, which names no model; write for example “vi_VN-vais1000-medium”.",
                voice=voice.name,
                id=voice.id,
            )
        )
    return found[1], int(found[2]) if found[2] else None


def _speaker(voice: Voice) -> int | None:
    return _parts(voice)[1]


def _load(model: Path) -> PiperVoice:
    """Load a model to be computed on one core: how many work at the same time is the worker's affair."""
    import onnxruntime  # noqa: PLC0415  # of the extra
    from piper import PiperVoice  # noqa: PLC0415
    from piper.config import PiperConfig  # noqa: PLC0415

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    try:
        config = PiperConfig.from_dict(json.loads(model.with_name(model.name + ".json").read_bytes()))
        session = onnxruntime.InferenceSession(model, sess_options=options, providers=["CPUExecutionProvider"])
    except Exception as exc:  # its C++ raises classes without names; whatever it is, the model is not to be used
        raise SetupError(
            message(
                "The model {file} cannot be used ({reason}); install it again with media-service voices install.",
                file=model.name,
                reason=str(exc).splitlines()[0][:120],
            )
        ) from exc
    return PiperVoice(config=config, session=session)


def _synthesized(model: Any, text: str, speaker: int | None, length_scale: float) -> bytes:
    from piper import SynthesisConfig  # noqa: PLC0415  # of the extra

    scale = length_scale * model.config.length_scale
    asked = SynthesisConfig(speaker_id=speaker, length_scale=scale, volume=_LOUDEST)
    try:
        return b"".join(piece.audio_int16_bytes for piece in model.synthesize(text, asked))
    except Exception as exc:  # as above
        raise VoiceFailedError(
            message(
                "The voice engine Piper breaks off at this text ({reason}); reword it, or choose another voice.",
                reason=str(exc).splitlines()[0][:120] if str(exc) else type(exc).__name__,
            )
        ) from exc
