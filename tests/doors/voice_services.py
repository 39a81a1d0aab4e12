"""Services on this machine that speak the protocols of the online voices, and misbehave as those do.

They hum what they are asked to say, so that lengths, words and paces are as real as the engines' own.
"""

from __future__ import annotations

import asyncio
import base64
import io
import json
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs
from xml.etree import ElementTree as ET

import av
import numpy as np
from anyio.from_thread import start_blocking_portal

from media_service.domain.casting import Voice
from media_service.ports import Recording
from media_service.speech.hum import Hum

NATURAL = 4.4
"""Syllables a second that the services speak by themselves; the table of facts believes otherwise."""
RATE = 24_000


def hummed(text: str, times: float = 1.0) -> Recording:
    return Hum().speak(text, Voice("ngân", "hum", "", ""), NATURAL * times)


def mp3(recording: Recording) -> bytes:
    out = io.BytesIO()
    with av.open(out, "w", format="mp3") as file:
        stream = file.add_stream("mp3", rate=RATE, layout="mono")
        stream.bit_rate = 48_000
        frame = av.AudioFrame.from_ndarray(np.frombuffer(recording.pcm, "<i2").reshape(1, -1), "s16", "mono")
        frame.sample_rate = recording.sample_rate
        resampler = av.AudioResampler("s16p", "mono", RATE)
        for given in (frame, None):
            for piece in resampler.resample(given):
                file.mux(stream.encode(piece))
        file.mux(stream.encode(None))
    return out.getvalue()


@dataclass
class Service:
    """What a service was asked, and how it misbehaves: `ill` names one of ILLS, empty for none."""

    url: str = ""
    ill: str = ""
    asked: list[dict[str, object]] = field(default_factory=list)


ILLS = ("429", "503", "403", "cut", "empty", "html", "noise", "slow", "elsewhere")


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    service: Service
    answer: Callable[[bytes], tuple[str, bytes]]

    def log_message(self, *_: object) -> None:
        pass

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.service.asked.append({"path": self.path, "headers": dict(self.headers), "body": body})
        kind, content = type(self).answer(body)
        ill = self.service.ill
        if ill in {"429", "503", "403"}:
            self._send(int(ill), "text/html", b"<html>Too many</html>", {"Retry-After": "7"} if ill == "429" else {})
        elif ill == "elsewhere":
            self._send(302, "text/html", b"", {"Location": self.service.url + "/elsewhere"})
        elif ill == "html":
            self._send(200, "text/html", b"<html><body>Sign in to the network</body></html>")
        else:
            time.sleep(1.5 if ill == "slow" else 0)
            self._send(200, kind, content, cut=ill == "cut")

    def _send(
        self, status: int, kind: str, content: bytes, more: dict[str, str] | None = None, cut: bool = False
    ) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": kind, "Content-Length": str(len(content)), **(more or {})}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content[: len(content) // 2] if cut else content)
        if cut:
            self.close_connection = True


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: object, client_address: object) -> None:
        """Somebody has hung up: what impatient clients do."""


@contextmanager
def _served(answer: Callable[[Service, bytes], tuple[str, bytes]]) -> Iterator[Service]:
    service = Service()
    handler = type(
        "Handler", (_Handler,), {"service": service, "answer": staticmethod(lambda body: answer(service, body))}
    )
    with _Server(("127.0.0.1", 0), handler) as server:
        service.url = f"http://127.0.0.1:{server.server_port}"
        thread = Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        yield service
        server.shutdown()
        thread.join()


def _spoilt(service: Service, sound: bytes) -> bytes:
    return {"empty": b"", "noise": b"\xff\xfb" + bytes(range(256)) * 8}.get(service.ill, sound)


