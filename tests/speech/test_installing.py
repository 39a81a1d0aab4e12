"""Models are fetched from a repository that cuts, lies and serves wrong bytes; what is installed is whole."""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from media_service.errors import SetupError, VoiceAwayError
from media_service.speech.fetching import TRIES, Source, install
from media_service.speech.models import installed
from media_service.speech.offers import OFFERS, Offer, OfferedFile

pytestmark = pytest.mark.enable_socket

MODEL = random.Random(1).randbytes(700_000)  # noqa: S311  # bytes that do not repeat
CONFIG = json.dumps({"audio": {"sample_rate": 22_050}, "phoneme_id_map": {"a": [1]}}).encode()


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def offer(model: bytes = MODEL, *, checked: bool = True) -> Offer:
    files = [
        OfferedFile(f"vi/v.onnx{end}", len(content), sha256(content) if checked else "")
        for end, content in (("", model), (".json", CONFIG))
    ]
    return Offer("v", *files, "CC0", publishable=True, url="https://example.org")


class Repository:
    def __init__(self) -> None:
        self.url = ""
        self.files = {"/vi/v.onnx": MODEL, "/vi/v.onnx.json": CONFIG}
        self.cut_after: list[int] = []
        """Bytes after which each next answer breaks off."""
        self.ranges = True
        self.elsewhere = ""
        self.asked: list[tuple[str, str]] = []

    def answer(self, request: BaseHTTPRequestHandler) -> None:
        asked = request.headers.get("Range", "")
        self.asked.append((request.path, asked))
        content = self.files.get(request.path)
        if self.elsewhere and not request.path.startswith("/moved"):
            self._send(request, 302, b"", {"Location": self.elsewhere + request.path})
        elif content is None and request.path.startswith("/moved"):
            self._send(request, 200, self.files[request.path.removeprefix("/moved")], {})
        elif content is None:
            self._send(request, 404, b"", {})
        elif self.ranges and asked:
            first = int(asked.removeprefix("bytes=").rstrip("-"))
            told = {"Content-Range": f"bytes {first}-{len(content) - 1}/{len(content)}"}
            self._send(request, 206, content[first:], told)
        else:
            self._send(request, 200, content, {})

    def _send(self, request: BaseHTTPRequestHandler, status: int, content: bytes, more: dict[str, str]) -> None:
        request.send_response(status)
        for name, value in {"Content-Length": str(len(content)), **more}.items():
            request.send_header(name, value)
        request.end_headers()
        cut = self.cut_after.pop(0) if self.cut_after and len(content) > 1000 else len(content)
        request.wfile.write(content[:cut])
        request.close_connection = True


@pytest.fixture
def repository() -> Iterator[Repository]:
    with served() as repository:
        yield repository


@contextmanager
def served() -> Iterator[Repository]:
    repository = Repository()
    quiet = {"do_GET": lambda self: repository.answer(self), "log_message": lambda *_: None}  # noqa: PLW0108  # a bound method would not be given the request
    with ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (BaseHTTPRequestHandler,), quiet)) as server:
        repository.url = f"http://127.0.0.1:{server.server_port}"
        thread = Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        yield repository
        server.shutdown()
        thread.join()


def source(repository: Repository) -> Source:
    return Source(repository.url, sleep=lambda _: None)


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_a_model_is_installed_whole_with_its_record(repository: Repository, tmp_path: Path) -> None:
    made = install(offer(), tmp_path / "models", source(repository))
    assert made.path.read_bytes() == MODEL
    assert installed(tmp_path / "models", "v") == made
    assert names(tmp_path / "models") == {"v.onnx", "v.onnx.json", "v.installed.json"}


def test_what_broke_off_goes_on_where_it_stopped(repository: Repository, tmp_path: Path) -> None:
    repository.cut_after = [300_000, 200_000, 100]
    install(offer(), tmp_path, source(repository))
    begun = [int(asked[6:-1]) for path, asked in repository.asked if path.endswith(".onnx")]
    assert begun[0] == 0
    assert begun == sorted(begun)
    assert begun[-1] > 400_000
    assert (tmp_path / "v.onnx").read_bytes() == MODEL


