"""Whatever a book says, the script that is written of it is read as the same words."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

from media_service.domain.book import Block, Break, Heading, Metadata, Paragraph, Verse
from media_service.domain.chaptering import Chapter
from media_service.domain.mending import mended
from media_service.domain.merging import merged
from media_service.domain.script import Kind
from media_service.domain.script_text import Heads, script_text
from media_service.intake.folder import JobFolders
from tests.intake.conftest import VOICES

MARKS = st.sampled_from(
    [
        "*",
        "_",
        "`",
        "[",
        "]",
        "[nghỉ 2s]",
        "<!--",
        "-->",
        "<b>",
        "# ",
        "> ",
        "- ",
        "1. ",
        "~~~",
        "\\",
        "|",
        "![",
        "==",
        "Ông Tư: ",
        "---",
    ]
)
WORDS = st.sampled_from(["con", "cò", "Trắng", "đồng", "1945", "“gió”", "a_b", "x", "…", "đi."])
TEXT = st.lists(WORDS | MARKS, min_size=1, max_size=12).map(lambda parts: mended(" ".join(["Cò", *parts])))
LED = st.lists(MARKS | WORDS, min_size=1, max_size=8).map(lambda parts: mended("".join(parts) + " cò"))
LINE = TEXT | LED
BLOCK = st.one_of(
    LINE.map(Paragraph),
    st.lists(LINE, min_size=1, max_size=4).map(lambda lines: Verse(tuple(lines))),
    LINE.map(lambda text: Heading(text, 2)),
    st.just(Break()),
)


@given(st.lists(BLOCK, max_size=8), LINE, LINE)
def test_a_script_says_what_the_book_said(blocks: list[Block], title: str, last: str) -> None:
    chapter = Chapter(title, (*blocks, Paragraph(last)))
    heads = Heads(Metadata(title=title, author=last), Kind.AUDIOBOOK, "x")
    with TemporaryDirectory() as folder:
        job = Path(folder) / "con-co"
        job.mkdir()
        (job / "script.md").write_text(script_text(heads, (chapter,), {}), "utf-8")
        (read,) = JobFolders().read(job, VOICES).chapters
    said = [
        " ".join(words.text for words in item.words()) if hasattr(item, "words") else item.title for item in read.items
    ]
    wanted = [block.text for block in chapter.blocks if not isinstance(block, Break)]
    assert read.title == title
    assert [text.split() for text in said] == [text.split() for text in wanted]


PASSAGE = st.sampled_from(["một", "hai", "ba", "bốn", "năm"])
SCRIPT = st.lists(PASSAGE, min_size=1, max_size=8).map(lambda parts: "\n\n".join(parts) + "\n")


@given(SCRIPT, SCRIPT)
def test_merging_with_one_side_unchanged_gives_the_other(before: str, changed: str) -> None:
    assert merged(before, changed, before).text == changed
    assert merged(before, before, changed).text == changed


@given(SCRIPT, SCRIPT, SCRIPT)
def test_no_change_of_people_is_lost_without_a_word(before: str, now: str, mine: str) -> None:
    told = merged(before, now, mine)
    added = [part for part in mine.split("\n\n") if part.strip() not in before and part.strip() not in now]
    assert all(part.strip() in told.text for part in added)
