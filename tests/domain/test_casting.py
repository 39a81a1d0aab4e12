"""Giving speakers their voices."""

from __future__ import annotations

from media_service.domain.casting import DEFAULT_NARRATOR, cast, unknown_voices
from tests import make

VOICES = (make.voice(DEFAULT_NARRATOR), make.voice("ong-cu"), make.voice("nam-mien-bac"))


def test_a_character_speaks_with_its_voice_and_everyone_else_is_the_narrator() -> None:
    chosen = cast(make.script(cast=(("Bụt", "ong-cu"),)), VOICES)
    assert chosen.voice("Bụt").name == "ong-cu"
    assert chosen.voice("Tấm").name == DEFAULT_NARRATOR
    assert chosen.voice(None).name == DEFAULT_NARRATOR


def test_every_unknown_voice_is_named_with_its_line_and_a_near_one() -> None:
    facts = make.facts(narrator="nam-mien-bắc", cast=(("Bụt", "ong-cu"), ("Vua", "zzz")))
    found = list(unknown_voices(facts, {"narrator": 4, "cast.Vua": 7}, VOICES))
    assert [(line, said.values["name"]) for line, said in found] == [
        (4, "nam-mien-bắc"),
        (7, "zzz"),
    ]
    assert found[0][1].values["nearest"] == "nam-mien-bac"
    assert "ong-cu" in str(found[1][1])


def test_each_voice_is_counted_once() -> None:
    script = make.script(cast=(("Bụt", "ong-cu"), ("Vua", "ong-cu"), ("Cám", DEFAULT_NARRATOR)))
    assert [voice.name for voice in cast(script, VOICES).voices()] == [DEFAULT_NARRATOR, "ong-cu"]


def test_what_is_only_read_about_a_voice_does_not_change_its_sound() -> None:
    plain = make.voice()
    assert plain.sound() == make.voice(title="Khác", sample="Khác", disclosure="Khác").sound()
    assert plain.sound() != make.voice(pitch=60).sound()
