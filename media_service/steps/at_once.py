"""The same done to several things at once, in threads: what takes long waits for other programs or computes outside."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Thing = TypeVar("Thing")
Made = TypeVar("Made")


def at_once(make: Callable[[Thing], Made], things: Iterable[Thing], count: int) -> tuple[Made, ...]:
    """Return what becomes of each thing, in order; after a fault of one, none is begun any more."""
    if count == 1:
        return tuple(map(make, things))
    with ThreadPoolExecutor(count) as pool:
        begun = [pool.submit(make, thing) for thing in things]
        try:
            return tuple(one.result() for one in begun)
        except BaseException:  # a stop must not wait for work that has not begun
            pool.shutdown(wait=False, cancel_futures=True)
            raise
