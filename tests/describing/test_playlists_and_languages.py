"""What playlists say of themselves, what is said in English, and whether a machine is owned up to."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from media_service.describing.templates import TemplateDescriptions
from media_service.domain.listing import (
    DESCRIPTION_BYTES,
    PLAYLIST_CHARACTERS,
    Localisation,
    PlaylistText,
    Subject,
    faults,
    playlist_faults,
)
from media_service.domain.script import English, Facts, Kind
from tests import make
from tests.describing.test_shipped_listings import FACTS, SUBJECT, shipped

ENGLISH = English("The Little Turtle", "A turtle finds the sea.", "Audiobooks for children")


@pytest.mark.parametrize("kind", Kind)
def test_a_playlist_of_many_works_tells_of_the_library_alone(kind: Kind) -> None:
    text = shipped().playlist(replace(FACTS, kind=kind))
    assert (text.title, text.language, text.localisations) == ("Sách nói cho bé", "vi", ())
    assert text.description.startswith("Sách nói cho bé – danh sách phát của Thư viện tỉnh Bình Thuận.")
    assert "Nguyễn An" not in text.description
    assert playlist_faults(text) == ()


@pytest.mark.parametrize("kind", Kind)
def test_a_playlist_of_one_work_tells_of_that_work_and_its_makers(kind: Kind) -> None:
    text = shipped().playlist(replace(FACTS, kind=kind, playlist=""))
    assert text.title == "Rùa con về biển"
    for wanted in (FACTS.summary, "Kể lại: Trần Bình", "Minh họa: Phạm Dung", FACTS.contact):
        assert wanted in text.description
    assert playlist_faults(text) == ()


def test_a_playlist_s_texts_are_brought_within_the_limits() -> None:
    facts = replace(FACTS, playlist="", title="Rùa con " * 60, summary="Một chú rùa <bé> tìm đường về. " * 400)
    text = shipped().playlist(replace(facts, english=English("Turtle " * 60, "A turtle. " * 900)))
    assert playlist_faults(text) == ()
    assert len(text.title) <= PLAYLIST_CHARACTERS
    assert len(text.description.encode()) <= DESCRIPTION_BYTES
    assert "Kể lại: Trần Bình" in text.description


def test_english_is_said_where_the_script_gives_the_words() -> None:
    text = shipped().playlist(replace(FACTS, english=ENGLISH))
    assert [(one.language, one.title) for one in text.localisations] == [("en", "Audiobooks for children")]
    own = shipped().playlist(replace(FACTS, english=ENGLISH, playlist=""))
    assert own.localisations == (Localisation("en", "The Little Turtle", "A turtle finds the sea."),)

    listing = shipped().describe(replace(SUBJECT, facts=replace(FACTS, english=ENGLISH)))
    (english,) = listing.localisations
    assert english.title == "The Little Turtle – Part 1"
    assert english.description.startswith("A turtle finds the sea.")
    assert "made by a machine" in english.description
    assert faults(listing) == ()
    assert "made by a machine" not in _english(replace(SUBJECT, facts=replace(FACTS, english=ENGLISH), disclosures=()))


def _english(subject: Subject) -> str:
    return shipped().describe(subject).localisations[0].description


@pytest.mark.parametrize("facts", [FACTS, replace(FACTS, language="en", english=ENGLISH)])
def test_nothing_is_said_twice_or_for_nothing(facts: Facts) -> None:
    assert shipped().playlist(facts).localisations == ()
    assert shipped().describe(replace(SUBJECT, facts=facts)).localisations == ()


def test_a_kind_may_have_a_template_of_its_own(tmp_path: Path) -> None:
    file = tmp_path / "listing/fairy-tale/playlist_title.txt.j2"
    file.parent.mkdir(parents=True)
    file.write_text("Cổ tích: {{ facts.playlist }}", "utf-8")
    descriptions = TemplateDescriptions((tmp_path, *shipped().folders))
    assert descriptions.playlist(replace(FACTS, kind=Kind.FAIRY_TALE)).title == "Cổ tích: Sách nói cho bé"
    assert descriptions.playlist(FACTS).title == "Sách nói cho bé"


@pytest.mark.parametrize(("answer", "machine", "shown"), [(None, True, True), (None, False, False)])
def test_a_machine_s_voice_is_owned_up_to(answer: bool | None, machine: bool, shown: bool) -> None:
    assert _synthetic(answer, machine) is shown


@pytest.mark.parametrize("machine", [True, False])
def test_the_script_s_own_answer_about_machines_counts(machine: bool) -> None:
    assert _synthetic(True, machine) is True
    assert _synthetic(False, machine) is False


def _synthetic(answer: bool | None, machine: bool) -> bool:
    subject = Subject(make.facts(synthetic_media=answer), "", 1, 1, (), ("Giọng máy.",) if machine else ())
    return shipped().describe(subject).synthetic_media


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (PlaylistText("", "a", "vi"), "title is empty"),
        (PlaylistText("a" * 151, "a", "vi"), "title has 151 characters; shorten it to 150"),
        (PlaylistText("a", "a" * 5_001, "vi"), "description has 5001 bytes"),
        (PlaylistText("a", "<b>", "vi"), "description has “<”"),
        (PlaylistText("a", "a", "vi", (Localisation("en", "a>b", ""),)), "In the language en: The title has “<”"),
    ],
)
def test_what_a_platform_would_refuse_of_a_playlist_names_its_field(text: PlaylistText, said: str) -> None:
    (fault,) = playlist_faults(text)
    assert str(fault).startswith("Playlist: ")
    assert said in str(fault)
