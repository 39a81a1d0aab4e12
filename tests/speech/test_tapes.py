"""A person's recording becomes the clips of a chapter; the embedded engine stands for the person."""

from __future__ import annotations

import wave
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import av
import numpy as np
import pytest

from media_service.box.call import Box
from media_service.boxed import KNOWLEDGE, BoxedTapes
from media_service.domain.casting import Voice
from media_service.domain.passages import Role
from media_service.errors import InputError
from media_service.ffmpeg.process import bundled
from media_service.ffmpeg.sound import FfmpegSound
from media_service.ffmpeg.streams import waves
from media_service.intake.folder import JobFolders
from media_service.speech.espeak import Espeak
from media_service.speech.tapes import TapeFiles
from media_service.steps.narrate import narrate
from media_service.steps.take_in import take_in
from tests import fakes, make

SAID = (
    "Ngày xưa, ở một làng nọ ven biển, có hai anh em nhà kia cha mẹ mất sớm.",
    "Người anh lấy hết ruộng vườn, chỉ chia cho em một cây khế sau nhà.",
    "Một hôm, có con chim lạ bay đến ăn khế, người em khóc mà nói với chim.",
    "Chim bảo rằng ăn một quả trả cục vàng, may túi ba gang mang đi mà đựng.",
)
SCRIPT = f"---\ntitle: Cây khế\nkind: fairy-tale\nnarrator: co-lan\n---\n{' '.join(SAID)}\n"
PERSON = Voice("x", "espeak", "vi+m3", "x", pitch=40)
LAN = make.voice("co-lan", engine="recorded", disclosure="", title="Cô Lan")
VOICES = (LAN, make.voice("nu-mien-bac"))


def recording(said: tuple[str, ...], path: Path) -> list[tuple[float, float]]:
    """Write what a person might record, with a room's noise, waits and a cough; return when each sentence is said."""
    chance, parts, known, place = np.random.default_rng(1), [np.zeros(11_025)], [], 11_025
    for number, text in enumerate(said):
        speech = np.frombuffer(Espeak().speak(text, PERSON, 3.2 + 0.2 * number).pcm, "<i2").astype(float)
        cough = chance.normal(0, 3_000, 6_000) * np.hanning(6_000) if number == 1 else np.zeros(0)
        known.append((place / 22_050, (place + len(speech)) / 22_050))
        for part in (speech, np.zeros(12_000), cough, np.zeros(9_000)):
            parts.append(part)
            place += len(part)
    sound = np.concatenate(parts)
    sound += chance.normal(0, 20, len(sound))
    path.parent.mkdir(parents=True, exist_ok=True)
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, 22_050, 0, "NONE", ""))
        file.writeframes(np.clip(sound, -32_768, 32_767).astype("<i2").tobytes())
    return known


@pytest.fixture
def job(tmp_path: Path) -> Path:
    folder = tmp_path / "cay-khe"
    folder.mkdir()
    (folder / "script.md").write_text(SCRIPT, encoding="utf-8")
    return folder


def bench(job: Path):  # type: ignore[no-untyped-def]
    doors = {"job_files": JobFolders(), "voices": VOICES, "tapes": TapeFiles(), "sound": FfmpegSound(bundled())}
    speech = Hums()
    return fakes.tools(job.parent, make.script(), **doors, speech=speech)


class Hums:
    """Announces; what a person has recorded it is not asked for."""

    def speak(self, text: str, voice: Voice, syllables_per_s: float):  # type: ignore[no-untyped-def]
        assert voice.name == "nu-mien-bac"
        return Espeak().speak(text, replace(PERSON, id="vi"), syllables_per_s)

    def version(self, voice: Voice) -> str:
        return "hums 1"


