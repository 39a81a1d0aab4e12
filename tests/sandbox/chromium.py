"""A real Chromium without a window, spoken to over its debugging pipe; nothing but the standard library."""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

PROGRAM = shutil.which("chromium") or shutil.which("chromium-browser")


class Chromium:
    """One page of a browser."""

    def __init__(self, asking: int, answering: BinaryIO) -> None:
        self._asking = asking
        self._answering = answering
        self._number = 0
        self._session = ""
        self.events: list[dict[str, Any]] = []
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network", "Accessibility"):
            self.call(f"{domain}.enable")

    def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        self._number += 1
        asked = {"id": self._number, "method": method, "params": parameters}
        if self._session:
            asked["sessionId"] = self._session
        os.write(self._asking, json.dumps(asked).encode() + b"\0")
        while (told := self._read()).get("id") != self._number:
            self.events.append(told)
        assert "error" not in told, told
        return dict(told["result"])

    def _read(self) -> dict[str, Any]:
        text = bytearray()
        while (letter := self._answering.read(1)) not in {b"\0", b""}:
            text += letter
        assert text, "the browser has ended"
        return dict(json.loads(text))

    def open(self, url: str, width: int = 1280, height: int = 800, *, dark: bool = False) -> None:
        """Open a page in a window of that size, and wait until it stands."""
        self.call(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=width < 600
        )
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.call("Emulation.setEmulatedMedia", features=[scheme])
        self.events.clear()
        self.call("Page.navigate", url=url)
        self.wait("document.readyState === 'complete' && document.fonts.status === 'loaded'")

    def run(self, script: str) -> Any:
        """Return what a script says."""
        told = self.call("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in told, told
        return told["result"].get("value")

    def wait(self, condition: str, seconds: float = 20) -> None:
        """Wait until a script says true."""
        deadline = time.monotonic() + seconds
        while not self.run(condition):
            assert time.monotonic() < deadline, f"waited in vain for {condition}"
            time.sleep(0.05)

    def press(self, key: str) -> None:
        """Press a key."""
        for kind in ("keyDown", "keyUp"):
            self.call(
                "Input.dispatchKeyEvent",
                type=kind,
                key=key,
                code=key,
                windowsVirtualKeyCode={"Tab": 9}.get(key, 13),
                text="\r" if key == "Enter" and kind == "keyDown" else "",
            )

    def complaints(self) -> list[str]:
        """Return what the browser complained of since the page was opened."""
        self.run("1")
        logged = [one["params"]["entry"] for one in self.events if one.get("method") == "Log.entryAdded"]
        return [
            f"{entry['level']}: {entry['text']} {entry.get('url', '')}" for entry in logged if entry["level"] == "error"
        ]

    def hosts(self) -> set[str]:
        """Return which addresses were asked since the page was opened."""
        asked = [
            one["params"]["request"]["url"] for one in self.events if one.get("method") == "Network.requestWillBeSent"
        ]
        return {"/".join(url.split("/")[:3]) for url in asked}

    def picture(self, path: Path, *, whole: bool = False) -> None:
        """Take a picture of the page."""
        told = self.call("Page.captureScreenshot", format="png", captureBeyondViewport=whole)
        path.write_bytes(base64.b64decode(told["data"]))


@contextmanager
def chromium(folder: Path) -> Iterator[Chromium]:
    """Run a browser until left."""
    assert PROGRAM
    theirs_in, asking = os.pipe()
    answering, theirs_out = os.pipe()
    # the browser expects its pipe under the numbers 3, to read, and 4, to write
    launch = f"import os, sys; os.dup2({theirs_in}, 103); os.dup2({theirs_out}, 4); os.dup2(103, 3)"
    command = [sys.executable, "-c", f"{launch}; os.execv(sys.argv[1], sys.argv[1:])", PROGRAM]
    options = ["--headless=new", "--no-sandbox", "--disable-gpu", "--remote-debugging-pipe", "--mute-audio"]
    options += ["--hide-scrollbars", "--autoplay-policy=no-user-gesture-required", f"--user-data-dir={folder}"]
    with subprocess.Popen(
        [*command, *options], pass_fds=(theirs_in, theirs_out), stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL
    ) as process:
        os.close(theirs_in)
        os.close(theirs_out)
        with os.fdopen(answering, "rb") as told:
            try:
                yield Chromium(asking, told)
            finally:
                process.kill()
                os.close(asking)
