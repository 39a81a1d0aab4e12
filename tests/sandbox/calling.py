"""Speaks to a sandbox as any program may: plain HTTP, nothing of Google's."""

from __future__ import annotations

import http.client
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

from media_service import settings
from media_service.youtube.sandbox import tokens
from media_service.youtube.sandbox.process import Running
from media_service.youtube.sandbox.sandbox import Options

LONG = os.environ.get("HYPOTHESIS_PROFILE") == "prove"
"""Whether this is the long proof."""
QUANTUM = 256 * 1024
SNIPPET = {"title": "Con cò", "categoryId": "27", "description": "Con cò bay lả."}
STATUS = {"privacyStatus": "private"}
PNG = bytes.fromhex("89504e470d0a1a0a0000000d49484452") + b"\0\0\0\x08\0\0\0\x08" + b"\x08\x02\0\0\0" + bytes(16)
VTT = "WEBVTT\n\n00:00.000 --> 00:01.500\nCon cò bay lả\n\n00:02.000 --> 00:03.000\nbay la\n".encode()


def options(folder: Path, **given: Any) -> Options:
    """Return options of a sandbox for tests."""
    templates = (settings.shipped_defaults() / "templates",)
    return Options(folder, templates, **({"faults": True, "processing_s": 0.0} | given))


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def reason(self) -> str:
        """YouTube's word for the reason of a refusal."""
        return str(self.json["error"]["errors"][0]["reason"])


class Caller:
    """One program with a consent."""

    def __init__(self, running: Running) -> None:
        self.running = running
        self.refresh = running.consent()
        self.access = self.token(self.refresh).json["access_token"]

    def ask(self, verb: str, path: str, body: bytes = b"", headers: Mapping[str, str] | None = None) -> Answer:
        """Ask for one thing over a connection of its own."""
        target = urlsplit(self.running.url)
        line = http.client.HTTPConnection(target.hostname or "", target.port, timeout=20)
        try:
            line.request(verb, path.removeprefix(self.running.url), body or None, dict(headers or {}))
            told = line.getresponse()
            return Answer(told.status, {name.lower(): value for name, value in told.getheaders()}, told.read())
        finally:
            line.close()

    def form(self, path: str, **fields: str) -> Answer:
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        return self.ask("POST", path, urlencode(fields).encode(), kind)

    def token(self, refresh: str, **given: str) -> Answer:
        client = {"client_id": tokens.CLIENT, "client_secret": tokens.SECRET, "grant_type": "refresh_token"}
        return self.form("/token", **(client | {"refresh_token": refresh} | given))

    def api(
        self, verb: str, path: str, body: object = None, headers: Mapping[str, str] | None = None, **query: object
    ) -> Answer:
        """Call the API."""
        sent = body if isinstance(body, bytes) else json.dumps(body).encode() if body is not None else b""
        kind = {} if isinstance(body, bytes) else {"Content-Type": "application/json"}
        more = {"Authorization": f"Bearer {self.access}", **kind, **(headers or {})}
        asked = f"?{urlencode(query, doseq=True)}" if query else ""
        return self.ask(verb, ("" if path.startswith("/") else "/youtube/v3/") + path + asked, sent, more)

    def control(self, what: str, **asked: object) -> Any:
        """Tell the sandbox something, or ask what it holds."""
        verb = "GET" if what == "state" else "POST"
        told = self.ask(verb, f"/sandbox/{what}", json.dumps(asked).encode() if verb == "POST" else b"")
        assert told.status == 200, told.body
        return told.json

    def wrong(self, *rules: Mapping[str, object]) -> None:
        """Plan what goes wrong from now on."""
        self.control("faults", rules=list(rules))

    def open(self, size: int | None, body: object = None, **headers: str) -> Answer:
        """Open a session for a video."""
        metadata = body or {"snippet": SNIPPET, "status": STATUS}
        kinds = {"X-Upload-Content-Type": "video/mp4"} | (
            {} if size is None else {"X-Upload-Content-Length": str(size)}
        )
        return self.api("POST", "/resumable/upload/youtube/v3/videos", metadata, kinds | headers,
                        uploadType="resumable", part="snippet,status")  # fmt: skip

    def session(self, size: int | None = None, body: object = None, **headers: str) -> str:
        """Open a session that must open; return its address."""
        opened = self.open(size, body, **headers)
        assert opened.status == 200, opened.body
        return opened.headers["location"]

    def put(self, session: str, piece: bytes, first: int, size: int | str) -> Answer:
        """Send bytes into a session."""
        place = f"bytes {first}-{first + len(piece) - 1}/{size}"
        return self.ask("PUT", session, piece, {"Content-Range": place})

    def how_far(self, session: str, size: int | str = "*") -> Answer:
        """Ask a session how far it is."""
        return self.ask("PUT", session, b"", {"Content-Range": f"bytes */{size}", "Content-Length": "0"})

    def video(self, content: bytes = b"film", body: object = None, **headers: str) -> str:
        """Send a whole video and return its id."""
        done = self.put(self.session(len(content), body, **headers), content, 0, len(content))
        assert done.status == 200, done.body
        return str(done.json["id"])

    def upload(self, path: str, content: bytes, metadata: object = None, verb: str = "POST", **query: str) -> Answer:
        """Send a file in one request: with metadata beside it, or alone."""
        if metadata is None:
            return self.api(verb, f"/upload/youtube/v3/{path}", content, {"Content-Type": "image/png"},
                            uploadType="media", **query)  # fmt: skip
        body = (
            b"--mark\r\nContent-Type: application/json\r\n\r\n" + json.dumps(metadata).encode()
            + b"\r\n--mark\r\nContent-Type: text/vtt\r\n\r\n" + content + b"\r\n--mark--\r\n"
        )  # fmt: skip
        kind = {"Content-Type": "multipart/related; boundary=mark"}
        return self.api(verb, f"/upload/youtube/v3/{path}", body, kind, uploadType="multipart", **query)

    def playlist(self, title: str = "Truyện", **more: object) -> str:
        return str(
            self.api(
                "POST", "playlists", {"snippet": {"title": title}, **more}, part=",".join(["snippet", *more])
            ).json["id"]
        )

    def place(self, playlist: str, video: str, position: int | None = None) -> Answer:
        snippet = {"playlistId": playlist, "resourceId": {"kind": "youtube#video", "videoId": video}}
        at = {} if position is None else {"position": position}
        return self.api("POST", "playlistItems", {"snippet": snippet | at}, part="snippet")

    def held(self, video: str) -> Any:
        """Return what the sandbox holds of a video."""
        return next(one for one in self.control("state")["videos"] if one["id"] == video)
