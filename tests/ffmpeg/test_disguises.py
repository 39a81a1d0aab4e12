"""Files that are not what their names say: none leads ffmpeg to another file, or to an address."""

from __future__ import annotations

import shutil
import socket
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Thread

import pytest
from PIL import Image

from media_service.box import bounds
from media_service.errors import MediaServiceError, ToolFailedError
from media_service.ffmpeg import command
from media_service.ffmpeg.film import FfmpegFilm
from media_service.ffmpeg.inspector import FfmpegInspector
from media_service.ffmpeg.process import Ffmpeg
from media_service.ffmpeg.streams import samples
from media_service.intake import pictures as intake
from media_service.screens import Shown
from media_service.slides import pictures as slides

HLS = "#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\n{}\n#EXT-X-ENDLIST\n"
MASTER = "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1000\n{}/child.m3u8\n"
DASH = (
    '<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static" mediaPresentationDuration="PT2S" '
    'profiles="urn:mpeg:dash:profile:isoff-on-demand:2011"><Period><AdaptationSet mimeType="audio/mp4">'
    '<Representation id="1" bandwidth="1" codecs="mp4a.40.2"><BaseURL>{}</BaseURL></Representation></AdaptationSet>'
    "</Period></MPD>"
)
CONCAT = "ffconcat version 1.0\nfile {}\n"
DISGUISES = {
    "HLS naming a file beside it": lambda folder, web: HLS.format("secret.ts"),
    "HLS naming a file by its path": lambda folder, web: HLS.format(folder / "secret.ts"),
    "HLS whose child is an address": lambda folder, web: MASTER.format(web),
    "DASH naming a file beside it": lambda folder, web: DASH.format("secret.mp4"),
    "DASH naming an address": lambda folder, web: DASH.format(f"{web}/secret.mp4"),
    "a list of files beside it": lambda folder, web: CONCAT.format("secret.mp4"),
    "a list of files by their paths": lambda folder, web: CONCAT.format(folder / "secret.mp4"),
    "a list of addresses": lambda folder, web: CONCAT.format(f"{web}/secret.mp4"),
}
LEADING = ("DASH naming a file beside it", "a list of files beside it")
"""What the ffmpeg of the house follows when nobody holds it back."""
NAMES = ("concat:secret.mp4|secret.mp4", "subfile,,start,0,end,0,,:secret.mp4", "%03d.png")


Openings = Callable[[Path, Path], Sequence[Callable[[], object]]]


@dataclass
class Web:
    """A server that counts who comes."""

    address: str
    came: int = 0


@pytest.fixture
def web() -> Iterator[Web]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        found = Web(f"http://127.0.0.1:{server.getsockname()[1]}")

        def count() -> None:
            while True:
                try:
                    server.accept()[0].close()
                except OSError:
                    return
                found.came += 1

        counting = Thread(target=count)
        counting.start()
        yield found
        server.shutdown(socket.SHUT_RDWR)
        counting.join(10)


