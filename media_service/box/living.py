"""Who works for this process at this moment, so that all of them can be ended at once, from any thread."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Protocol


class Living(Protocol):
    """Something that works for us beside this process."""

    def halt(self) -> None:
        """End it at once; nothing happens where it has ended already."""


class _Register:
    """Of one process: a fork begins with an empty one, since its parent's children are not its own."""

    def __init__(self) -> None:
        self.forget()
        os.register_at_fork(after_in_child=self.forget)

    def forget(self) -> None:
        self._guard = Lock()
        self._living: dict[int, Living] = {}

    def add(self, one: Living) -> None:
        with self._guard:
            self._living[id(one)] = one

    def remove(self, one: Living) -> None:
        with self._guard:
            self._living.pop(id(one), None)

    def all(self) -> tuple[Living, ...]:
        with self._guard:
            return tuple(self._living.values())


_REGISTER = _Register()  # the one state of this room: whoever halts knows none of the threads that started something
enlist = _REGISTER.add
"""Note that something lives; `dismiss` it when it has ended."""
dismiss = _REGISTER.remove


@contextmanager
def enlisted(one: Living) -> Iterator[None]:
    """Keep something in the register while it works."""
    enlist(one)
    try:
        yield
    finally:
        dismiss(one)


def halt_all() -> None:
    """Kill every child of this process with all that it started, and break off every boxed call.

    Whoever waits for one of them gets ToolKilledError. What is started afterwards runs.
    """
    for one in _REGISTER.all():
        one.halt()
