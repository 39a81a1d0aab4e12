"""What a page says while parts of the service are away; nothing is lost, nobody sees a wrong state.

On the service as `up` runs it; only in a long run, for films are made meanwhile.
"""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Event, Thread

import pytest

from tests.browser.journey import TEXT, Somebody
from tests.browser.service import House

pytestmark = [
    pytest.mark.enable_socket,
    pytest.mark.skipif(os.environ.get("HYPOTHESIS_PROFILE") != "prove", reason="a long proof: make prove"),
]
GONE_S = 60.0


def begun_below(pid: int, *words: str) -> list[int]:
    """Return the processes that one has begun, and those have, whose command has all these words."""
    children: dict[int, list[int]] = {}
    commands: dict[int, str] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            commands[int(folder.name)] = (folder / "cmdline").read_text().replace("\0", " ")
        except OSError:  # it has ended meanwhile
            continue
        children.setdefault(parent, []).append(int(folder.name))
    found, ahead = [], [pid]
    while ahead:
        mine = children.get(ahead.pop(), [])
        found += mine
        ahead += mine
    return [one for one in found if all(word in commands[one] for word in words)]


@contextmanager
def silenced(place: House) -> Iterator[None]:
    """Stop the service's Redis for the time of a block, and every one that is started in its place meanwhile."""
    over = Event()

    def keep_silent() -> None:
        while not over.wait(0.2):
            _tell(place, signal.SIGSTOP)

    keeper = Thread(target=keep_silent)
    _tell(place, signal.SIGSTOP)
    keeper.start()
    try:
        yield
    finally:
        over.set()
        keeper.join()
        _tell(place, signal.SIGCONT)


def _tell(place: House, what: signal.Signals) -> None:
    for redis in begun_below(place.supervisor.pid, "redis"):
        with suppress(ProcessLookupError):  # it has just been replaced
            os.kill(redis, what)


def test_workers_that_die_in_view_are_not_seen_as_anything_but_work_that_goes_on(
    place: House, minh: Somebody, tmp_path: Path
) -> None:
    book = tmp_path / "Thợ chết.txt"
    book.write_text(TEXT, encoding="utf-8")
    minh.begin_from_book(book)
    minh.page.wait_for_selector("#standing .badge.busy")
    workers = begun_below(place.supervisor.pid, "media_service.worker.run")
    assert workers
    for worker in workers:
        os.kill(worker, signal.SIGKILL)
    seen: set[str] = set()  # what waits for a person may come between two looks
    deadline = time.monotonic() + 300
    while not minh.page.locator("#standing .badge.wait").count():
        seen.add(minh.page.inner_text("#standing"))
        assert time.monotonic() < deadline, place.log.read_text("utf-8")[-3000:]
        time.sleep(0.2)
    assert "đang làm" in seen <= {"đang làm", "chờ duyệt"}
    minh.page.wait_for_selector("video")


def test_while_redis_is_gone_the_pages_answer_say_so_and_all_goes_on_afterwards(
    place: House, minh: Somebody, tmp_path: Path
) -> None:
    book = tmp_path / "Chuông im.txt"
    book.write_text(TEXT, encoding="utf-8")
    with silenced(place):
        gone = time.monotonic()
        address = minh.begin_from_book(book)
        assert minh.page.inner_text("#standing") == "đang làm"
        minh.to("/system")
        assert "Redis không trả lời" in minh.page.inner_text("main")
        time.sleep(max(0.0, GONE_S - (time.monotonic() - gone)))
        minh.to(address)
        assert minh.page.inner_text("#standing") == "đang làm"
    minh.see_it_made()
