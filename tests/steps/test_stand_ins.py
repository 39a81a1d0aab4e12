"""A voice that cannot speak is replaced only as its profile says, never silently, and is asked again the next time."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from media_service import actions
from media_service.domain.casting import Voice
from media_service.domain.fallbacks import stand_ins
from media_service.domain.manifest import Manifest, StandIn
from media_service.domain.obstacles import replaced
from media_service.errors import SetupError, VoiceAwayError
from media_service.messages import message
from media_service.ports import Recording
from tests import fakes, make
from tests.steps.test_produce import NOW

WANTED = make.voice("hoai-my", engine="edge", fallback=("chi-google",))
OTHER = make.voice("chi-google", engine="gtts", fallback=("nu-mien-bac",))
DRAFT = make.voice("nu-mien-bac", engine="espeak", draft=True)


class Failing(fakes.FakeSpeech):
    """Some engines are away."""

    def __init__(self, *away: str) -> None:
        super().__init__()
        self.away = set(away)
        self.asked: list[str] = []

    def speak(self, text: str, voice: Voice, syllables_per_s: float) -> Recording:
        self.asked.append(voice.engine)
        if voice.engine in self.away:
            raise VoiceAwayError(message("The voice service {engine} is away.", engine=voice.engine))
        return super().speak(text, voice, syllables_per_s)

    def version(self, voice: Voice) -> str:
        if voice.engine == "piper":
            raise SetupError(message("not installed"))
        return f"{voice.engine} 1"


def produce(folder: Path, speech: Failing, *voices: Voice) -> Manifest:
    script = make.script(narrator=voices[0].name)
    tools = replace(fakes.tools(folder, script, speech=speech), voices=voices)
    return actions.produce(folder / "job", NOW, tools)


def test_without_a_declared_fallback_the_work_waits(tmp_path: Path) -> None:
    with pytest.raises(VoiceAwayError, match="edge is away"):
        produce(tmp_path, Failing("edge"), replace(WANTED, fallback=()), OTHER, DRAFT)


def test_the_declared_fallback_speaks_and_the_manifest_says_so(tmp_path: Path) -> None:
    made = produce(tmp_path, Failing("edge"), WANTED, OTHER, DRAFT)
    (told,) = made.episodes[0].stand_ins
    assert (told.wanted, told.spoke, told.engine) == ("hoai-my", "chi-google", "gtts 1")
    assert told.passages >= 2
    written = json.loads((tmp_path / "output/cay-khe/production.json").read_text(encoding="utf-8"))
    assert written["episodes"][0]["stand_ins"][0]["wanted"] == "hoai-my"
    assert not made.draft_voice


def test_a_draft_voice_that_stood_in_makes_the_work_a_draft(tmp_path: Path) -> None:
    made = produce(tmp_path, Failing("edge", "gtts"), WANTED, OTHER, DRAFT)
    assert made.draft_voice
    assert made.episodes[0].stand_ins[0].spoke == "nu-mien-bac"


def test_the_voice_that_was_wanted_is_asked_again_and_its_clips_take_the_place(tmp_path: Path) -> None:
    produce(tmp_path, Failing("edge"), WANTED, OTHER, DRAFT)
    well = Failing()
    again = produce(tmp_path, well, WANTED, OTHER, DRAFT)
    assert set(well.asked) == {"edge"}
    assert again.episodes[0].stand_ins == ()
    third = Failing()
    produce(tmp_path, third, WANTED, OTHER, DRAFT)
    assert third.asked == []


def test_an_engine_that_is_not_installed_is_replaced_too(tmp_path: Path) -> None:
    made = produce(tmp_path, Failing(), replace(WANTED, engine="piper"), OTHER, DRAFT)
    assert made.episodes[0].stand_ins[0].spoke == "chi-google"


def test_when_all_fail_the_first_fault_is_told(tmp_path: Path) -> None:
    with pytest.raises(VoiceAwayError, match="edge is away"):
        produce(tmp_path, Failing("edge", "gtts", "espeak"), WANTED, OTHER, DRAFT)


def test_stand_ins_are_asked_in_order_each_once() -> None:
    both = replace(WANTED, fallback=("chi-google", "nu-mien-bac"))
    assert stand_ins(both, (both, OTHER, DRAFT)) == (OTHER, DRAFT)
    assert stand_ins(DRAFT, (both, OTHER, DRAFT)) == ()


def test_a_reviewer_is_told_in_words() -> None:
    said = str(replaced(StandIn("hoai-my", "chi-google", "gtts 2", 3)))
    assert said.startswith("3 passages are spoken by “chi-google” (gtts 2) in place of “hoai-my”")
