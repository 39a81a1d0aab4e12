"""Real speech, spoilt: what the quality report finds in a chapter, and that it blames nothing that is good."""

from __future__ import annotations

from pathlib import Path

from benchmarks.spoilt_clips import SPOILT, Studio, episodes, measure


def test_spoilt_sentences_are_found_and_good_ones_are_left_alone(tmp_path: Path) -> None:
    alarms, found, passages = measure(episodes("rua-con-ve-bien")[0], Studio(tmp_path))
    assert passages > 20
    assert alarms == 0
    for name in SPOILT:
        was = found[name]
        assert sum(was) / len(was) >= 0.8, name
