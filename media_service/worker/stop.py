"""Being asked to end: heard at once by whichever thread waits, even while the main thread is deep in a C library."""

from __future__ import annotations

import os
import select
import signal
from collections.abc import Iterator
from contextlib import contextmanager

_ENDING = (signal.SIGTERM, signal.SIGINT)


class Stop:
    """Whether this process was asked to end, and how often. One thread waits; anybody may ask."""

    def __init__(self) -> None:
        self._heard, self._told = os.pipe()
        for end in (self._heard, self._told):
            os.set_blocking(end, False)
        self.asked = 0

    def ask(self) -> None:
        """Ask it to end."""
        os.write(self._told, bytes([signal.SIGTERM]))

    def wait(self, timeout_s: float) -> bool:
        """Wait until it is asked or woken, at most that long; True from the first time that it was asked."""
        if not self.asked:
            self._listen(timeout_s)
        return self.asked > 0

    def wake(self) -> None:
        """Have whoever waits look up, though nobody asks."""
        os.write(self._told, b"\0")

    def again(self) -> bool:
        """Tell whether it was asked a second time, without waiting."""
        self._listen(0)
        return self.asked > 1

    @contextmanager
    def on_signals(self) -> Iterator[None]:
        """Take SIGTERM and SIGINT for asking. For the main thread.

        The interpreter writes a signal's number into the pipe itself, so that no thread has to come round first.
        """
        before = {sign: signal.signal(sign, lambda *_: None) for sign in _ENDING}
        woken = signal.set_wakeup_fd(self._told, warn_on_full_buffer=False)
        try:
            yield
        finally:
            signal.set_wakeup_fd(woken)
            for sign, handler in before.items():
                signal.signal(sign, handler)

    def close(self) -> None:
        """Let go of the pipe."""
        os.close(self._heard)
        os.close(self._told)

    def _listen(self, timeout_s: float) -> None:
        if select.select([self._heard], [], [], timeout_s)[0]:
            self.asked += sum(sign in _ENDING for sign in os.read(self._heard, 64))