def test_a_line_that_breaks_too_often_leaves_what_came_for_the_next_time(
    repository: Repository, tmp_path: Path
) -> None:
    repository.cut_after = [100_000] * TRIES
    with pytest.raises(VoiceAwayError, match="goes on where it stopped"):
        install(offer(), tmp_path, source(repository))
    with pytest.raises(SetupError, match="not installed"):
        installed(tmp_path, "v")
    asked = len(repository.asked)
    install(offer(), tmp_path, source(repository))
    assert [path for path, _ in repository.asked[asked:]] == ["/vi/v.onnx"]
    assert (tmp_path / "v.onnx").read_bytes() == MODEL


def test_a_server_that_knows_no_ranges_is_read_from_the_beginning(repository: Repository, tmp_path: Path) -> None:
    repository.ranges = False
    repository.cut_after = [300_000]
    install(offer(), tmp_path, source(repository))
    assert (tmp_path / "v.onnx").read_bytes() == MODEL


@pytest.mark.parametrize("wrong", [MODEL[:-1] + b"x", MODEL + b"more"])
def test_other_bytes_than_were_offered_are_not_installed(repository: Repository, tmp_path: Path, wrong: bytes) -> None:
    repository.files["/vi/v.onnx"] = wrong
    with pytest.raises(SetupError, match="nothing is installed"):
        install(offer(), tmp_path, source(repository))
    assert "v.onnx" not in names(tmp_path)
    assert "v.installed.json" not in names(tmp_path)
    assert sum(path.stat().st_size for path in tmp_path.iterdir()) < 10_000


def test_fewer_bytes_than_were_offered_are_not_installed(repository: Repository, tmp_path: Path) -> None:
    repository.files["/vi/v.onnx"] = MODEL[:1000]
    with pytest.raises(VoiceAwayError, match="could not be fetched"):
        install(offer(), tmp_path, source(repository))
    assert "v.installed.json" not in names(tmp_path)


def test_a_page_in_place_of_a_configuration_is_not_installed(repository: Repository, tmp_path: Path) -> None:
    repository.files["/vi/v.onnx.json"] = b"<html>Sign in</html>"
    unknown = offer(checked=False)
    page = OfferedFile(unknown.config.path, 0)
    with pytest.raises(SetupError, match="describes no voice"):
        install(Offer("v", unknown.model, page, "", False, ""), tmp_path, source(repository))
    assert "v.installed.json" not in names(tmp_path)


def test_without_a_published_checksum_what_came_first_is_the_measure(repository: Repository, tmp_path: Path) -> None:
    made = install(offer(checked=False), tmp_path, source(repository))
    assert made.sha256 == sha256(MODEL)
    made.path.write_bytes(b"x" + MODEL[1:])
    with pytest.raises(SetupError, match="not what was installed"):
        installed(tmp_path, "v")


def test_a_repository_may_lead_elsewhere_but_not_to_another_protocol(repository: Repository, tmp_path: Path) -> None:
    repository.elsewhere = repository.url + "/moved"
    assert install(offer(), tmp_path / "a", source(repository)).sha256 == sha256(MODEL)
    repository.elsewhere = "ftp://127.0.0.1"
    with pytest.raises(VoiceAwayError, match="sends us elsewhere"):
        install(offer(), tmp_path / "b", source(repository))


def test_a_model_that_is_there_is_not_fetched_again(repository: Repository, tmp_path: Path) -> None:
    install(offer(), tmp_path, source(repository))
    asked = len(repository.asked)
    install(offer(), tmp_path, source(repository))
    assert len(repository.asked) == asked


def test_offered_checksums_are_whole_or_absent() -> None:
    for one in OFFERS.values():
        assert {len(one.model.sha256), len(one.config.sha256)} <= {0, 64}
        assert one.model.path.endswith(f"{one.name}.onnx")
        assert one.publishable == bool(one.model.sha256)