@pytest.mark.film
def test_a_chapter_that_a_person_recorded_is_cut_into_its_sentences_and_timed(job: Path) -> None:
    known = recording(SAID, job / "recordings" / "01.wav")
    tools = bench(job)
    (planned,) = take_in(job, tools).episodes
    episode = narrate(planned, tools)
    told = [
        (said, clip.facts)
        for said, clip in zip(episode.timeline.utterances, episode.clips, strict=True)
        if said.passage.role is Role.SENTENCE
    ]
    assert [said.passage.text for said, _ in told] == list(SAID)
    for (said, clip), (start, end) in zip(told, known, strict=True):
        assert clip.voice == "co-lan"
        assert abs(clip.length / 48_000 - (end - start)) < 0.4
        assert len(said.words) == len(said.passage.text.split())
    assert episode.cast.voices() == VOICES


@pytest.mark.film
def test_a_sentence_that_was_not_recorded_is_told_with_its_line(job: Path) -> None:
    recording((*SAID[:2], *SAID[3:]), job / "recordings" / "01.wav")
    tools = bench(job)
    (planned,) = take_in(job, tools).episodes
    with pytest.raises(InputError) as refusal:
        narrate(planned, tools)
    assert refusal.value.faults[0].line == 6
    assert "does not say" in refusal.value.faults[0].said.key


def test_a_chapter_without_its_recording_is_told_when_it_is_handed_in(job: Path) -> None:
    with pytest.raises(InputError, match=r"put it into recordings/01\.wav"):
        take_in(job, bench(job))


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("chuong-1.wav", b"RIFF1234WAVE", "is not named as a recording"),
        ("01.wav", b"MZ", "is no recording that can be used"),
    ],
)
def test_what_is_no_recording_is_refused(job: Path, name: str, content: bytes, said: str) -> None:
    (job / "recordings").mkdir()
    (job / "recordings" / name).write_bytes(content)
    with pytest.raises(InputError, match=said):
        take_in(job, bench(job))


@pytest.mark.parametrize("content", [b"RIFF\x24\x00\x00\x00WAVE", b"ID3 nothing", b"fLaC" + bytes(64)])
def test_a_damaged_recording_ends_in_a_sentence(tmp_path: Path, content: bytes) -> None:
    tape = tmp_path / "01.wav"
    tape.write_bytes(content)
    with pytest.raises(InputError, match=r"recordings/01\.wav is damaged|Nothing is heard"):
        TapeFiles().decode(tape, "recordings/01.wav", tmp_path / "out.flac")


@pytest.fixture(scope="module")
def boxed() -> Iterator[BoxedTapes]:
    with Box(KNOWLEDGE) as box:
        yield BoxedTapes(TapeFiles(), box)


@pytest.mark.parametrize(
    ("kind", "codec", "rate"),
    [("wav", "pcm_s16le", 44_100), ("mp3", "libmp3lame", 44_100), ("m4a", "aac", 48_000), ("flac", "flac", 22_050)],
)
def test_every_kind_of_recording_is_decoded_in_the_box(
    boxed: BoxedTapes, tmp_path: Path, kind: str, codec: str, rate: int
) -> None:
    tape = tmp_path / f"01.{kind}"
    wave = np.sin(2 * np.pi * 220 * np.arange(2 * rate) / rate) * 0.3
    with av.open(str(tape), "w") as file:
        stream = file.add_stream(codec, rate=rate, layout="stereo")
        sides = np.stack([wave, wave]).astype(np.float32)
        frame = av.AudioFrame.from_ndarray(sides, format="fltp", layout="stereo")
        frame.sample_rate = rate
        room = stream.frame_size or 1024
        fit = av.AudioResampler(format=stream.format, layout="stereo", rate=rate, frame_size=room)
        for made in (*fit.resample(frame), *fit.resample(None), None):
            file.mux(stream.encode(made))
    length = boxed.decode(tape, f"recordings/01.{kind}", tmp_path / "decoded.flac")
    assert length / 48_000 == pytest.approx(2, abs=0.08)
    heard = np.concatenate(list(waves(tmp_path / "decoded.flac", 48_000)))
    assert len(heard) == length
    assert np.sqrt(np.square(heard[24_000:72_000]).mean()) == pytest.approx(
        0.3 / np.sqrt(2), rel=0.07
    )  # LAME takes 5 % away
