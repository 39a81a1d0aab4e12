"""A production with all that a film can have: motion, music, every other film, and words lit; judged by its own report.

Other tests of this folder make still films alone, which is quicker.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import av
import pytest

from tests.whole.conftest import ROOT, Made, in_haste, produce

pytestmark = pytest.mark.film
SCRIPT = """---
title: Biển sáng
kind: audiobook
age: 10+
author: Thư viện tỉnh Bình Thuận
summary: Một chuyện rất ngắn.
narrator: nu-mien-bac
rights:
  text: {basis: own-work, licence: CC0-1.0}
  pictures: {basis: own-work, licence: CC0-1.0}
  voice: {basis: synthetic}
motion: gentle
editions: [EDITIONS]
short: {from: Ngoài khơi, to: quả bóng bàn.}
music: thuyen-ve-ben
made_for_kids: true
---

![Hòn đảo nhỏ với bãi cát vàng](hon-cau.svg)
Ngoài khơi Tuy Phong có một hòn đảo nhỏ tên là Hòn Cau.

![Ổ trứng rùa dưới lớp cát](o-trung.svg "chữ: trứng trắng tinh")
Trong ổ là những quả trứng trắng tinh, tròn như quả bóng bàn.
"""
OF_PACE = {"A11", "A12", "C5"}
"""What two sentences cannot be held to."""
EDITIONS = (
    "read-along",
    "short",
    *(("still", "sound-only") if os.environ.get("HYPOTHESIS_PROFILE") == "prove" else ()),
)
"""The others are cheaper to make than to watch: they are looked at in the long proofs."""


@pytest.fixture(scope="module", params=["bien-sang"])
def films(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Made:
    """A name for what is made keeps its tests in one process, so that it is made once."""
    folder = tmp_path_factory.mktemp("films")
    job = folder / "jobs" / request.param
    job.mkdir(parents=True)
    (job / "script.md").write_text(SCRIPT.replace("EDITIONS", ", ".join(EDITIONS)), encoding="utf-8")
    for name in ("hon-cau.svg", "o-trung.svg"):
        shutil.copy(ROOT / "jobs" / "rua-con-ve-bien" / name, job / name)
    return produce(job, folder / "output", in_haste())


def test_every_film_keeps_every_gate(films: Made) -> None:
    gates = films.read(0, "quality")["gates"]
    assert [
        (gate["id"], gate["name"], gate["value"]) for gate in gates if not gate["passed"] and gate["id"] not in OF_PACE
    ] == []
    ids = {gate["id"] for gate in gates}
    assert {f"V{number}" for number in range(1, 13)} <= ids
    assert {f"C{number}" for number in range(1, 10)} <= ids
    assert {"A13", "A14"} <= ids


def test_every_film_decodes_without_a_warning(films: Made) -> None:
    shown = sorted(films.folder.rglob("*.mp4"))
    assert len(shown) == 1 + len(EDITIONS)
    av.logging.set_level(av.logging.WARNING)
    try:
        with av.logging.Capture(local=False) as said:
            for path in shown:
                assert frames(path) > 0
    finally:
        av.logging.set_level(None)
    assert said == []


def frames(path: Path) -> int:
    """Decode a film's pictures and sound; return how many pictures it has."""
    with av.open(str(path)) as file:
        pictures = 0
        for packet in file.demux():
            for frame in packet.decode():
                pictures += isinstance(frame, av.VideoFrame)
    return pictures
