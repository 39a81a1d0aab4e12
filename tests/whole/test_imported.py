"""A book file goes the whole way: imported, then produced, and its chapters are films that say its words.

An EPUB of one chapter as a rule; under `HYPOTHESIS_PROFILE=prove` a DOCX and a PDF of several chapters too.
"""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

from tests.whole.captions import cues
from tests.whole.conftest import ROOT, command, environment, produce

pytestmark = pytest.mark.film
CORPUS = ROOT / "tests" / "books" / "corpus" / "accept"
PROVE = os.environ.get("HYPOTHESIS_PROFILE") == "prove"
BOOKS = ("epub3-ruby.epub", "docx-python-docx.docx", "pdf-nfd.pdf")[: 3 if PROVE else 1]


@pytest.mark.parametrize("name", BOOKS)
def test_an_imported_book_becomes_films_of_its_chapters(name: str, tmp_path: Path) -> None:
    book = json.loads((CORPUS / f"{name}.json").read_text(encoding="utf-8"))
    run = subprocess.run(
        command("import", CORPUS / name, "--into", tmp_path / "jobs"),
        env=environment(),
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    (job,) = (tmp_path / "jobs").iterdir()
    made = produce(job, tmp_path / "output")
    assert [one["title"] for one in made.manifest["episodes"]] == [one["title"] for one in book["chapters"]]
    for number, chapter in enumerate(book["chapters"]):
        shown = cues(made.file(number, "captions_srt").read_text(encoding="utf-8"))
        said = " ".join(text for _, _, text in shown).split()
        place = 0
        for word in " ".join(chapter["paragraphs"]).split():
            place = said.index(word, place) + 1
        assert made.file(number, "video").stat().st_size > 100_000
