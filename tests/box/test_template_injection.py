"""Templates that staff may edit, turned into weapons: each ends as one sentence that names file and line.

The payloads are the classes that lists of Jinja2 injections are made of: walks from a value to its class and on to
every other, text formats that read attributes, the globals that Jinja2 brings along, files and modules of others, and
what would eat the machine.
"""

from __future__ import annotations

import os
import resource
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from media_service.box.call import Box
from media_service.boxed import KNOWLEDGE, BoxedDescriptions
from media_service.describing.templates import TemplateDescriptions
from media_service.domain.listing import Subject
from media_service.errors import InputError
from tests import make
from tests.box.conftest import BOUNDS, ROOT

SUBJECT = Subject(make.facts(), "", 1, 1, (), ("Giọng máy.",))
HIDDEN = "rất bí mật"

WALKS = [
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ ''.__class__.__base__.__subclasses__()[40]('/etc/passwd').read() }}",
    "{{ [].__class__.__bases__[0].__subclasses__() }}",
    "{{ facts.__class__.__init__.__globals__ }}",
    "{{ facts['__class__']['__mro__'] }}",
    "{{ (1).__class__ }}",
    "{{ ''['__cl' ~ 'ass__'] }}",
    "{{ ''|attr('__class__') }}",
    "{{ ''|attr('\\x5f\\x5fclass\\x5f\\x5f')|attr('\\x5f\\x5fmro\\x5f\\x5f') }}",
    "{{ [facts]|map(attribute='__class__.__init__')|list }}",
    "{{ [facts]|map('attr', '__class__')|first }}",
    "{{ [facts]|selectattr('__class__.__mro__')|list }}",
    "{{ [facts]|sum(attribute='__class__') }}",
    "{{ part.__globals__ }}",
    "{{ part.__func__.__code__ }}",
    "{{ part|attr('__globals__') }}",
    "{% set walk = part.__init__ %}{{ walk.__globals__['__builtins__'] }}",
    "{{ self.__init__.__globals__ }}",
    "{{ self._TemplateReference__context.environment.loader }}",
    "{% macro m() %}{{ caller.__class__ }}{% endmacro %}{% call m() %}{% endcall %}",
    "{% macro m() %}{{ varargs.__class__.__mro__ }}{% endmacro %}{{ m(1) }}",
    "{% for a in [1] %}{{ loop.__class__.__init__.__globals__ }}{% endfor %}",
]
FORMATS = [
    "{{ '{0.__class__.__mro__}'.format(facts) }}",
    "{{ '{0[__class__]}'.format(facts) }}",
    "{{ '{a.__class__}'.format_map({'a': facts}) }}",
    "{{ '{0.__globals__}'.format(part) }}",
    "{{ ('{0.__class__}'|attr('format'))(facts) }}",
    "{{ '%(a.__class__)s' % {'b': 1} }}",
    "{% set f = '{0.__class__}'.format %}{{ f(facts) }}",
]
GLOBALS = [
    "{{ lipsum.__globals__['os'].popen('touch CANARY') }}",
    "{{ cycler.__init__.__globals__.os.system('touch CANARY') }}",
    "{{ joiner.__init__.__globals__.os.popen('touch CANARY').read() }}",
    "{{ namespace.__init__.__globals__ }}",
    "{{ dict.__base__.__subclasses__() }}",
    "{{ range.__class__ }}",
    "{{ config.items() }}",
    "{{ request.application.__globals__ }}",
    "{{ get_flashed_messages.__globals__ }}",
    "{{ url_for.__globals__['current_app'] }}",
    "{{ environment.globals }}",
    "{{ open('CANARY', 'w') }}",
    "{{ __import__('os').system('touch CANARY') }}",
    "{{ eval('1') }}",
    "{% import 'os' as os %}{{ os.system('touch CANARY') }}",
    "{% from 'subprocess' import run %}{{ run('touch CANARY') }}",
]
FILES = [
    "{% include '/etc/passwd' %}",
    "{% include '../../etc/passwd' %}",
    "{% include '../secret.txt' %}",
    "{% include 'SECRET' %}",
    "{% extends '../../../../../../etc/hostname' %}",
    "{% import '../secret.txt' as s %}{{ s }}",
    "{% include 'listing/../../secret.txt' %}",
    "{% include 'listing/fairy-tale/link.txt.j2' %}",
]
CHANGES = [
    "{{ facts.update({'title': 'x'}) }}",
    "{{ marks.append(1) }}",
    "{{ facts.clear() }}",
    "{{ facts.pop('title') }}",
    "{% do facts.clear() %}",
]
HARMFUL = [*WALKS, *FORMATS, *GLOBALS, *FILES, *CHANGES]


