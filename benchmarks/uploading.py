"""How fast a film goes out, beside a bare HTTP PUT of the same chunks, and how much memory that takes.

`python -m benchmarks.uploading`: to a server that only takes bytes in, so that nothing but the sending is measured,
and to the sandbox channel. Exits with 1 below 0.8 of the bare PUT, or above 100 MB.
"""

from __future__ import annotations

import argparse
import contextlib
import http.client
import json
import os
import resource
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from media_service.channels import Uploads
from media_service.domain.publication import VideoFile
from media_service.youtube.connecting import connect
from media_service.youtube.places import sandbox
from media_service.youtube.sandbox import process, tokens
from media_service.youtube.sandbox.sandbox import Options
from media_service.youtube.sending import CHUNK
from media_service.youtube.transport import Access, App
from tests.youtube.scene import APP, DETAILS

SIZE, ROUNDS = 256_000_000, 10
LARGE = 2_000_000_000
LEAST_SHARE, MOST_MB = 0.8, 100.0


def main() -> None:
    """Print a table; see above for the exit code."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--weigh", nargs=3, metavar=("URL", "TOKEN", "BYTES"), help="send; print the peak memory in MB")
    given = asked.parse_args()
    if given.weigh:
        url, token, size = given.weigh
        print(weigh(url, token, int(size)))
        return
    with tempfile.TemporaryDirectory() as folder:
        with sink() as (url, believed):
            shares = [measured(folder, "sink", url, believed)]
        with channel(Path(folder)) as running:
            access = Access(sandbox(running.url), APP, running.consent())
            shares.append(measured(folder, "sandbox", running.url, access))
            peak = weighed(running.url, access.refresh_token)
    print(f"peak memory of a process that sends {LARGE / 1e9:.0f} GB: {peak:.0f} MB")
    sys.exit(min(shares) < LEAST_SHARE or peak >= MOST_MB)


@contextlib.contextmanager
def sink() -> Iterator[tuple[str, Access]]:
    """Yield the address of a server that takes all, and an authority that it believes."""
    server = subprocess.Popen([sys.executable, "-m", "benchmarks.sink"], stdout=subprocess.PIPE, text=True)
    assert server.stdout  # noqa: S101
    try:
        url = f"http://127.0.0.1:{int(server.stdout.readline())}"
        yield url, Access(sandbox(url), App("id", "secret"), "token")
    finally:
        server.kill()
        server.wait()


@contextlib.contextmanager
def channel(folder: Path) -> Iterator[process.Running]:
    """Run a sandbox that can take it."""
    with process.serve(Options(folder / "channel", uploads=10_000)) as running:
        yield running


def measured(folder: str, name: str, url: str, access: Access) -> float:
    """Send a film by turns both ways; returns our speed as a share of the bare one's."""
    path = film(Path(folder) / "film.mp4", SIZE)
    uploads = connect(access, lambda _: None).uploads
    ours, bare = [], []
    for number in range(ROUNDS):
        file = VideoFile(f"film-{number}.mp4", SIZE, "")
        for send, times in ((uploads.send, ours), (put, bare)) if number % 2 else ((put, bare), (uploads.send, ours)):
            session = address(uploads, url, name, file)
            begun = time.perf_counter()
            send(session, file, path, 0, lambda _: None)
            times.append(time.perf_counter() - begun)
    speeds = [SIZE / min(times) / 1e6 for times in (ours, bare)]  # the rounds that nobody else disturbed
    print(f"{name:8} ours {speeds[0]:6.0f} MB/s   bare PUT {speeds[1]:6.0f} MB/s   share {speeds[0] / speeds[1]:.2f}")
    return speeds[0] / speeds[1]


def address(uploads: Uploads, url: str, name: str, file: VideoFile) -> str:
    """Return the address of a session."""
    return f"{url}/upload" if name == "sink" else uploads.open_session(DETAILS, file)


def film(path: Path, size: int) -> Path:
    """Write a file that is no trouble to read."""
    with path.open("wb") as file:
        block = os.urandom(1 << 20)
        for _ in range(size // len(block)):
            file.write(block)
        file.truncate(size)
    return path


def put(session: str, file: VideoFile, path: Path, _start: int, _told: object) -> str:
    """Send the same chunks with nothing between them and the socket."""
    place = urlsplit(session)
    line = http.client.HTTPConnection(place.netloc, timeout=60)
    line.connect()
    line.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # else each chunk waits for an acknowledgement
    with path.open("rb") as content:
        for offset in range(0, file.size, CHUNK):
            chunk = content.read(CHUNK)
            headers = {"Content-Range": f"bytes {offset}-{offset + len(chunk) - 1}/{file.size}"}
            line.request("PUT", f"{place.path}?{place.query}", chunk, headers)
            answer = line.getresponse()
            body = answer.read()
    line.close()
    return str(json.loads(body)["id"])


def weighed(url: str, token: str, size: int = LARGE) -> float:
    """Return the peak memory (MB) of a process of its own that sends a film of so many bytes."""
    command = [sys.executable, "-m", "benchmarks.uploading", "--weigh", url, token, str(size)]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def weigh(url: str, token: str, size: int) -> float:
    """Send a film of nothing, and return the peak memory of this process in MB."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "film.mp4"
        with path.open("wb") as file:
            file.truncate(size)
        one = VideoFile("film.mp4", size, "")
        uploads = connect(Access(sandbox(url), App(tokens.CLIENT, tokens.SECRET), token), lambda _: None).uploads
        uploads.send(uploads.open_session(DETAILS, one), one, path, 0, lambda _: None)
    return peak_mb()


def peak_mb() -> float:
    """Return the peak memory of this program; what getrusage tells on Linux counts whoever started it too."""
    status = Path("/proc/self/status")
    if status.exists():
        (peak,) = (line.split()[1] for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(peak) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 << 20)


if __name__ == "__main__":
    main()
