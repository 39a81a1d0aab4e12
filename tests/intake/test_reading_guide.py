"""What the guide for staff says of reading aloud is what happens."""

from __future__ import annotations

import re

import pytest

from media_service.catalogue import translate
from media_service.domain.lexicon import Lexicon
from media_service.domain.spoken import spoken
from media_service.intake.faults import Faults
from media_service.intake.lexicon import read_lines
from tests.intake.test_staff_guide import BLOCK, GUIDE


def blocks(tag: str, behind: str = "") -> list[str]:
    return re.findall(BLOCK.format(tag=tag) + behind, GUIDE, re.MULTILINE | re.DOTALL)


READINGS = [pair for block in blocks("cach-doc") for pair in re.findall(r"(.+)\n→ (.+)\n", block)]


def test_the_guide_has_its_examples() -> None:
    assert (len(READINGS), len(blocks("bang-cach-doc")), len(blocks("bang-cach-doc-loi"))) == (7, 1, 1)


@pytest.mark.parametrize(("written", "said"), READINGS)
def test_every_example_is_read_as_the_guide_says(written: str, said: str) -> None:
    assert spoken(written).text == said


def test_the_lexicon_of_the_guide_has_no_faults_and_works() -> None:
    faults = Faults("lexicon.txt")
    known = Lexicon(read_lines(blocks("bang-cach-doc")[0], faults))
    assert not faults
    assert spoken("CAPI của Hector Malot", known).text == "Ca pi của Héc to Ma lô"


def test_the_faulty_lexicon_of_the_guide_is_told_in_the_words_it_quotes() -> None:
    ((text, quoted),) = blocks("bang-cach-doc-loi", r"\n\n```text\n(.*?)^```$")
    faults = Faults("jobs/con-co/lexicon.txt")
    read_lines(text, faults)
    told = faults.error().faults
    assert quoted == "".join(f"{one.file}:{one.line}: {translate(one.said, 'vi')}\n" for one in told)
