"""Seals are read by many threads at once, from the first one on; who makes a product locks out all others till then."""

from __future__ import annotations

import gc
import subprocess
import sys
from dataclasses import replace

from media_service.domain.product import Key
from media_service.files.seal import Locks

FIRST_READS = """
import dataclasses, sys, threading
from media_service.files.seal import Seal, opened, written

sys.setswitchinterval(1e-6)
for _ in range(40):
    word = dataclasses.make_dataclass("Word", [(f"w{place}", int) for place in range(30)], frozen=True)
    clip = dataclasses.make_dataclass("Clip", [(f"c{place}", tuple[word, ...]) for place in range(10)], frozen=True)
    words = (word(*range(30)),)
    sealed = Seal(1, 1.0, clip(*[words] * 10))
    data, together, read = written(sealed), threading.Barrier(4), []

    def go():
        together.wait()
        read.append(opened(data, clip))

    threads = [threading.Thread(target=go) for _ in range(4)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert read == [sealed] * 4
"""


def test_the_first_seals_of_a_kind_may_be_read_by_several_threads_at_once() -> None:
    run = subprocess.run([sys.executable, "-c", FIRST_READS], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr


def test_a_lock_is_one_for_all_who_want_it_and_gone_when_nobody_does() -> None:
    locks, key = Locks(), Key("clip", "0" * 20, ".flac")
    with locks.of(key):
        assert not locks.of(replace(key)).acquire(blocking=False)
    gc.collect()
    assert locks.of(key).acquire(blocking=False)
    assert len(locks) == 0
