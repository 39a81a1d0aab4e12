"""The quality page as a librarian reads it: whole, in Vietnamese, with each fault's place; nothing in it is obeyed."""

from __future__ import annotations

from lxml import html

from media_service.domain.gates import STANDARDS
from media_service.domain.quality import Flaw, Gate, Ground, Report, VoiceHeard
from media_service.domain.quality_sheet import QualitySheet, moments
from media_service.domain.quality_words import MEANINGS
from media_service.reports.pages import HtmlPages

EVIL = '<script>alert("1")</script>{{ 7 * 191 }}'
CUT = Flaw(83.0, 86.0, "too short: something may be left out", "1.1 s (2.4 s)", EVIL, 12)
BLACK = Flaw(3723.0, 3725.0, "the picture is black")
GATES = (
    Gate("A1", "loudness of the listener's copy", "-19.00 LUFS", "-20 – -18 LUFS", True, Ground.RULE),
    Gate("N2", "passages too short for what they say", "1", "0", False, Ground.PROPOSAL, (CUT,)),
    Gate("V12", "black pictures", "1", "0", False, Ground.PROPOSAL, (BLACK,)),
)
VOICES = (VoiceHeard("nu-mien-bac", "espeak-ng 1.52", 40, True, False), VoiceHeard("mai", "x 1", 2, False, True))


def sheet(*gates: Gate, title: str = "Cây khế") -> QualitySheet:
    frames = {3724.0: b"\xff\xd8jpeg"}
    return QualitySheet(title, "Chương 2", 2, 5, 4000.0, Report(gates, VOICES), frames)


def page(of: QualitySheet) -> html.HtmlElement:
    return html.document_fromstring(HtmlPages().quality(of).decode())


def said(of: QualitySheet) -> str:
    return " ".join(" ".join(page(of).itertext()).split())


def test_a_fault_is_told_with_its_time_its_words_and_its_line() -> None:
    shown = said(sheet(*GATES))
    assert "2 trên 3 tiêu chuẩn chưa đạt." in shown
    assert "1:23 quá ngắn: có thể đọc sót chữ: 1,1 s (2,4 s)" in shown
    assert "(dòng 12 của kịch bản)" in shown
    assert "câu đọc quá ngắn so với lời" in shown
    assert "−19,00 LUFS −20 – −18 LUFS" in shown
    assert "passages too short for what they say" in shown


def test_a_fault_of_the_picture_shows_its_frame_and_leads_into_the_film() -> None:
    (picture,) = page(sheet(*GATES)).xpath("//img")
    assert picture.get("src") == "data:image/jpeg;base64,/9hqcGVn"
    (entry,) = picture.xpath("ancestor::li/a")
    assert (entry.text, entry.get("href")) == ("1:02:03", "video.mp4#t=3723.0")
    assert moments(Report(GATES)) == (3724.0,)


def test_what_holds_is_told_so() -> None:
    shown = said(sheet(GATES[0]))
    assert "Đạt cả 1 tiêu chuẩn." in shown
    assert "Chỗ cần xem lại" not in shown


def test_voices_are_told_with_what_a_listener_is_owed() -> None:
    shown = said(sheet(GATES[0]))
    assert "nu-mien-bac espeak-ng 1.52 40 giọng nháp" in shown
    assert "mai x 1 2 đọc thay giọng khác" in shown


def test_titles_and_texts_are_shown_and_never_obeyed() -> None:
    written = HtmlPages().quality(sheet(*GATES, title=EVIL)).decode()
    assert "<script" not in written
    assert "1337" not in written
    assert EVIL in said(sheet(*GATES, title=EVIL))


def test_the_page_asks_for_nothing_from_elsewhere() -> None:
    whole = page(sheet(*GATES))
    assert {one.get("src")[:5] for one in whole.xpath("//*[@src]")} == {"data:"}
    assert whole.xpath("//link | //script | //iframe") == []
    (policy,) = whole.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy.startswith("default-src 'none'")


def test_every_standard_has_a_meaning_for_people() -> None:
    assert {row.id for row in STANDARDS} <= MEANINGS.keys()
