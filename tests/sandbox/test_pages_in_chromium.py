"""The pages in a real browser, where there is one: they fit, play, seek, need no mouse, and ask no other host."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sandbox.calling import PNG, SNIPPET, VTT, Caller
from tests.sandbox.chromium import PROGRAM, Chromium, chromium

pytestmark = [
    pytest.mark.enable_socket,
    pytest.mark.skipif(PROGRAM is None, reason="needs Chromium"),
]

TEXT = "Kể về cò.\n\n0:00 Mở\n0:10 Giữa\n0:20 Kết\n\nXem https://thuvien.example/" + "a" * 150
PUBLIC = {"privacyStatus": "public", "selfDeclaredMadeForKids": True, "containsSyntheticMedia": True}
PATHS = ("/", "/?owner=1", "/watch?v={video}&list={playlist}", "/playlist?list={playlist}", "/watch?v=none")


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chromium]:
    with chromium(tmp_path_factory.mktemp("browser")) as found:
        yield found


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    import imageio_ffmpeg

    path = tmp_path_factory.mktemp("film") / "film.mp4"
    made = "testsrc=size=320x180:rate=5:duration=30"
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-f", "lavfi", "-i", made, "-pix_fmt", "yuv420p"]
    subprocess.run([*command, "-movflags", "+faststart", str(path)], check=True)
    return path.read_bytes()


@pytest.fixture(scope="module")
def places(_first: Caller, film: bytes) -> dict[str, str]:
    """Return the ids of a film in a playlist whose names are as long as they may be."""
    body = {"snippet": SNIPPET | {"title": "Chuyện dài " * 9, "description": TEXT}, "status": PUBLIC}
    videos = [_first.video(film, body) for _ in range(2)]
    playlist = _first.playlist("Kệ " + "dài" * 45)
    for video in videos:
        _first.place(playlist, video)
        _first.upload("thumbnails/set", PNG, videoId=video)
        track = {"snippet": {"videoId": video, "language": "vi", "name": ""}}
        _first.upload("captions", VTT, track, part="snippet")
    return {"video": videos[0], "next": videos[1], "playlist": playlist}


@pytest.mark.parametrize("path", PATHS)
def test_every_page_fits_from_phone_to_desktop_in_light_and_dark(
    browser: Chromium, caller: Caller, places: dict[str, str], path: str, tmp_path: Path
) -> None:
    for width, dark in ((320, False), (390, True), (1280, False)):
        browser.open(caller.running.url + path.format(**places), width, 800, dark=dark)
        assert browser.run("document.documentElement.scrollWidth") <= width, f"{width} pixels are too narrow"
        assert [one for one in browser.complaints() if "404" not in one] == []
        assert {host for host in browser.hosts() if host.startswith("http")} == {caller.running.url}
        assert browser.run(FAINT) == [], "too little contrast"
        assert browser.run(SMALL) == [], "too small to be touched"


def test_the_film_plays_from_where_a_chapter_leads_with_its_captions_on(
    browser: Chromium, caller: Caller, places: dict[str, str]
) -> None:
    browser.open(f"{caller.running.url}/watch?v={places['video']}&list={places['playlist']}")
    browser.wait("film.readyState >= 1 && film.textTracks[0].cues?.length === 2")
    assert browser.run("film.textTracks[0].mode") == "showing"
    browser.run("document.querySelector('.chapters a[data-seek=\"10\"]').click()")
    browser.wait("film.currentTime >= 10 && film.currentTime < 20")
    browser.wait("document.querySelector('.chapters a[aria-current]')?.dataset.seek === '10'")
    browser.open(f"{caller.running.url}/watch?v={places['video']}&t=20")
    browser.wait("film.currentTime >= 20")


def test_the_next_film_is_reached_by_keyboard_with_the_focus_in_sight(
    browser: Chromium, caller: Caller, places: dict[str, str]
) -> None:
    browser.open(f"{caller.running.url}/watch?v={places['video']}&list={places['playlist']}")
    browser.press("Tab")
    assert browser.run("document.activeElement.className") == "skip"
    for _ in range(40):
        browser.press("Tab")
        if browser.run("document.activeElement.className") == "next":
            break
        assert browser.run(FOCUSED)
    browser.press("Enter")
    browser.wait(f"location.search.includes('{places['next']}')")


FOCUSED = """
document.activeElement.matches("video") || getComputedStyle(document.activeElement).outlineStyle !== "none"
"""

FAINT = """
(() => {
  const light = ([r, g, b]) => {
    const [x, y, z] = [r, g, b].map((v) => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const numbers = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const behind = (element) => {
    for (let each = element; each; each = each.parentElement) {
      const [r, g, b, a = 1] = numbers(getComputedStyle(each).backgroundColor);
      if (a > 0.8) return [r, g, b];
    }
    return [255, 255, 255];
  };
  const faint = [];
  for (const element of document.querySelectorAll("body *")) {
    const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim());
    const unseen = element.closest(".unseen, .banner, .skip, video, svg") || !element.getClientRects().length;
    if (!own || unseen) continue;
    const [one, two] = [light(numbers(getComputedStyle(element).color)), light(behind(element))].sort((a, b) => b - a);
    if ((one + 0.05) / (two + 0.05) < 4.5) faint.push(element.className + ": " + element.textContent.slice(0, 30));
  }
  return faint;
})()
"""
"""Texts with less contrast than 4.5:1 (WCAG 2.2, 1.4.3)."""

SMALL = """
[...document.querySelectorAll("a, button, summary")].filter((element) => {
  const box = element.getBoundingClientRect();
  return box.width && !element.closest("p, h2, .skip") && (box.width < 24 || box.height < 24);
}).map((element) => element.outerHTML.slice(0, 80))
"""
"""What is smaller than 24 pixels and stands not in a line of text (WCAG 2.2, 2.5.8)."""
