"""What the pages say is true of the program."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from rich.console import Console
from typer.core import TyperGroup

from media_service import settings
from media_service.cli.desk import Desk
from media_service.cli.main import COMMANDS, main, program
from media_service.domain.manifest import FILE_NAMES
from tests import jobs

ROOT = Path(__file__).parents[2]
PAGES = sorted(
    [ROOT / "README.md", ROOT / "CHANGELOG.md", *ROOT.glob("docs/*.md"), *ROOT.glob("templates/**/README.md")]
)


def page(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_inside_the_project_leads_somewhere(path: Path) -> None:
    links = re.findall(
        r"\]\(([^)#\s]+)", re.sub(r"```.*?```|`[^`]*`", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    )
    for link in links:
        assert link.startswith("https://") or (path.parent / link).exists(), link


def test_the_example_of_the_readme_is_a_job_without_faults(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    script = re.search(r"```markdown\n(.*?)```", page("README.md"), re.DOTALL)
    assert script
    job = tmp_path / "con-co"
    job.mkdir()
    (job / "script.md").write_text(script[1], encoding="utf-8")
    (job / "canh-dong.png").write_bytes(jobs.png(320, 180))
    assert main(["check", str(job), "--lang", "en"]) == 0
    assert "“Con cò”: no faults" in capsys.readouterr().out


def test_the_readme_names_every_command() -> None:
    table = re.findall(r"^\| (`.*?) \|", page("README.md").split("## The commands")[1], re.MULTILINE)
    named = [name for row in table for name in re.findall(r"`([\w-]+)", row.split("`, `show`")[0])]
    assert named == [command.__name__.rstrip("_").replace("_", "-") for command in COMMANDS]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_command_that_a_page_shows_is_there_with_its_options(path: Path) -> None:
    here = Path.cwd()
    quiet = Console(quiet=True)
    group = program(Desk(settings.Settings(here, here, None, "en"), quiet, quiet))
    blocks = "".join(re.findall(r"```sh\n(.*?)```", path.read_text(encoding="utf-8"), re.DOTALL))
    for line in re.findall(r"^(?:\.venv/bin/)?media-service (.*)$", blocks, re.MULTILINE):
        command, words = group, shlex.split(line, comments=True)
        while words and isinstance(command, TyperGroup):
            command = command.commands[words.pop(0)]
        known = {option for parameter in command.params for option in parameter.opts}
        assert {word for word in words if word.startswith("-")} <= known, line


def test_the_readme_names_every_file_of_an_episode() -> None:
    table = page("README.md").split("## What comes out")[1].split("## ")[0]
    assert set(FILE_NAMES.values()) <= set(re.findall(r"`([\w.-]+)`", table))


def test_every_variable_is_explained_and_nothing_else() -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in Path(settings.__file__).parent.rglob("*.py"))
    explained = set(re.findall(r"^\| `(MEDIA_SERVICE_\w+)`", page("docs/operations.md"), re.MULTILINE))
    assert explained == set(re.findall(r'"(MEDIA_SERVICE_[A-Z_]+)"', source))


def test_every_dependency_is_explained() -> None:
    project = page("pyproject.toml").split("dependencies = [")[1].split("]")[0]
    for name in re.findall(r'"([a-z-]+)', project):
        assert name in page("docs/dependencies.md").lower(), name


def test_the_locks_pin_by_hash_and_name_no_index() -> None:
    for path in ROOT.glob("requirements/*.txt"):
        text = path.read_text(encoding="utf-8")
        pinned = re.findall(r"^[a-z0-9-]+==\S+.*?(?=^[a-z0-9-]+==|\Z)", text, re.MULTILINE | re.DOTALL)
        assert len(pinned) == len(re.findall(r"^[a-z0-9-]+==", text, re.MULTILINE)) > 0
        assert all("--hash=sha256:" in one for one in pinned)
        assert not re.search(r"https?://|--(extra-)?index|find-links", text)


def test_every_standard_that_the_code_cites_is_explained() -> None:
    explained = set(re.findall(r"^\| ([ACVP]\d+) \|", page("docs/standards.md"), re.MULTILINE))
    source = "".join(path.read_text(encoding="utf-8") for path in Path(settings.__file__).parent.rglob("*.py"))
    cited = set(re.findall(r"\b([ACVP]\d{1,2})\b(?=[,;:.)\s\"'-])", source))
    assert cited - explained == set()
