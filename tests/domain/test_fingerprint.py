"""Names for products."""

from __future__ import annotations

import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from media_service.domain.fingerprint import fingerprint
from tests import make


def test_the_same_inputs_have_the_same_name_in_another_process() -> None:
    code = (
        "from media_service.domain.fingerprint import fingerprint;"
        "print(fingerprint('Hà Nội', 1, {'b': 2, 'a': (1.5, None)}))"
    )
    other = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert other.stdout.strip() == fingerprint("Hà Nội", 1, {"a": (1.5, None), "b": 2})


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("ab", "c"), ("a", "bc")),
        ((1,), ("1",)),
        ((None,), ("None",)),
        ((timedelta(seconds=1),), (1_000_000,)),
        ((make.voice(rate=1.0),), (make.voice(rate=1.1),)),
        ((["a", ["b"]],), (["a", "b"],)),
        ((make.title_slide("x"),), (make.picture_slide(),)),
    ],
)
def test_different_inputs_have_different_names(one: tuple[object, ...], other: tuple[object, ...]) -> None:
    assert fingerprint(*one) != fingerprint(*other)


def test_a_path_has_no_name_because_its_content_may_change() -> None:
    with pytest.raises(TypeError, match="give the content"):
        fingerprint(Path("a.png"))
