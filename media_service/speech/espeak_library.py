"""The C library eSpeak NG, one utterance at a time; nobody but `espeak.py` talks to it.

The library keeps noise and pitch wobble running from one utterance to the next, so the same call never gives the same
bytes twice. It is therefore loaded afresh for every utterance (about 3 ms) and unloaded after it.
"""

from __future__ import annotations

import ctypes
import os
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from importlib.metadata import version
from pathlib import Path
from threading import Lock

from media_service.errors import SetupError
from media_service.messages import message

SAMPLE_RATE = 22_050
VOLUME = 50
"""Of 100: louder, several voices reach the end of the scale and crackle (measured); clips are levelled anyway."""
PITCH_RANGE = 60
"""50 is the engine's own; a little more sets the six tones farther apart without breaking the voice (measured)."""

_AUDIO_RETRIEVAL = 2
_UTF8_ONLY = 1
"""Neither the SSML nor the phoneme flag: `<break/>` and `[[a]]` are characters like others."""
_NEVER_EXIT = 0x8000
_SEED = 1
_VOICE_ID = re.compile(r"[a-z]{2,3}(-[a-z0-9]+)*(\+[A-Za-z0-9][A-Za-z0-9 ]*)?")
_ONE_AT_A_TIME = Lock()
"""The library has one state in a process, whoever calls it."""


class _Parameter(IntEnum):
    RATE = 1
    VOLUME = 2
    PITCH = 3
    RANGE = 4


class Happening(IntEnum):
    """What an event tells."""

    WORD = 1
    END = 5
    """A clause has ended, its pause included."""


@dataclass(frozen=True, slots=True)
class Event:
    """`position` is a character of the text, from 0; `sample` counts from the beginning of the sound."""

    what: Happening
    position: int
    sample: int


@dataclass(frozen=True, slots=True)
class Manner:
    """How to speak: a voice id, words a minute (80-450), pitch (0-100)."""

    voice: str
    words_per_minute: int
    pitch: int


class _CEvent(ctypes.Structure):
    _fields_ = [  # ctypes asks for this very attribute
        ("type", ctypes.c_int),
        ("unique_identifier", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("id", ctypes.c_char * 8),
    ]


_Callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.POINTER(_CEvent))


def utter(text: str, manner: Manner) -> tuple[bytes, list[Event]]:
    """Speak `text`; returns mono 16-bit PCM at `SAMPLE_RATE` and the events in order.

    The same arguments give the same bytes. Raises SetupError where the library, its data or the voice is missing.
    """
    sound = bytearray()
    events: list[Event] = []

    def hear(samples: int | None, count: int, heard: Sequence[_CEvent]) -> int:
        if samples:  # the last call brings events alone
            sound.extend(ctypes.string_at(samples, count * 2))
        events.extend(_read(heard))
        return 0

    written = text.encode()
    with _ONE_AT_A_TIME, _loaded() as library:
        _start(library)
        _choose(library, manner)
        callback = _Callback(hear)  # kept by this name while the library may call it
        library.espeak_SetSynthCallback(callback)
        library.espeak_Synth(written, ctypes.c_size_t(len(written) + 1), 0, 0, 0, _UTF8_ONLY, None, None)
        library.espeak_Terminate()
    return bytes(sound), events


@cache
def library_version() -> str:
    """Name the library's version and that of the wheel which carries it and its voice data; raises SetupError."""
    with _ONE_AT_A_TIME, _loaded() as library:
        library.espeak_Info.restype = ctypes.c_char_p
        spoken = library.espeak_Info(None).decode()
    return f"{spoken}/{version('espeakng-loader')}"


@contextmanager
def _loaded() -> Iterator[ctypes.CDLL]:
    try:
        import espeakng_loader  # noqa: PLC0415  # a machine may do without this engine

        library = ctypes.CDLL(espeakng_loader.get_library_path())
    except (ImportError, OSError) as exc:
        raise SetupError(
            message(
                "The voice engine eSpeak NG cannot be loaded ({reason}); install the package espeakng-loader again.",
                reason=exc,
            )
        ) from exc
    try:
        yield library
    finally:
        _unload(library)


def _unload(library: ctypes.CDLL) -> None:
    import _ctypes  # noqa: PLC0415  # the only way to let go of a library; its function has another name on Windows

    if sys.platform == "win32":
        _ctypes.FreeLibrary(library._handle)  # noqa: SLF001  # no public name for it
    else:
        _ctypes.dlclose(library._handle)  # noqa: SLF001  # no public name for it


def _data() -> Path:
    import espeakng_loader  # noqa: PLC0415  # stands beside the library, which is loaded by now

    return Path(espeakng_loader.get_data_path())


def _start(library: ctypes.CDLL) -> None:
    rate = library.espeak_Initialize(_AUDIO_RETRIEVAL, 0, os.fsencode(_data()), _NEVER_EXIT)
    if rate != SAMPLE_RATE:
        raise SetupError(
            message(
                "The voice engine eSpeak NG cannot read its data in {folder}; install the package espeakng-loader "
                "again, in a folder whose path is shorter than 160 characters.",
                folder=_data(),
            )
        )
    library.espeak_ng_SetRandSeed(ctypes.c_long(_SEED))


def _choose(library: ctypes.CDLL, manner: Manner) -> None:
    language, _, variant = manner.voice.partition("+")
    known = _VOICE_ID.fullmatch(manner.voice) and (not variant or (_data() / "voices" / "!v" / variant).is_file())
    if not known or library.espeak_SetVoiceByName(manner.voice.encode()) != 0:
        library.espeak_Terminate()
        raise SetupError(
            message(
                "The voice engine eSpeak NG has no voice “{voice}” (language “{language}”, variant “{variant}”); "
                "correct the id in the voice profile.",
                voice=manner.voice,
                language=language,
                variant=variant,
            )
        )
    settings = {
        _Parameter.RATE: manner.words_per_minute,
        _Parameter.VOLUME: VOLUME,
        _Parameter.PITCH: manner.pitch,
        _Parameter.RANGE: PITCH_RANGE,
    }
    for parameter, value in settings.items():
        library.espeak_SetParameter(int(parameter), value, 0)


def _read(heard: Sequence[_CEvent]) -> Iterator[Event]:
    index = 0
    while kind := heard[index].type:
        if kind in (Happening.WORD, Happening.END):
            yield Event(Happening(kind), heard[index].text_position - 1, heard[index].sample)
        index += 1
