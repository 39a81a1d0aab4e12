"""A sandbox as a process of its own, for `process`: its options as JSON, a listening socket as standard input."""

from __future__ import annotations

import json
import socket
import sys
from pathlib import Path

from media_service.youtube.sandbox.sandbox import Options
from media_service.youtube.sandbox.server import run


def main(written: str) -> None:
    """Run a sandbox with options as `process` writes them."""
    given = json.loads(written)
    given["folder"] = Path(given["folder"])
    given["templates"] = tuple(map(Path, given["templates"]))
    run(Options(**given), socket.socket(fileno=sys.stdin.fileno()))


if __name__ == "__main__":
    main(sys.argv[1])
