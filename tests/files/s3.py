"""A real S3 server for tests: rclone's, over a folder, on a port of this machine."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

KEY, SECRET = "library", "not-so-secret-9750"


def wait_for(condition: Callable[[], object], seconds: float = 20) -> None:
    """Wait until a condition holds; fail after so many seconds."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.01)


class S3Server:
    """One server; what it is given lies in `folder`, a bucket a subfolder."""

    def __init__(self, folder: Path, *options: str) -> None:
        self.folder = folder
        self._options = options
        self._address = "127.0.0.1:0"
        self._running: subprocess.Popen[bytes] | None = None
        self._log = folder.with_name(f"{folder.name}.log")

    @property
    def endpoint(self) -> str:
        return f"http://{self._address}"

    def start(self) -> None:
        """Start, on the same port as before; returns when it listens."""
        program = shutil.which("rclone", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
        assert program, "rclone is not installed: it comes with the development requirements"
        self.folder.mkdir(exist_ok=True)
        command = [program, "serve", "s3", "--addr", self._address, "--auth-key", f"{KEY},{SECRET}", "--config", ""]
        command += ["--vfs-cache-mode", "off", *self._options, str(self.folder)]
        with self._log.open("wb") as log:
            self._running = subprocess.Popen(command, stdout=log, stderr=log)
        wait_for(lambda: self._said() or self._ended())
        assert not self._ended(), self._log.read_text()
        self._address = str(self._said()[0])

    def kill(self) -> None:
        """End it at once, in the middle of whatever it does."""
        if self._running:
            self._running.send_signal(signal.SIGKILL)
            self._running.wait()
            self._running = None

    def _said(self) -> list[str]:
        return re.findall(r"s3 server on \[http://([0-9.:]+)/\]", self._log.read_text(errors="replace"))

    def _ended(self) -> bool:
        return self._running is not None and self._running.poll() is not None
