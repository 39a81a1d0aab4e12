"""A passage of several voices: an English span in a Vietnamese sentence, spoken, levelled and timed as one clip."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from media_service.domain.episode import Narrated
from media_service.domain.timeline import Word
from media_service.errors import SilentVoiceError
from media_service.ffmpeg.clip import speaking_level
from media_service.ffmpeg.process import bundled
from media_service.ffmpeg.sound import FfmpegSound
from media_service.ffmpeg.streams import waves
from media_service.intake.folder import JobFolders
from media_service.ports import Recording, Take
from media_service.speech.engines import Engines
from media_service.speech.profiles import load
from media_service.steps.narrate import narrate
from media_service.steps.take_in import take_in
from tests import fakes, make

SHIPPED = Path(__file__).parents[2] / "voices"
SCRIPT = """---
title: Bài hát
kind: fairy-tale
narrator: nu-mien-bac
---
Các em nhỏ cùng nhau hát [en: Happy birthday to you] thật vang dưới gốc khế.
"""
RATE = 48_000


@pytest.fixture(scope="module")
def narrated(tmp_path_factory: pytest.TempPathFactory) -> tuple[Narrated, np.ndarray]:
    """The episode, and the sound of its one sentence."""
    folder = tmp_path_factory.mktemp("spans")
    (folder / "bai-hat").mkdir()
    (folder / "bai-hat/script.md").write_text(SCRIPT, encoding="utf-8")
    doors = {"job_files": JobFolders(), "voices": load([SHIPPED]), "sound": FfmpegSound(bundled()), "speech": Engines()}
    tools = fakes.tools(folder, make.script(), **doors)
    (planned,) = take_in(folder / "bai-hat", tools).episodes
    episode = narrate(planned, tools)
    return episode, np.concatenate(list(waves(tools.shelf.reach(_sung(episode)[1].key), RATE)))


def _sung(episode: Narrated):  # type: ignore[no-untyped-def]
    return next(
        (passage, clip)
        for passage, clip in zip(episode.passages, episode.clips, strict=True)
        if "birthday" in passage.text
    )


def _words(episode: Narrated) -> list[Word]:
    """Return the words of the sung sentence, timed from its own start."""
    (said,) = [said for said in episode.timeline.utterances if "birthday" in said.passage.text]
    return [word.later(-said.start) for word in said.words]


def test_the_english_words_are_said_by_the_english_voice(narrated) -> None:  # type: ignore[no-untyped-def]
    _, clip = _sung(narrated[0])
    assert clip.facts.voice == "nu-mien-bac, tieng-anh"
    assert clip.facts.draft
    assert not clip.facts.fallback_from


def test_every_word_is_timed_in_order_inside_the_clip(narrated) -> None:  # type: ignore[no-untyped-def]
    passage, clip = _sung(narrated[0])
    words = _words(narrated[0])
    said = [passage.text[word.first : word.last].strip(".,") for word in words]
    assert said == passage.text.strip(".").split()
    assert clip.facts.length == len(narrated[1])
    moments = [moment for word in words for moment in (word.start, word.end)]
    assert moments == sorted(moments)
    assert moments[-1] <= clip.facts.length


def test_both_voices_are_as_loud(narrated) -> None:  # type: ignore[no-untyped-def]
    episode, sound = narrated
    passage, _ = _sung(episode)
    first, last = (passage.text.index(word) for word in ("Happy", "thật"))
    english = [word for word in _words(episode) if first <= word.first < last]
    rest = np.concatenate([sound[: english[0].start], sound[english[-1].end :]])
    apart = speaking_level(sound[english[0].start : english[-1].end]) - speaking_level(rest)
    assert abs(apart) <= 2  # standard A6


def tone(seconds: float, level: float) -> Recording:
    wave = np.sin(2 * np.pi * 220 * np.arange(round(seconds * 22_050)) / 22_050) * level
    return Recording(wave.astype("<i2").tobytes(), 22_050, ())


def test_takes_are_levelled_by_voice_with_their_pause_between_and_no_seam(tmp_path: Path) -> None:
    takes = (Take(tone(1, 2_000), "a", 0, 12_000), Take(tone(1, 12_000), "b", 5, 0), Take(tone(0.2, 2_000), "a", 9, 0))
    clip = FfmpegSound(bundled()).splice(takes, tmp_path / "clip.flac")
    sound = np.concatenate(list(waves(tmp_path / "clip.flac", RATE)))
    assert clip.length == len(sound)
    quiet = np.flatnonzero(np.abs(sound) > 1e-4)
    assert np.diff(quiet).max() == pytest.approx(12_000, abs=1_500)  # the planned pause
    first, second = sound[10_000:40_000], sound[70_000:100_000]
    assert speaking_level(first) == pytest.approx(speaking_level(second), abs=0.3)
    assert np.abs(np.diff(sound)).max() < 1.5 * np.abs(np.diff(first)).max()  # no click where two meet


def test_one_silent_take_spoils_the_passage(tmp_path: Path) -> None:
    takes = (Take(tone(1, 2_000), "a"), Take(Recording(bytes(44_100), 22_050, ()), "b"))
    with pytest.raises(SilentVoiceError):
        FfmpegSound(bundled()).splice(takes, tmp_path / "clip.flac")
    assert not (tmp_path / "clip.flac").exists()
