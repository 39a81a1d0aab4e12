"""The guide for importing books is true: its scripts read without faults, its options are the command's."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from media_service.books.kinds import SUFFIXES
from media_service.domain.book import Format
from tests.intake.conftest import faults

GUIDE = (Path(__file__).parents[2] / "docs" / "nhap-sach.md").read_text("utf-8")
EXAMPLES = re.findall(r"^```kich-ban\n(.*?)^```$", GUIDE, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("example", EXAMPLES, ids=range(len(EXAMPLES)))
def test_every_script_in_the_guide_reads_without_faults(tmp_path: Path, example: str) -> None:
    (tmp_path / "script.md").write_text(example, "utf-8")
    assert faults(tmp_path) == ()


def test_the_guide_names_every_format() -> None:
    table = GUIDE.split("## Những loại tệp đọc được")[1].split("\n## ")[0]
    assert all(name in table for name in ("EPUB", "Word", "PDF", "HTML", "Markdown", "văn bản"))
    assert set(SUFFIXES) == set(Format)


def test_the_guide_links_to_its_own_headings() -> None:
    headings = {
        re.sub(r"[^\w\- ]", "", line[3:].lower()).replace(" ", "-") for line in GUIDE.split("\n") if line[:3] == "## "
    }
    assert set(re.findall(r"\]\(#([^)]+)\)", GUIDE)) <= headings
