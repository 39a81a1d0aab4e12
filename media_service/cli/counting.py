"""Work that counts what it has done, for whoever waits in a terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from media_service.cli.desk import Desk


@contextmanager
def counting(desk: Desk) -> Iterator[Callable[[int], None]]:
    """Yield what is to be told the number of parts that are done; nothing is shown outside a terminal."""
    if not desk.err.is_terminal:
        yield lambda _: None
        return
    with desk.err.status("") as shown:
        yield lambda number: shown.update(desk.put("{number} parts", number=number))
