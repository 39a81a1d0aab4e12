"""What each change costs: the whole set of what is made again, so that no fingerprint loses an input unseen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from media_service import actions
from media_service.domain.casting import Voice
from media_service.domain.lexicon import Entry
from media_service.domain.music import Piece
from media_service.domain.pace import Age
from media_service.domain.script import Cue, Kind, Paragraph, Pause, Picture, Script, Words
from tests import fakes, make

NARRATOR = make.voice("nu-mien-bac", id="nữ")
OLD_MAN = make.voice("ong-cu", id="cụ")
SEA, SKY = make.picture("biển.png", "1" * 64), make.picture("trời.png", "2" * 64)

BOUND = frozenset({"mp3", "sound-facts", "levels", "coding"})
"""The listener's copy, and what is measured on it."""
FILMED = frozenset({"film-sound", "video", "film-facts", "film-seen", "strip"})
"""The film, and what is measured on it."""
HEARD = frozenset({"master", "captions", "book-part", "book-part-facts", "waveform"}) | FILMED | BOUND
"""What follows another sound."""
SEEN = frozenset({"slide", "shot", "video", "film-facts", "film-seen", "sound-facts", "strip"})
"""What follows another slide."""
COVER = frozenset({"thumbnail"}) | BOUND
"""What follows another thumbnail."""
LISTED = frozenset({"listing"})
"""What follows other facts that templates may tell of."""


def tale(
    *,
    sea: Picture = SEA,
    sky: Picture = SKY,
    said: str = "Cát trắng.",
    alt: str = "",
    pause: float = 1,
    **facts: object,
) -> Script:
    """Two pictures, one character, one pause; the first picture stands behind the title and on the thumbnail."""
    chapter = make.chapter(
        Paragraph((Cue(sea.name, alt, 1), Words(f"Biển xanh. {said}", 1)), 1),
        Paragraph((Words("Ta đi thôi!", 2), Pause(timedelta(seconds=pause), 2), Words("Nhanh lên!", 2)), 2, "An"),
        Paragraph((Cue(sky.name, alt, 3), Words("Trời tối dần, gió thổi mãi không ngừng.", 3)), 3),
    )
    given = {"narrator": "nu-mien-bac", "cast": (("An", "ong-cu"),), **facts}
    return replace(make.script(chapter, **given), pictures=(sea, sky))


def read_as(written: str, said: str) -> Script:
    """The same tale with a lexicon of its own."""
    return replace(tale(), lexicon=(Entry(written, said, "a note"),))


def voices(narrator: Voice = NARRATOR, old_man: Voice = OLD_MAN) -> Mapping[str, object]:
    return {"voices": (narrator, old_man)}


def reading(**facts: object) -> Mapping[str, object]:
    """The house's voices, the narrator's with other facts."""
    return voices(replace(NARRATOR, **facts))


class OtherWords(fakes.FakeDescriptions):
    words = "Một câu chuyện khác."


def made(folder: Path, script: Script, doors: Mapping[str, object]) -> frozenset[str]:
    tools = fakes.tools(folder, script, **{**voices(), **doors})
    return frozenset(actions.produce(folder / "job", datetime(2026, 1, 2, tzinfo=UTC), tools).work.made)


EVERYTHING = {"picture", "painting", "clip", "slide"} | HEARD | SEEN | COVER | LISTED
SPOKEN = {"clip"} | HEARD

SCRIPTS = {
    "nothing": (tale(), set()),
    "a picture": (tale(sky=replace(SKY, sha256="3" * 64)), {"picture", "painting"} | SEEN),
    "the first picture": (tale(sea=replace(SEA, sha256="3" * 64)), {"picture", "painting"} | SEEN | COVER),
    "pictures' names": (tale(sea=replace(SEA, name="1.png"), sky=replace(SKY, name="2.png")), set()),
    "pictures in each other's place": (tale(sea=SKY, sky=SEA), SEEN | COVER),
    "what a picture is said to show": (tale(alt="Biển lúc sáng sớm"), set()),
    "a word as long": (tale(said="Cát vàng."), SPOKEN),
    "a longer sentence": (tale(said="Cát trắng tinh khôi."), SPOKEN | {"shot"}),
    "how a word is written": (tale(said="CÁT trắng."), {"captions"}),
    "how a word is read": (read_as("Cát", "Cạt"), SPOKEN),
    "how a word is read that is not there": (read_as("Andersen", "An đéc xen"), set()),
    "title": (tale(title="Cây chuối"), SPOKEN | SEEN | COVER | LISTED),
    "short title": (tale(short_title="Khế"), COVER | LISTED),
    "author": (tale(author="Tô Hoài"), SPOKEN | SEEN | LISTED),
    "year": (tale(year="1941"), BOUND | LISTED),
    "summary": (tale(summary="Chim trả vàng."), LISTED),
    "age, and with it the pace": (
        tale(age=Age.YOUNG),
        SPOKEN | LISTED | {"frame"},
    ),  # its pictures stand too briefly now
    "a language that is spoken the same": (
        tale(language="ra"),
        {"video", "film-facts", "film-seen", "strip"} | BOUND | LISTED,
    ),
    "kind, and with it the style": (tale(kind=Kind.HERITAGE), SEEN | COVER | LISTED),
    "length of a pause": (tale(pause=2), HEARD | {"shot"}),
    "who speaks a character": (tale(cast=(("An", "nu-mien-bac"),)), SPOKEN | LISTED),
}