def _google(service: Service, body: bytes) -> tuple[str, bytes]:
    asked = json.loads(json.loads(parse_qs(body.decode())["f.req"][0])[0][0][1])
    assert len(asked[0]) <= 100
    service.asked[-1]["text"], service.asked[-1]["language"] = asked[0], asked[1]
    sound = base64.b64encode(_spoilt(service, mp3(hummed(asked[0])))).decode()
    answer = [["wrb.fr", "jQ1olc", json.dumps([sound], separators=(",", ":")), None, None, None, "generic"]]
    text = ")]}'\n\n" + json.dumps(answer, separators=(",", ":")) + "\n"
    return "application/json; charset=utf-8", text.encode()


def _openai(service: Service, body: bytes) -> tuple[str, bytes]:
    asked = json.loads(body)
    service.asked[-1].update(asked)
    return "audio/mpeg", _spoilt(service, mp3(hummed(asked["input"], asked["speed"])))


@contextmanager
def google() -> Iterator[Service]:
    with _served(_google) as service:
        yield service


@contextmanager
def openai() -> Iterator[Service]:
    with _served(_openai) as service:
        yield service


@contextmanager
def edge() -> Iterator[Service]:
    """Microsoft's websocket; it counts words in hundreds of nanoseconds, as the real one does."""
    from aiohttp import web

    service = Service()
    app = web.Application()
    app.router.add_get("/{path:.*}", partial(_edge_talk, service))
    with start_blocking_portal() as portal:
        runner = web.AppRunner(app)
        portal.call(runner.setup)
        with socket.create_server(("127.0.0.1", 0)) as listener:
            service.url = f"ws://127.0.0.1:{listener.getsockname()[1]}"
            portal.call(web.SockSite(runner, listener).start)
            yield service
            portal.call(runner.cleanup)


async def _edge_talk(service: Service, request: object) -> object:
    from aiohttp import web

    service.asked.append({"path": request.path, "headers": dict(request.headers)})
    if service.ill in {"429", "503", "403"}:
        return web.Response(status=int(service.ill), headers={"Retry-After": "7"})
    if service.ill == "elsewhere":
        raise web.HTTPFound(service.url.replace("ws", "http", 1) + "/elsewhere")
    if service.ill == "html":
        return web.Response(text="<html><body>Sign in</body></html>", content_type="text/html")
    talk = web.WebSocketResponse()
    await talk.prepare(request)
    await talk.receive_str()
    ssml = (await talk.receive_str()).partition("\r\n\r\n")[2]
    prosody = ET.fromstring(ssml).find(".//{*}prosody")  # noqa: S314  # our own client wrote it
    text, times = "".join(prosody.itertext()), 1 + int(prosody.get("rate").rstrip("%")) / 100
    service.asked[-1].update(text=text, rate=prosody.get("rate"), voice=ssml)
    if service.ill == "slow":
        await asyncio.sleep(1.5)
    recording = hummed(text, times)
    await talk.send_str("X-RequestId:1\r\nPath:turn.start\r\n\r\n{}")
    sound = _spoilt(service, mp3(recording))
    half = len(sound) // 2
    for piece in (sound[:half], sound[half:]):
        head = b"X-RequestId:1\r\nContent-Type:audio/mpeg\r\nPath:audio\r\n"
        if service.ill == "cut" and piece is not sound[:half]:
            request.transport.abort()
            return talk
        if piece:
            await talk.send_bytes(len(head).to_bytes(2, "big") + head + piece)
    for word in recording.words:
        said = {"Text": text[word.first : word.last], "Length": word.last - word.first, "BoundaryType": "WordBoundary"}
        offset, duration = (round(n / recording.sample_rate * 1e7) for n in (word.start, word.end - word.start))
        data = {"Offset": offset, "Duration": duration, "text": said}
        told = json.dumps({"Metadata": [{"Type": "WordBoundary", "Data": data}]}, ensure_ascii=False)
        await talk.send_str(f"X-RequestId:1\r\nPath:audio.metadata\r\n\r\n{told}")
    await talk.send_str("X-RequestId:1\r\nPath:turn.end\r\n\r\n{}")
    await talk.close()
    return talk
