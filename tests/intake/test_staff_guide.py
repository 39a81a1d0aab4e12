"""The guide for staff is true: every example in it is read, every fault in it is named in the words it quotes."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from media_service.catalogue import translate
from media_service.domain.casting import DEFAULT_NARRATOR
from media_service.intake.folder import JobFolders
from media_service.intake.front_matter import schema
from tests.intake.conftest import VOICES, Write, faults
from tests.jobs import png

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "docs" / "kich-ban.md").read_text("utf-8")
BLOCK = r"^```{tag}\n(.*?)^```$"

EXAMPLES = re.findall(BLOCK.format(tag="kich-ban"), GUIDE, re.MULTILINE | re.DOTALL)
PLAIN = re.findall(BLOCK.format(tag="kich-ban-txt"), GUIDE, re.MULTILINE | re.DOTALL)
MISTAKES = re.findall(BLOCK.format(tag="kich-ban-loi") + r"\n\n```text\n(.*?)^```$", GUIDE, re.MULTILINE | re.DOTALL)


def test_the_guide_has_its_examples() -> None:
    assert (len(EXAMPLES), len(PLAIN), len(MISTAKES)) == (14, 1, 10)
    assert GUIDE.count("```kich-ban") == len(EXAMPLES) + len(PLAIN) + len(MISTAKES)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda text: text.split("\n")[1])
def test_every_example_reads_without_faults(write: Write, example: str) -> None:
    job = write(example)
    for name in re.findall(r"!\[.*?\]\(([^)\s]*)", example):
        (job / name).parent.mkdir(exist_ok=True)
        (job / name).write_bytes(png(16, 9))
    assert faults(job) == ()


@pytest.mark.parametrize("example", PLAIN)
def test_the_plain_example_has_its_chapters(write: Write, example: str) -> None:
    script = JobFolders().read(write(example, name="script.txt"), VOICES)
    assert [chapter.title for chapter in script.chapters] == [
        "Chương 1. Quả trứng trong cát ấm",
        "Chương 2. Theo ánh trăng",
    ]


@pytest.mark.parametrize(("script", "quoted"), MISTAKES, ids=lambda text: text.split("\n")[0][:40])
def test_every_mistake_is_named_as_the_guide_quotes_it(write: Write, script: str, quoted: str) -> None:
    place = "jobs/con-co/script.md"
    named = "".join(f"{place}:{fault.line}: {translate(fault.said, 'vi')}\n" for fault in faults(write(script)))
    assert named == quoted


def test_the_table_of_keys_is_the_schema() -> None:
    table = re.findall(
        r"^\| `(\w+)` \|", GUIDE.split("## Phần khai báo")[1].split("**Quyền sử dụng.**")[0], re.MULTILINE
    )
    assert table == list(schema()["properties"])


def test_the_table_of_voices_is_the_folder_of_voices() -> None:
    part = GUIDE.split("## Chọn giọng đọc")[1].split("\n## ")[0]
    shipped = {path.stem: tomllib.loads(path.read_text("utf-8")) for path in sorted((ROOT / "voices").glob("*.toml"))}
    table = re.findall(r"^\| `([\w-]+)` \| (.*?) \|", part, re.MULTILINE)
    assert table == [(name, voice["title"]) for name, voice in shipped.items()]
    assert f"Không ghi `narrator` thì người kể là `{DEFAULT_NARRATOR}`." in part
    assert all(voice.get("draft") for voice in shipped.values()) == ("Tất cả đều là giọng nháp" in part)


def test_the_table_of_grounds_is_the_schema() -> None:
    part = GUIDE.split("**Quyền sử dụng.**")[1].split("| Dùng khi |")[1].split("\n\n")[0]
    assert (
        re.findall(r"^\| `([\w-]+)` \|", part, re.MULTILINE)
        == schema()["definitions"]["right"]["properties"]["basis"]["enum"]
    )


def test_the_guide_links_to_what_is_there() -> None:
    prose = re.sub(r"^```.*?^```$", "", GUIDE, flags=re.MULTILINE | re.DOTALL)
    for target in re.findall(r"\]\((\.\./[^)]+)\)", prose):
        assert (ROOT / "docs" / target).exists()
    headings = {
        re.sub(r"[^\w\- ]", "", line[3:].lower()).replace(" ", "-") for line in GUIDE.split("\n") if line[:3] == "## "
    }
    assert set(re.findall(r"\]\(#([^)]+)\)", GUIDE)) <= headings