DOORS = {
    "a voice's engine": (reading(engine="other"), SPOKEN),
    "a voice's name there": (reading(id="other"), SPOKEN),
    "a voice's rate": (reading(rate=0.9), SPOKEN),
    "a voice's pitch": (reading(pitch=60), SPOKEN),
    "a character's pitch": (voices(old_man=replace(OLD_MAN, pitch=60)), SPOKEN),
    "a voice's title": (reading(title="Giọng khác"), BOUND),
    "a voice's sample": (reading(sample="Xin chào.", region="south", licence="CC0"), set()),
    "a voice's region": (reading(region="nam"), set()),
    "a voice's disclosure": (reading(disclosure="Giọng tổng hợp."), SPOKEN | SEEN | LISTED),
    "engine": ({"speech": fakes.FakeSpeech("fake 2")}, SPOKEN),
    "what makes sound": ({"sound": fakes.FakeSound("fake 2")}, SPOKEN),
    "what makes films": (
        {"film": fakes.FakeFilm("fake 2")},
        {"shot", "video", "film-facts", "film-seen", "sound-facts", "strip"},
    ),
    "what paints": ({"slides": fakes.FakeSlides(painting="2")}, {"painting"}),
    "template of title slides": ({"slides": fakes.FakeSlides(TitleSlide="2")}, SEEN),
    "template of picture slides": ({"slides": fakes.FakeSlides(PictureSlide="2")}, SEEN),
    "template of closing slides": ({"slides": fakes.FakeSlides(CreditsSlide="2")}, SEEN),
    "template of thumbnails": ({"slides": fakes.FakeSlides(Thumbnail="2")}, COVER),
    "template of descriptions": ({"descriptions": OtherWords()}, LISTED),
}

STEPS = {
    "say": SPOKEN,
    "assemble": HEARD,
    "shoot": SEEN - {"slide"},
    "join": {"film-sound"} | SEEN - {"slide", "shot"},
    "paint": {"painting"},
    "describe": COVER,
    "bind": BOUND,
    "inspect": {"film-facts", "film-seen", "sound-facts", "levels", "coding", "book-part-facts"},
    "outline": {"waveform", "strip"},
}


def test_the_first_run_makes_everything(tmp_path: Path) -> None:
    assert made(tmp_path, tale(), {}) == EVERYTHING


@pytest.mark.parametrize(("changed", "again"), SCRIPTS.values(), ids=SCRIPTS)
def test_a_changed_script_costs_what_shows_it(tmp_path: Path, changed: Script, again: frozenset[str]) -> None:
    made(tmp_path, tale(), {})
    assert made(tmp_path, changed, {}) == again


@pytest.mark.parametrize(("changed", "again"), DOORS.values(), ids=DOORS)
def test_a_changed_tool_costs_what_it_makes(
    tmp_path: Path, changed: Mapping[str, object], again: frozenset[str]
) -> None:
    made(tmp_path, tale(), {})
    assert made(tmp_path, tale(), changed) == again


@pytest.mark.parametrize(("step", "again"), STEPS.items(), ids=STEPS)
def test_a_step_in_a_new_version_makes_its_products_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, again: frozenset[str]
) -> None:
    made(tmp_path, tale(), {})
    monkeypatch.setattr(f"media_service.steps.{step}.VERSION", 1_000)
    assert made(tmp_path, tale(), {}) == again


PIECES = tuple(
    Piece(name, name.title(), "Thư viện", "CC0-1.0", f"{name}.opus", number * 64)
    for name, number in (("song", "1"), ("trang", "2"))
)


def test_music_and_other_music_cost_the_films_sound_alone(tmp_path: Path) -> None:
    doors = {"music": PIECES}
    made(tmp_path, tale(), doors)
    heard_in_the_film = {"bed", "sound-facts"} | FILMED - {"strip"} | LISTED
    assert made(tmp_path, tale(music="song"), doors) - {"strip"} == heard_in_the_film
    assert made(tmp_path, tale(music="trang"), doors) - {"strip"} == heard_in_the_film
    assert made(tmp_path, tale(music="none"), doors) == LISTED