@pytest.fixture(scope="session")
def secrets(ffmpeg: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A secret in every form that a disguise may name."""
    folder = tmp_path_factory.mktemp("secrets")
    made = [ffmpeg, "-v", "error", "-f", "lavfi", "-i", "anoisesrc=duration=2", "-c:a", "aac"]
    for name in ("secret.mp4", "secret.ts"):
        subprocess.run([*made, f"file:{folder / name}"], check=True, timeout=60)
    Image.new("RGB", (64, 64)).save(folder / "001.png")
    return folder


@pytest.fixture
def folder(secrets: Path, tmp_path: Path) -> Path:
    shutil.copytree(secrets, tmp_path, dirs_exist_ok=True)
    return tmp_path


@pytest.fixture
def networked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let ffmpeg reach the network, so that what holds it back is how it is asked."""
    monkeypatch.setattr(bounds, "no_network", lambda: ())


def sounds(program: Path, path: Path) -> Sequence[Callable[[], object]]:
    """Every way in which this program opens a sound or a film."""
    ffmpeg, inspector, out = Ffmpeg(program, timeout_s=60), FfmpegInspector(program), path.with_name("out")
    commands = [
        command.inspect(path, "mp3"),
        command.inspect(path, "mov"),
        command.inspect(path, "flac"),
        command.inspect(path, "wav"),
        command.mp3(path, 0.0, out),
        command.passage(path, range(480), 480, out),
    ]
    return (
        *(lambda asked=asked: ffmpeg.run(asked) for asked in commands),
        lambda: inspector.sound(path),
        lambda: inspector.film(path),
        lambda: list(samples(path)),
    )


def pictures(program: Path, path: Path) -> Sequence[Callable[[], object]]:
    """Every way in which this program opens a picture."""
    film, other, out = FfmpegFilm(program, timeout_s=60), path.with_name("001.png"), path.with_name("out")
    return (
        lambda: film.still(Shown(path), 5, out),
        lambda: film.fade(Shown(other), Shown(path), 5, out),
        lambda: slides.open_any(path, path.name),
        lambda: intake.size_of(path.read_bytes(), path.name),
    )


OPENINGS: Mapping[str, Openings] = {"a.mp3": sounds, "a.png": pictures}
REFUSED = (MediaServiceError, intake.RefusedPictureError, FileNotFoundError)


@pytest.mark.enable_socket
@pytest.mark.usefixtures("networked")
@pytest.mark.parametrize("disguise", DISGUISES)
@pytest.mark.parametrize("name", OPENINGS)
def test_a_disguise_leads_nowhere(disguise: str, name: str, ffmpeg: Path, folder: Path, web: Web) -> None:
    (folder / name).write_text(DISGUISES[disguise](folder, web.address), encoding="utf-8")
    for opening in OPENINGS[name](ffmpeg, folder / name):
        with pytest.raises(REFUSED):
            opening()
    assert not web.came


@pytest.mark.parametrize("openings", [sounds, pictures])
@pytest.mark.parametrize("name", NAMES)
def test_a_name_leads_nowhere(
    name: str, openings: Openings, ffmpeg: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    for opening in openings(ffmpeg, Path(name)):
        with pytest.raises(REFUSED):
            opening()


@pytest.mark.parametrize("disguise", LEADING)
def test_without_our_care_a_disguise_would_be_followed(disguise: str, ffmpeg: Path, folder: Path) -> None:
    (folder / "a.mp3").write_text(DISGUISES[disguise](folder, ""), encoding="utf-8")
    asked = [ffmpeg, "-v", "error", "-i", folder / "a.mp3", "-f", "null", "-"]
    assert subprocess.run(asked, check=False, timeout=60).returncode == 0


@pytest.mark.enable_socket
def test_without_our_care_an_address_would_be_visited(ffmpeg: Path, folder: Path, web: Web) -> None:
    (folder / "a.mp3").write_text(DISGUISES["DASH naming an address"](folder, web.address), encoding="utf-8")
    asked = [ffmpeg, "-v", "quiet", "-protocol_whitelist", "file,http,tcp", "-i", folder / "a.mp3", "-f", "null", "-"]
    subprocess.run(asked, check=False, timeout=60)
    assert web.came


def test_a_picture_of_more_pixels_than_the_house_takes_is_not_unpacked(ffmpeg: Path, tmp_path: Path) -> None:
    Image.new("L", (7_000, 6_000)).save(tmp_path / "large.png", compress_level=1)
    with pytest.raises(ToolFailedError, match=r"large\.png"):
        FfmpegFilm(ffmpeg).still(Shown(tmp_path / "large.png"), 1, tmp_path / "out.mp4")


def test_a_slide_that_fits_no_canvas_is_refused(ffmpeg: Path, tmp_path: Path) -> None:
    Image.new("L", (1_920, 1_200)).save(tmp_path / "odd.png")
    with pytest.raises(ToolFailedError, match=r"odd\.png"):
        FfmpegFilm(ffmpeg).still(Shown(tmp_path / "odd.png"), 1, tmp_path / "out.mp4")
