"""How templates of listings are found, what is said of a faulty one, and what none may reach."""

from __future__ import annotations

import errno
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from media_service.describing.templates import TemplateDescriptions
from media_service.domain.listing import Subject
from media_service.domain.pace import Age
from media_service.domain.script import Facts, Kind
from media_service.errors import InputError

SHIPPED = Path(__file__).parents[2] / "templates"
SUBJECT = Subject(Facts("Truyện", Kind.HERITAGE, Age.CHILD, "truyen"), "", 1, 1, (), ())
HOME = "listing/heritage"


def own(folder: Path, text: str, name: str = f"{HOME}/title.txt.j2") -> TemplateDescriptions:
    """Put one template of the library's own before the shipped ones."""
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")
    return TemplateDescriptions((folder, SHIPPED))


def test_the_library_s_own_template_wins_file_by_file(tmp_path: Path) -> None:
    listing = own(tmp_path, "Riêng: {{ facts.title }}").describe(SUBJECT)
    assert listing.title == "Riêng: Truyện"
    assert listing.description == TemplateDescriptions((SHIPPED,)).describe(SUBJECT).description


def test_whatever_template_changes_gives_the_listings_another_version(tmp_path: Path) -> None:
    said, common = '{% include "listing/riêng/chung.txt" %}', "listing/riêng/chung.txt"
    first = own(tmp_path, said).version()
    second = own(tmp_path, "Một.", common).version()
    listings = own(tmp_path, "Hai.", common)
    third = listings.version()
    assert listings.describe(SUBJECT).title == "Hai."
    assert len({TemplateDescriptions((SHIPPED,)).version(), first, second, third}) == 4
    assert own(tmp_path, "Hai.", common).version() == third
    own(tmp_path, "Trang.", "pages/studio/desk.html.j2")
    assert listings.version() == third
    (tmp_path / common).write_bytes(b"\xff\xfe")  # no text at all: said where it is filled
    assert listings.version() != third


def test_a_template_takes_in_none_from_elsewhere_whose_changes_nobody_would_see(tmp_path: Path) -> None:
    own(tmp_path, "Một.", "riêng/chung.txt.j2")
    with pytest.raises(InputError, match="riêng/chung"):
        own(tmp_path, '{% include "riêng/chung.txt.j2" %}').describe(SUBJECT)


def test_what_editors_leave_beside_templates_makes_no_fault(tmp_path: Path) -> None:
    listings = own(tmp_path, "Một.")
    before = listings.version()
    (tmp_path / HOME / ".#title.txt.j2").symlink_to("lan@may.1234")
    (tmp_path / HOME / "thư mục.txt.j2").mkdir()
    assert listings.version() == before
    (tmp_path / HOME / os.fsdecode(b"caf\xe9.j2")).write_text("a", "utf-8")
    assert listings.version() != before


def test_a_template_that_may_not_be_read_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def locked(path: Path) -> bytes:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))

    listings = own(tmp_path, "Một.")
    monkeypatch.setattr(Path, "read_bytes", locked)  # root, who may run this, is refused nothing
    with pytest.raises(InputError, match="Permission denied") as caught:
        listings.version()
    assert caught.value.faults[0].file.startswith("listing/")


def test_a_description_without_signs_is_taken_whole(tmp_path: Path) -> None:
    listing = own(tmp_path, "Chỉ một câu.\n", f"{HOME}/description.txt.j2").describe(SUBJECT)
    assert listing.description == "Chỉ một câu."


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("a\n{{ facts.titel }}", 2, "titel"),
        ("a\n\n{% if %}", 3, "fault in line 3"),
        ("{{ facts.title", 1, "fault in line 1"),
        ("\n{{ 1 / 0 }}", 2, "division by zero"),
        ("{{ part('lạ') }}", 1, "lạ"),
        ("{{ facts.title | nope }}", 1, "nope"),
        ("{% macro a(n) %}{{ a(n + 1) }}{% endmacro %}{{ a(1) }}", 1, "recursion"),
    ],
)
def test_a_fault_in_a_template_is_named_with_file_and_line(tmp_path: Path, text: str, line: int, said: str) -> None:
    with pytest.raises(InputError, match=re.escape(said)) as caught:
        own(tmp_path, text).describe(SUBJECT)
    assert [(fault.file, fault.line) for fault in caught.value.faults] == [(f"{HOME}/title.txt.j2", line)]
    assert "\n" not in str(caught.value)


def test_a_fault_in_a_shared_template_is_looked_for_there(tmp_path: Path) -> None:
    phrases = SHIPPED / "listing/shared/phrases.txt.j2"
    broken = phrases.read_text("utf-8").replace("{% if contact %}", "{% if kontakt %}")
    with pytest.raises(InputError, match="kontakt") as caught:
        own(tmp_path, broken, "listing/shared/phrases.txt.j2").describe(SUBJECT)
    fault = caught.value.faults[0]
    assert fault.file == "listing/shared/phrases.txt.j2"
    assert "kontakt" in broken.splitlines()[fault.line - 1]


def test_a_missing_template_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"listing/heritage/title\.txt\.j2 is missing"):
        TemplateDescriptions((tmp_path,)).describe(SUBJECT)


def test_a_template_that_is_not_utf_8_is_named(tmp_path: Path) -> None:
    descriptions = own(tmp_path, "")
    (tmp_path / HOME / "title.txt.j2").write_bytes("Truyện".encode("utf-16"))
    with pytest.raises(InputError, match=r"listing/heritage/title\.txt\.j2 has a fault"):
        descriptions.describe(SUBJECT)


@pytest.mark.parametrize(
    "payload",
    [
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{{ facts.__class__ }}",
        "{{ part.__globals__ }}",
        "{{ ''|attr('__class__') }}",
        "{{ '{0.__class__}'.format(facts) }}",
        "{{ self.__init__.__globals__ }}",
        "{{ lipsum.__globals__ }}",
        "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
        "{{ range(10) }}",
        "{{ facts.update({'title': 'x'}) }}",
        "{{ marks.append(1) }}",
        "{% include '/etc/hostname' %}",
        "{% include '../../../../../../etc/hostname' %}",
        "{% import 'os' as os %}{{ os }}",
        "{{ config }}",
        "{% set facts.title = 'x' %}",
    ],
)
def test_a_template_cannot_reach_beyond_its_words(tmp_path: Path, payload: str) -> None:
    with pytest.raises(InputError):
        own(tmp_path, payload).describe(SUBJECT)


def test_jinja_is_not_imported_before_something_is_described() -> None:
    program = "import sys, media_service.describing.templates; print('jinja2' in sys.modules)"
    seen = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert seen.stdout.strip() == "False"
