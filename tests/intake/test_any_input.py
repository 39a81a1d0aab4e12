"""Whatever is handed in, the answer is a script or a list of faults, and it comes soon."""

from __future__ import annotations

import string
import time
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from media_service.domain.script import Paragraph, Script
from media_service.errors import InputError
from media_service.intake.faults import Faults
from media_service.intake.folder import JobFolders, read_script
from media_service.intake.pictures import size_of
from media_service.intake.refusals import RefusedPictureError
from media_service.intake.text_file import decode
from tests.intake.conftest import VOICES, Write, book, tale
from tests.intake.test_job_pictures import SVG, saved

MARKS = [
    *("\n", "\n\n", "# ", "## ", "#", "> ", "---", "***", "* ", "- ", "1. ", "| ", "```", "![", "](", ")", "[", "]"),
    *("![x](a.png)", "[nghỉ 2s]", "[nghỉ", "*", "**", "_", "~~", "`", "<b>", "<", ">", "<!--", "-->", "\\", "\t", ":"),
    *("An Tiêm:", "An Tiem:", "title:", "kind: audiobook", "cast:", "  An Tiêm: nam", "tags: [a]", "&a", "*a", "!!x"),
    *(
        '"',
        "'",
        "{",
        "}",
        "|",
        "%",
        "@",
        "\0",
        "\ufeff",
        "\u0300",
        "\u200b",
        "Lời.",
        "ếệ",
        "\r",
        "\x85",
        "\u2028",
        "Chương 1",
    ),
]
scribbles = st.lists(st.one_of(st.sampled_from(MARKS), st.text(max_size=6)), max_size=40).map("".join)
SOON = settings(deadline=2000, suppress_health_check=[HealthCheck.function_scoped_fixture])


def answer(text: str, name: str = "script.md") -> None:
    """Read a text that may be anything; only the two kinds of answer may come."""
    faults = Faults(name)
    clean = decode(text.encode("utf-8", "surrogatepass"), faults)
    if clean is None:
        assert faults
        return
    head, chapters = read_script(clean, name, "x", faults)
    lines = clean.count("\n") + 1
    if faults:
        for fault in faults.error().faults:
            assert 0 <= fault.line <= lines + 1
            str(fault.said).encode()
    else:
        assert head.facts
        assert chapters
        for item in (item for chapter in chapters for item in chapter.items):
            assert 1 <= item.line <= lines
            assert not isinstance(item, Paragraph) or any(words.text.strip() for words in item.words())


@given(scribbles)
@SOON
def test_any_text_is_answered(text: str) -> None:
    answer(text)


@given(scribbles)
@SOON
def test_any_body_is_answered(text: str) -> None:
    answer(tale(text))
    answer(book(text))


@given(scribbles)
@SOON
def test_any_front_matter_is_answered(text: str) -> None:
    answer(f"---\n{text}\n---\nLời.\n")
    answer(f"---\ntitle: x\nkind: heritage\n{text}\n---\nLời.\n")


@given(scribbles)
@SOON
def test_any_plain_text_is_answered(text: str) -> None:
    answer(text, "script.txt")
    answer(f"Tên\nLời.\n{text}", "script.txt")


@given(st.binary(max_size=300), st.sampled_from(["script.md", "script.txt"]))
@SOON
def test_any_bytes_are_answered(tmp_path: Path, data: bytes, name: str) -> None:
    for old in tmp_path.iterdir():
        old.unlink()
    (tmp_path / name).write_bytes(data)
    with suppress(InputError):
        assert isinstance(JobFolders().read(tmp_path, VOICES), Script)


@given(st.one_of(st.text(max_size=60), scribbles))
@SOON
def test_any_picture_name_is_answered(tmp_path: Path, name: str) -> None:
    (tmp_path / "script.md").write_bytes(tale(f"![x]({name})\nLời.\n").encode("utf-8", "ignore"))
    with suppress(InputError):
        assert isinstance(JobFolders().read(tmp_path, VOICES), Script)


PICTURES = [saved("PNG"), saved("JPEG"), saved("WEBP"), saved("WEBP", lossless=True), SVG, b"", saved("GIF")]


@given(st.sampled_from(PICTURES), st.lists(st.tuples(st.integers(0, 400), st.binary(max_size=4)), max_size=6))
@SOON
def test_any_picture_is_answered(data: bytes, changes: list[tuple[int, bytes]]) -> None:
    for at, new in changes:
        data = data[:at] + new + data[at + len(new) :]
    with suppress(RefusedPictureError):
        assert min(size_of(data, "a.png")) > 0


@given(st.text(alphabet=string.ascii_lowercase + "<>/=\"'&;:#() \n", max_size=80))
@SOON
def test_any_drawing_is_answered(inside: str) -> None:
    with suppress(RefusedPictureError):
        whole = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">' + inside.encode() + b"</svg>"
        assert size_of(whole, "a.svg") == (9, 9)


HEAVY = {
    "prose": "Ngày xưa có hai anh em. " * 20 + "\n\n",
    "one line": "Ngày xưa ",
    "open pictures": "![",
    "open pictures with a target": "![a](",
    "open links": "[a](",
    "brackets": "[",
    "stars": "*a ",
    "stars in a row": "*",
    "underscores": "_a",
    "tags": "<a",
    "comments": "<!--",
    "escapes": "\\",
    "colons": "An Tiem: ",
    "lines with a name": "An Tiem: x\n",
    "hashes": "#",
    "pipes": "|-",
    "rules": "- ",
    "quotes": "> ",
    "pauses": "[nghỉ 1s] ",
    "marks of accents": "e\u0323\u0302",
    "old letters": "Ch\xad\xac",
    "blank lines": "\n",
}


@pytest.mark.parametrize("piece", HEAVY.values(), ids=HEAVY.keys())
def test_reading_time_grows_with_the_script_and_no_faster(piece: str) -> None:
    body = piece * (400_000 // len(piece.encode()))
    begun = time.process_time()
    answer(tale(body))
    assert time.process_time() - begun < 8  # seconds of work; what grows with the square takes minutes


def test_a_thousand_chapters_are_read(write: Write) -> None:
    script = JobFolders().read(
        write(book("".join(f"# Chương {n}\n\n" + "Lời nói. " * 100 + "\n\n" for n in range(1000)))),
        VOICES,
    )
    assert len(script.chapters) == 1000
