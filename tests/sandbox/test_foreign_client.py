"""Google's client for Node, which nobody of us wrote, is answered by the sandbox as YouTube would answer it.

Its packages come from the registry, so this is part of the long proof alone.
"""

from __future__ import annotations

import json
import random
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.sandbox import shapes
from tests.sandbox.calling import LONG, PNG, VTT, Caller

HERE = Path(__file__).parent / "foreign"

pytestmark = [
    pytest.mark.enable_socket,
    pytest.mark.skipif(not LONG, reason="needs the packages' registry"),
    pytest.mark.skipif(shutil.which("npm") is None, reason="needs Node"),
]


def talk(caller: Caller, folder: Path) -> Any:
    """Let the client do its work, and return what it was told."""
    for name in ("package.json", "package-lock.json", "client.mjs"):
        shutil.copy(HERE / name, folder)
    film = random.Random(5).randbytes(3_000_001)  # noqa: S311  # always the same bytes
    given = {"film.mp4": film, "thumbnail.png": PNG, "captions.vtt": VTT, "square.png": PNG}
    for name, content in given.items():
        (folder / name).write_bytes(content)
    npm = shutil.which("npm")
    assert npm
    subprocess.run([npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=folder, check=True)
    node = [shutil.which("node") or "node", "client.mjs", caller.running.url, caller.refresh, *given]
    told = subprocess.run(node, cwd=folder, check=False, capture_output=True, text=True)
    assert told.returncode == 0, told.stderr
    return json.loads(told.stdout)


def test_googles_client_for_node_is_answered_as_by_youtube(caller: Caller, tmp_path: Path) -> None:
    said = talk(caller, tmp_path)
    state = caller.control("state")
    assert said["channel"]["contentDetails"]["relatedPlaylists"]["uploads"] == "UUsandboxBinhThuan000001"
    assert said["resumable"]["statuses"] == [200, 308, 308, 200]
    assert said["resumable"]["held"] == 4 * 256 * 1024
    one, video = said["multipart"]["id"], said["resumable"]["video"]["id"]
    assert [item["id"] for item in said["listed"]["items"]] == [one, video]
    assert said["listed"]["items"][1]["fileDetails"]["fileName"] == "con-co-01-0123456789ab.mp4"
    assert said["order"] == [video, one]
    assert said["playlistImage"]["snippet"]["type"] == "hero"
    assert (said["caption"]["snippet"]["status"], said["captions"]) == ("serving", 1)
    assert said["downloaded"].startswith("1\n00:00:00,000 --> 00:00:01,500\nCon cò bay lả\n")
    assert said["thumbnail"]["items"][0]["maxres"]["url"].startswith(caller.running.url)
    assert said["updated"]["privacyStatus"] == "public"
    assert {name: (one["status"], one["reason"]) for name, one in said["refusals"].items()} == {
        "title": (400, "invalidTitle"),
        "video": (404, "videoNotFound"),
        "again": (409, "videoAlreadyInPlaylist"),
        "caption": (409, "captionExists"),
    }
    for schema, answer in (
        ("Video", said["multipart"]),
        ("Video", said["resumable"]["video"]),
        ("VideoListResponse", said["listed"]),
        ("Caption", said["caption"]),
        ("ThumbnailSetResponse", said["thumbnail"]),
        ("PlaylistImage", said["playlistImage"]),
    ):
        shapes.check(schema, answer)
    assert [(each["id"], each["file"]["sha256"]) for each in state["videos"]] == [(video, said["sha256"])]
