"""How quick and how lean the sandbox channel is: `python -m benchmarks.sandbox`.

Measured are the time from starting it to its first answer, the throughput of one upload in chunks of 8 MiB over
loopback (with the time its processor took for it) beside that of bare sockets, and the memory that it had at most.
"""

from __future__ import annotations

import argparse
import http.client
import os
import socket
import statistics
import tempfile
import threading
import time
from pathlib import Path
from urllib.parse import urlsplit

from media_service.youtube.sandbox.process import Running, serve
from tests.sandbox.calling import Caller, options

CHUNK = 8 << 20
LIMIT_S, LIMIT_MB = 1.0, 100


def main() -> None:
    """Print the three figures."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--mb", type=int, default=2_000)
    size = asked.parse_args().mb * 1_000_000
    with tempfile.TemporaryDirectory() as folder:
        starts = [_start(Path(folder) / f"start-{number}") for number in range(5)]
        print(f"start to first answer: median {statistics.median(starts):.2f} s, at most {max(starts):.2f} s")
        with serve(options(Path(folder) / "channel")) as sandbox:
            caller = Caller(sandbox)
            before, worked = _memory_mb(sandbox), _worked_s(sandbox)
            took = _upload(caller, size)
            after, worked = _memory_mb(sandbox), _worked_s(sandbox) - worked
    print(f"upload of {size / 1e6:.0f} MB: {size / took / 1e6:.0f} MB/s; bare sockets {_bare(size) / 1e6:.0f} MB/s")
    print(f"of a processor's second: {size / worked / 1e6:.0f} MB")
    print(f"memory at most: {before:.0f} MB before, {after:.0f} MB after")
    if statistics.median(starts) > LIMIT_S or after > LIMIT_MB:
        raise SystemExit(f"It should start within {LIMIT_S:.0f} s and stay below {LIMIT_MB} MB.")


def _start(folder: Path) -> float:
    begun = time.monotonic()
    with serve(options(folder)) as sandbox:
        target = urlsplit(sandbox.url)
        line = http.client.HTTPConnection(target.hostname or "", target.port, timeout=20)
        line.request("GET", "/sandbox/state")
        line.getresponse().read()
        line.close()
        return time.monotonic() - begun


def _memory_mb(sandbox: Running) -> float:
    said = Path(f"/proc/{sandbox.pid}/status").read_text(encoding="ascii")
    return next(int(line.split()[1]) for line in said.splitlines() if line.startswith("VmHWM")) / 1024


def _worked_s(sandbox: Running) -> float:
    """Return the seconds of processor time that it took so far."""
    said = Path(f"/proc/{sandbox.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(said[11]) + int(said[12])) / os.sysconf("SC_CLK_TCK")


def _upload(caller: Caller, size: int) -> float:
    """Send a film of that size, and return the seconds from its first byte to the answer that it is there."""
    session, piece = urlsplit(caller.session(size)), bytes(CHUNK)
    line = http.client.HTTPConnection(session.hostname or "", session.port, timeout=120)
    begun = time.monotonic()
    for first in range(0, size, CHUNK):
        some = piece[: size - first]
        place = {"Content-Range": f"bytes {first}-{first + len(some) - 1}/{size}"}
        line.request("PUT", f"{session.path}?{session.query}", some, place)
        told = line.getresponse()
        told.read()
    if told.status != 200:
        raise SystemExit(f"The upload ended with {told.status}.")
    line.close()
    return time.monotonic() - begun


def _bare(size: int) -> float:
    """Return how many bytes a second go through a bare socket to a thread that lets them fall."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def take() -> None:
            with listening.accept()[0] as line:
                while line.recv(1 << 18):
                    pass

        taker = threading.Thread(target=take)
        taker.start()
        begun, piece = time.monotonic(), bytes(CHUNK)
        with socket.create_connection(listening.getsockname()) as line:
            for _ in range(0, size, CHUNK):
                line.sendall(piece)
        taker.join()
        return size / (time.monotonic() - begun)


if __name__ == "__main__":
    main()