@pytest.fixture(scope="module")
def narrow() -> Iterator[Box]:
    """A box whose children may work for a second."""
    with Box(KNOWLEDGE, replace(BOUNDS, wall_s=10, cpu_s=1)) as box, pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(ROOT))
        box.open()
        yield box


def listings(folder: Path, template: str, box: Box) -> BoxedDescriptions:
    home = folder / "templates" / "listing" / "fairy-tale"
    home.mkdir(parents=True)
    (folder / "secret.txt").write_text(HIDDEN, encoding="utf-8")
    (home / "link.txt.j2").symlink_to(folder / "nowhere.txt")
    for name, path in (("CANARY", folder / "canary"), ("SECRET", folder / "secret.txt")):
        template = template.replace(name, path.as_posix())
    (home / "title.txt.j2").write_text("Truyện\n" + template, encoding="utf-8")
    return BoxedDescriptions(TemplateDescriptions((folder / "templates", ROOT / "templates")), box)


def test_the_list_is_long_enough() -> None:
    assert len(set(HARMFUL)) == len(HARMFUL) >= 30


@pytest.mark.parametrize("payload", HARMFUL)
def test_a_payload_does_nothing_but_give_a_clear_error(payload: str, narrow: Box, tmp_path: Path) -> None:
    began = time.monotonic()
    with pytest.raises(InputError) as caught:
        listings(tmp_path, payload, narrow).describe(SUBJECT)
    assert time.monotonic() - began < 9
    (fault,) = caught.value.faults
    said = str(fault.said)
    if "include" in payload or "import" in payload or "extends" in payload or "from" in payload:
        assert "missing" in said or fault.line == 2
    else:
        assert (fault.file, fault.line) == ("listing/fairy-tale/title.txt.j2", 2)
        assert "listing/fairy-tale/title.txt.j2" in said
    assert "\n" not in said
    assert HIDDEN not in said
    assert "root:" not in said
    assert "0x" not in said  # no address, no object's innards
    assert sorted(path.name for path in tmp_path.iterdir()) == ["secret.txt", "templates"]


def test_what_finds_nothing_shows_nothing(narrow: Box, tmp_path: Path) -> None:
    title = listings(tmp_path, "{{ [facts]|groupby('__class__')|length }}", narrow).describe(SUBJECT).title
    assert title == "Truyện 1"


BOMBS = {
    "recursion": "{% macro a(n) %}{{ a(n + 1) }}{% endmacro %}{{ a(1) }}",
    "a template that includes itself": "{% include 'listing/fairy-tale/title.txt.j2' %}",
    "a number without end": "{{ 10 ** (10 ** 10) }}",
    "a format of 1e9": "{{ '%01000000000d' % 1 }}",
    "a centred word": "{{ 'a'|center(1000000000) }}",
    "much from little": "{{ ('a\n' * 100000)|indent(100000) }}",
}
"""Loops in loops and texts of 1e9 characters: see test_boxed_doors."""


@pytest.mark.parametrize("payload", BOMBS.values(), ids=BOMBS)
def test_what_would_eat_the_machine_ends_in_bounded_time_and_memory(payload: str, narrow: Box, tmp_path: Path) -> None:
    began, used, grown = time.monotonic(), os.times(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(InputError, match="listing/fairy-tale") as caught:
        listings(tmp_path, payload, narrow).describe(SUBJECT)
    assert time.monotonic() - began < 30
    assert os.times().user - used.user < 1  # this process has not done it
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - grown < 100 << 10  # kB: nor has it grown by it
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("what", ["playlist_title", "playlist_description", "title.en", "playlist_title.en"])
def test_the_templates_of_playlists_and_languages_are_boxed_alike(what: str, narrow: Box, tmp_path: Path) -> None:
    door = listings(tmp_path, "", narrow)
    home = tmp_path / "templates" / "listing" / "fairy-tale"
    (home / f"{what}.txt.j2").write_text("\n\n{{ ''.__class__.__mro__ }}", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        door.playlist(SUBJECT.facts) if what.startswith("playlist") else door.describe(SUBJECT)
    assert [(fault.file, fault.line) for fault in caught.value.faults] == [(f"listing/fairy-tale/{what}.txt.j2", 3)]
