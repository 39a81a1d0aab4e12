"""What the service answers over HTTP, to friends and to others."""

from __future__ import annotations

import json
import socket
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from datetime import timedelta

import pytest

from media_service.errors import SetupError
from media_service.monitoring import server
from media_service.monitoring.server import serve
from tests.monitoring.watching import Scene

pytestmark = pytest.mark.enable_socket


@pytest.fixture
def url(scene: Scene) -> Iterator[str]:
    with serve("127.0.0.1:0", scene.records, lambda: scene.pulse, scene.places, 1) as url:
        yield url


def asked(url: str, method: str = "GET") -> tuple[int, dict[str, str], bytes]:
    request = urllib.request.Request(url, method=method, data=b"x" * 10_000 if method == "POST" else None)  # noqa: S310
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310
            return answer.status, dict(answer.headers), answer.read()
    except urllib.error.HTTPError as refusal:
        with refusal:
            return refusal.code, dict(refusal.headers), refusal.read()


def spoken(url: str, raw: bytes) -> bytes:
    """Say something that no well-meaning client says; return the answer."""
    host, port = url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=10) as line:
        line.sendall(raw)
        line.shutdown(socket.SHUT_WR)
        return b"".join(iter(lambda: line.recv(65536), b""))


def test_a_service_that_is_well_says_so(url: str) -> None:
    for page in ("/healthz", "/readyz"):
        status, headers, body = asked(url + page)
        assert (status, json.loads(body)) == (200, {"ok": True, "reasons": []})
        assert headers["Content-Type"] == "application/json"
        assert headers["Server"] == "media-service"


def test_a_service_that_is_not_well_says_why(url: str, scene: Scene) -> None:
    scene.feels(since_sweep=timedelta(seconds=30), redis_ok=False)
    status, _, body = asked(url + "/healthz")
    assert (status, json.loads(body)["reasons"]) == (503, ["no-sweep"])
    status, _, body = asked(url + "/readyz")
    assert (status, json.loads(body)["reasons"]) == (503, ["no-sweep", "redis-away"])


def test_prometheus_is_told_the_figures(url: str) -> None:
    status, headers, body = asked(url + "/metrics?whatever=1")
    assert status == 200
    assert headers["Content-Type"].startswith("text/plain; version=")
    assert b'media_service_workers{queue="film"} 2.0' in body
    assert b"process_resident_memory_bytes" in body


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "HEAD"])
def test_nothing_but_looking_is_allowed(url: str, method: str) -> None:
    status, headers, _ = asked(url + "/healthz", method)
    assert (status, headers["Allow"]) == (405, "GET")


@pytest.mark.parametrize("path", ["/", "/metrics/", "/../etc/passwd", "/healthz%00", "/%2e%2e/"])
def test_there_are_no_other_pages(url: str, path: str) -> None:
    status, _, body = asked(url + path)
    assert (status, json.loads(body)["reasons"]) == (404, ["no-such-page"])


def test_a_fault_of_our_own_is_told_in_one_word(url: str, scene: Scene, caplog: pytest.LogCaptureFixture) -> None:
    def broken() -> None:
        raise ValueError("postgresql://user:hunter2@host/db")

    scene.records.before = broken
    status, _, body = asked(url + "/readyz")
    assert (status, json.loads(body)["reasons"]) == (500, ["fault"])
    assert "a page could not be made" in caplog.text


@pytest.mark.parametrize(
    "raw", [b"", b"\r\n", b"\x16\x03\x01\x02\x00", b"GET\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n", b"GET /" + b"a" * 70_000]
)
def test_nonsense_is_refused_and_the_next_one_is_answered(
    url: str, raw: bytes, capfd: pytest.CaptureFixture[str]
) -> None:
    answer = spoken(url, raw)
    assert b"Traceback" not in answer
    assert b"Python" not in answer
    assert asked(url + "/healthz")[0] == 200
    assert capfd.readouterr().err == ""


def test_those_who_connect_and_never_ask_are_let_go(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server._Asked, "timeout", 0.3)
    with serve("127.0.0.1:0", scene.records, lambda: scene.pulse, scene.places, 1) as url:
        host, port = url.removeprefix("http://").split(":")
        silent = [socket.create_connection((host, int(port)), timeout=10) for _ in range(40)]
        try:
            assert {line.recv(1) for line in silent} == {b""}
        finally:
            for line in silent:
                line.close()
        assert asked(url + "/healthz")[0] == 200


def test_health_is_answered_while_the_database_hangs(url: str, scene: Scene) -> None:
    asks, answers = threading.Event(), threading.Event()
    scene.records.before = lambda: (asks.set(), answers.wait(10))
    hanging = threading.Thread(target=asked, args=(url + "/metrics",))
    hanging.start()
    try:
        assert asks.wait(10)
        assert asked(url + "/healthz")[0] == 200
    finally:
        answers.set()
        hanging.join()


def test_a_port_that_is_taken_is_one_sentence_and_no_start(scene: Scene) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        listen = f"127.0.0.1:{taken.getsockname()[1]}"
        with pytest.raises(SetupError) as refusal, serve(listen, scene.records, lambda: scene.pulse, scene.places):
            pytest.fail("it was started")
    assert listen in str(refusal.value)
    assert "MEDIA_SERVICE_LISTEN" in str(refusal.value)


@pytest.mark.parametrize(
    "listen", ["9750", ":9750", "127.0.0.1", "127.0.0.1:", "127.0.0.1:x", "127.0.0.1:70000", "a:²"]
)
def test_an_address_that_is_none_is_one_sentence(scene: Scene, listen: str) -> None:
    with pytest.raises(SetupError) as refusal, serve(listen, scene.records, lambda: scene.pulse, scene.places):
        pytest.fail("it was started")
    assert f"“{listen}”" in str(refusal.value)


def test_an_empty_address_serves_nowhere(scene: Scene) -> None:
    before = threading.active_count()
    with serve("", scene.records, lambda: scene.pulse, scene.places) as url:
        assert url == ""
        assert threading.active_count() == before


def test_the_port_is_free_again_afterwards(scene: Scene) -> None:
    with serve("127.0.0.1:0", scene.records, lambda: scene.pulse, scene.places) as url:
        listen = url.removeprefix("http://")
    with serve(listen, scene.records, lambda: scene.pulse, scene.places) as again:
        assert asked(again + "/healthz")[0] == 200
