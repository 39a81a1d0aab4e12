"""The house keeps its own rules, where import-linter does not look."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "media_service"
MODULES = sorted(PACKAGE.rglob("*.py"))
NAMES = [str(path.relative_to(PACKAGE)) for path in MODULES]


def calls(function: str) -> Iterator[tuple[Path, ast.Call]]:
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) == function:
                yield path, node


@pytest.mark.parametrize("path", MODULES, ids=NAMES)
def test_a_module_says_what_room_it_is(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize("path", MODULES, ids=NAMES)
def test_a_module_is_not_longer_than_three_hundred_lines(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 300


def test_the_order_of_work_is_readable_on_one_page() -> None:
    assert len((PACKAGE / "pipeline.py").read_text(encoding="utf-8").splitlines()) < 120


def test_no_room_is_called_by_a_name_that_says_nothing() -> None:
    assert not {path.stem for path in MODULES} & {"utils", "helpers", "common", "manager", "base", "misc"}


def test_the_environment_is_read_in_one_place() -> None:
    readers = {
        path.relative_to(PACKAGE).as_posix() for path in MODULES if "os.environ" in path.read_text(encoding="utf-8")
    }
    assert readers <= {"settings.py", "cli/main.py"}  # main hands the environment over to settings


def test_what_is_formatted_into_a_sentence_stands_in_it() -> None:
    for path, call in calls("message"):
        assert isinstance(call.args[0], ast.Constant), f"{path}:{call.lineno}: a key is a literal"
        places = {name for _, name, _, _ in string.Formatter().parse(str(call.args[0].value)) if name}
        given = {keyword.arg for keyword in call.keywords}
        assert places <= given or None in given, f"{path}:{call.lineno}: {places - given} not given"


def test_every_sentence_is_in_the_catalogue_with_the_same_places() -> None:
    from babel.messages.pofile import read_po

    with (PACKAGE / "locale" / "vi.po").open("rb") as file:
        catalogue = {str(entry.id): str(entry.string) for entry in read_po(file) if entry.id}
    keys = {
        str(call.args[0].value)
        for function in ("message", "put", "say")
        for _, call in calls(function)
        if call.args and isinstance(call.args[0], ast.Constant)
    }
    assert keys - set(catalogue) == set()
    for key in keys:
        places, said = (set(re.findall(r"{(\w+)", text)) for text in (key, catalogue[key]))
        assert catalogue[key], key
        assert said == places, key
