"""The page for a native listener in a real Chromium: it plays, it keeps, it saves what becomes a lexicon."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from media_service.domain.reading_sheet import ReadingEntry, ReadingSheet
from media_service.domain.risky_readings import Risk, RiskyReading
from media_service.ffmpeg.excerpt import excerpt
from media_service.reading_answers import read_answers
from media_service.reports.pages import HtmlPages
from tests.sandbox.chromium import PROGRAM, chromium

EVIL = "</script><script>document.title = 'bad'</script> \"' Andersen"


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    import numpy as np

    from media_service.ffmpeg.streams import write_flac

    folder = tmp_path_factory.mktemp("sound")
    tone = 8000 * np.sin(2 * np.pi * 220 * np.arange(24_000) / 48_000)
    write_flac(tone.astype(np.int16), folder / "clip.flac")
    excerpt(folder / "clip.flac", folder / "clip.mp3")
    return (folder / "clip.mp3").read_bytes()


def sheet(sound: bytes) -> ReadingSheet:
    word = RiskyReading(1, 0, Risk.FOREIGN, 0, 8, 0, 8)
    whole = RiskyReading(1, 1, Risk.ORDINARY, 0, len(EVIL), 0, len(EVIL))
    return ReadingSheet(
        "cay-khe",
        "Cây khế",
        (
            ReadingEntry(word, "Chương 1", "Andersen kể chuyện.", "Andersen kể chuyện.", 4, sound),
            ReadingEntry(whole, "Chương 1", EVIL, EVIL, 5, sound),
        ),
    )


def test_a_clip_becomes_small_and_keeps_its_length(sound: bytes, tmp_path: Path) -> None:
    import av

    (tmp_path / "clip.mp3").write_bytes(sound)
    with av.open(str(tmp_path / "clip.mp3")) as file:
        heard = sum(frame.samples for frame in file.decode(audio=0)) / 24_000
        assert file.streams.audio[0].codec_context.name.startswith("mp3")
    assert heard == pytest.approx(0.5, abs=0.06)
    assert len(sound) < 5000


def test_texts_are_shown_and_never_obeyed(sound: bytes) -> None:
    written = HtmlPages().readings(sheet(sound)).decode()
    assert "<script>document.title" not in written
    assert written.count("<mark>") == 4
    assert 'src="data:audio/mpeg;base64,' in written


@pytest.mark.skipif(not (PROGRAM or os.environ.get("CI")), reason="needs Chromium: apt-get install chromium")
def test_a_listener_hears_answers_and_saves(sound: bytes, tmp_path: Path) -> None:
    page = tmp_path / "review-reading.html"
    page.write_bytes(HtmlPages().readings(sheet(sound)))
    with chromium(tmp_path / "profile") as browser:
        browser.call("Browser.setDownloadBehavior", behavior="allow", downloadPath=str(tmp_path / "saved"))
        browser.open(page.as_uri())
        assert browser.run("document.title").startswith("Những chỗ đọc cần nghe thử")
        browser.run("document.querySelector('audio').play()")
        browser.wait("document.querySelector('audio').currentTime > 0.1")
        browser.run(
            "document.getElementById('listener').value = 'Cô Lan';"
            "const [first, second] = document.querySelectorAll('section.reading');"
            "first.querySelector('[value=wrong]').click();"
            "first.querySelector('[data-field=better]').value = 'An đéc xen';"
            "second.querySelector('[value=right]').click();"
        )
        assert browser.run("getComputedStyle(document.querySelector('.wrong-only')).display") != "none"
        browser.open(page.as_uri())
        browser.wait("document.getElementById('count').textContent === '2 / 2'")
        browser.run("document.getElementById('save').click()")
        saved = tmp_path / "saved" / "cay-khe-answers.json"
        browser.wait("true")
        for _ in range(200):
            if saved.is_file() and saved.stat().st_size:
                break
            browser.run("new Promise(done => setTimeout(done, 50))")
        assert browser.complaints() == []
        assert {host for host in browser.hosts() if host.startswith("http")} == set()
    given = read_answers(saved)
    assert given.listener == "Cô Lan"
    assert [(one.right, one.better, one.word) for one in given.answers] == [
        (False, "An đéc xen", True),
        (True, "", False),
    ]
    assert json.loads(saved.read_text(encoding="utf-8"))["answers"][1]["written"] == EVIL
