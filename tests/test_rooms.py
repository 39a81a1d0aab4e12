"""The house keeps its own rules, where import-linter does not look."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import TypeVar

from babel.messages.pofile import read_po
from jinja2 import Environment, nodes

PACKAGE = Path(__file__).parents[1] / "media_service"
MODULES = sorted(PACKAGE.rglob("*.py"))
Node = TypeVar("Node", bound=ast.AST)


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def nodes_of(kind: type[Node]) -> Sequence[tuple[Path, Node]]:
    """Return every node of a kind in the program; walking it all is slow, so it is done once a kind."""
    return [(path, node) for path in MODULES for node in ast.walk(tree(path)) if isinstance(node, kind)]


def calls(function: str) -> Iterator[tuple[Path, ast.Call]]:
    for path, node in nodes_of(ast.Call):
        if getattr(node.func, "id", getattr(node.func, "attr", "")) == function:
            yield path, node


def test_a_module_says_what_room_it_is() -> None:
    assert not [path for path in MODULES if not ast.get_docstring(tree(path))]


def test_a_module_is_not_longer_than_three_hundred_lines() -> None:
    assert not [path for path in MODULES if len(path.read_text(encoding="utf-8").splitlines()) > 300]


def test_the_order_of_work_is_readable_on_one_page() -> None:
    assert len((PACKAGE / "pipeline.py").read_text(encoding="utf-8").splitlines()) < 120


def test_no_room_is_called_by_a_name_that_says_nothing() -> None:
    assert not {path.stem for path in MODULES} & {"utils", "helpers", "common", "manager", "base", "misc"}


def test_the_environment_is_read_in_one_place() -> None:
    readers = {
        path.relative_to(PACKAGE).as_posix() for path in MODULES if "os.environ" in path.read_text(encoding="utf-8")
    }
    assert readers <= {"settings.py", "cli/main.py"}  # main hands the environment over to settings


def test_what_is_formatted_into_a_sentence_is_given() -> None:
    for path, call in calls("message"):
        if not isinstance(call.args[0], ast.Constant):
            continue
        places = {name for _, name, _, _ in string.Formatter().parse(str(call.args[0].value)) if name}
        given = {keyword.arg for keyword in call.keywords}
        assert places <= given or None in given, f"{path}:{call.lineno}: {places - given} not given"


@cache
def catalogue() -> dict[str, str]:
    with (PACKAGE / "locale" / "vi.po").open("rb") as file:
        return {str(entry.id): str(entry.string) for entry in read_po(file) if entry.id}


@cache
def of_templates() -> set[str]:
    """Return the sentences that the studio's pages say."""
    said = set()
    for path in (PACKAGE.parent / "templates" / "pages" / "studio").rglob("*.j2"):
        tree = Environment(autoescape=True).parse(path.read_text(encoding="utf-8"))
        said |= {
            call.args[0].value
            for call in tree.find_all(nodes.Call)
            if isinstance(call.node, nodes.Name) and call.node.name == "_" and isinstance(call.args[0], nodes.Const)
        }
    return said


def test_every_sentence_is_in_the_catalogue() -> None:
    said = of_templates() | {
        str(call.args[0].value)
        for function in ("message", "put", "say", "note")
        for _, call in calls(function)
        if call.args and isinstance(call.args[0], ast.Constant)
    }
    assert said - set(catalogue()) == set()


def test_what_a_quality_report_says_is_in_the_catalogue() -> None:
    told = {
        str(call.args[place].value)
        for function, place in {
            "Standard": 1,
            "Flaw": 2,
            "_flaws": 1,
            "_flaw": 1,
            "_lengths": 0,
            "_spans": 1,
            "_wrong": 1,
        }.items()
        for _, call in calls(function)
        if len(call.args) > place and isinstance(call.args[place], ast.Constant)
    }
    assert "nothing is heard" in told
    assert told - set(catalogue()) == set()


def test_the_catalogue_holds_nothing_that_is_said_no_more() -> None:
    literals = {node.value for _, node in nodes_of(ast.Constant)}
    assert set(catalogue()) - literals - of_templates() == set()


def test_a_fault_says_what_is_wrong_and_what_to_do_in_one_form() -> None:
    for key, translated in catalogue().items():
        assert "please" not in key, key
        assert "; xin " not in translated, key
        assert ";" not in key or (key[-1] in ".?" and translated[-1] in ".?"), key


def test_a_translation_has_the_same_places_as_its_sentence() -> None:
    for key, translated in catalogue().items():
        assert translated, key
        assert set(re.findall(r"{\w+[^}]*}", key)) == set(re.findall(r"{\w+[^}]*}", translated)), key
