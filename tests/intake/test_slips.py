"""Slips of people who come from a word processor, each named for what it is and where it is."""

from __future__ import annotations

import pytest

from media_service.catalogue import translate
from tests.intake.conftest import Write, faults, head, read, said, tale

SPACE = "A space is missing behind the colon; write “{key}: …”."
INDENT = "This line is indented differently from its group; indent it by two spaces."
OUTDENT = "Spaces stand before this key; take them out."
QUOTES = "“ ” are Word's quotation marks; use \" or none in the front matter."
DASHES = "Word has turned --- into a long dash; type three hyphens."
MUSIC = "“{key}” is “{value}”; choose one of: {known}."
TABLE = "Tables cannot be read aloud; write sentences instead."
NO_FENCE = "A script begins with front matter: a line ---, then title and kind, then a line ---."
OPEN_COLON = "A value with “: ” in it must stand in quotation marks."

SLIPS = {
    "no space, first key": ("---\ntitle:Cây khế\nkind: fairy-tale\n---\nLời.\n", [(2, SPACE)]),
    "no space, last key": ("---\ntitle: Cây khế\nkind:fairy-tale\n---\nLời.\n", [(3, SPACE)]),
    "no space at all": ("---\ntitle:Cây khế\nkind:fairy-tale\n---\nLời.\n", [(2, SPACE), (3, SPACE)]),
    "no space, middle key": (head("age:3-6\nauthor: Tô Hoài"), [(4, SPACE)]),
    "no space before a value with quotes": (head('author:"Tô Hoài"\nage: 3-6'), [(4, SPACE)]),
    "no space in a cast of one": (head("cast:\n  An Tiêm:nam"), [(5, SPACE)]),
    "no space in a cast of two": (head("cast:\n  An Tiêm:nam\n  Ba:nu"), [(5, SPACE), (6, SPACE)]),
    "no space in one of a cast": (head("cast:\n  An Tiêm:nam\n  Ba: nu"), [(5, SPACE)]),
    "no space before a bracket": (head("rights:\n  text:{basis: none}"), [(5, SPACE)]),
    "no space, and another fault": (head("kinds: x\nrights:\n  text:{basis: none}"), [(4, "near"), (6, SPACE)]),
    "a colon inside a value": (head("summary: Nàng Ba: một câu"), [(4, OPEN_COLON)]),
    "a colon in a value's second line": (head("summary: Một câu\n  của Nàng Ba: hay"), [(5, OPEN_COLON)]),
    "a name too deep": (head("cast:\n  An Tiêm: nam\n   Ba: nu"), [(6, INDENT)]),
    "a name not deep enough": (head("cast:\n  An Tiêm: nam\n Ba: nu"), [(6, INDENT)]),
    "the first name too deep": (head("cast:\n    An Tiêm: nam\n  Ba: nu"), [(6, INDENT)]),
    "names at the edge": (head("cast:\nAn Tiêm: nam\nBa: nu"), [(5, INDENT), (6, INDENT)]),
    "a key with spaces before it": (head("author: x\n  age: 3-6"), [(5, OUTDENT)]),
    "the first key with spaces before it": ("---\n title: x\nkind: heritage\n---\nLời.\n", [(2, OUTDENT)]),
    "Word's quotes": ("---\ntitle: “Cây khế”\nkind: fairy-tale\n---\nLời.\n", [(2, QUOTES)]),
    "Word's quotes round a colon": ("---\ntitle: “Ba: đảo”\nkind: fairy-tale\n---\nLời.\n", [(2, QUOTES)]),
    "Word's closing quote only": ('---\ntitle: "Cây khế”\nkind: fairy-tale\n---\nLời.\n', [(2, QUOTES)]),
    "Word's quotes in a group": (
        head("rights:\n  text: {basis: none, holder: “Tô Hoài”}\ntags: [“a”, “b”]"),
        [(5, QUOTES), (6, QUOTES)],
    ),
    "Word's dash first": ("—--\ntitle: x\nkind: heritage\n---\nLời.\n", [(1, DASHES)]),
    "Word's dashes, both": ("–––\ntitle: x\nkind: heritage\n—-\nLời.\n", [(1, DASHES), (4, DASHES)]),
    "one long dash": ("—\ntitle: x\nkind: heritage\n---\nLời.\n", [(1, DASHES)]),
    "Word's dash in the body": (tale("Lời.\n\n—--\n\nLời.\n"), [(8, DASHES)]),
    "music": (head("music: sao-truc.mp3"), [(4, MUSIC)]),
    "a table under a picture": (tale("![x](a.png)\n| a | b |\n|---|---|\n| 1 | 2 |\n\nLời.\n"), [(7, TABLE)]),
    "no first line of hyphens": ("title: x\nkind: heritage\n---\n\n#Một\n\n![x](c.png)\n[nghi]\n", [(1, NO_FENCE)]),
}


@pytest.mark.parametrize(("script", "expected"), SLIPS.values(), ids=SLIPS.keys())
def test_a_slip_is_named_for_what_it_is(write: Write, script: str, expected: list[tuple[int, str]]) -> None:
    near = "The key “{key}” is not known; did you mean “{nearest}”?"
    assert said(write(script)) == [(line, near if key == "near" else key) for line, key in expected]


def test_the_missing_space_is_shown_in_the_authors_own_key(write: Write) -> None:
    (fault,) = faults(write("---\ntitle:Cây khế\nkind: fairy-tale\n---\nLời.\n"))
    assert translate(fault.said, "vi") == "Sau dấu hai chấm thiếu một dấu cách; hãy viết “title: …”."


@pytest.mark.parametrize(
    ("lines", "line"),
    [("summary: “Một” và “hai” là số", 4), ("author: Cô “Ba”", 4), ("borrow:\n  link: https://a.vn", 5)],
)
def test_quotes_and_colons_within_a_value_are_its_own(write: Write, lines: str, line: int) -> None:
    assert not said(write(head(lines))), line


@pytest.mark.parametrize("music", ["", "none", "None", "~"])
def test_no_music_is_no_fault(write: Write, music: str) -> None:
    assert not said(write(head(f"music: {music}")))


@pytest.mark.parametrize(
    ("written", "age"), [("3–6", "3-6"), ("3—6", "3-6"), ("6 - 10", "6-10"), ("10 +", "10+"), ("10+", "10+")]
)
def test_an_age_may_have_the_dash_of_word(write: Write, written: str, age: str) -> None:
    assert read(write(head(f"age: {written}"))).facts.age == age


def test_a_lone_dash_in_the_body_is_not_held_for_words_doing(write: Write) -> None:
    assert DASHES not in [key for _, key in said(write(tale("Lời.\n\n— Chào!\n\n– Chào.\n")))]


@pytest.mark.parametrize(
    ("files", "found"),
    [
        (["script.md.txt"], "script.md.txt"),
        (["script.docx"], "script.docx"),
        (["Cây khế.txt", "a.png"], "Cây khế.txt"),
        (["Script.DOCX", "ghi-chu.txt"], "Script.DOCX"),
    ],
)
def test_a_text_that_may_be_meant_is_named(write: Write, files: list[str], found: str) -> None:
    job = write("")
    (job / "script.md").unlink()
    for name in files:
        (job / name).touch()
    (fault,) = faults(job)
    assert str(fault.said) == f"There is no script.md in this job folder, but there is {found}; save it as script.md."


def test_of_several_texts_none_is_named(write: Write) -> None:
    job = write("")
    (job / "script.md").rename(job / "mot.txt")
    (job / "hai.txt").touch()
    assert said(job) == [(0, "There is no script.md in this job folder; write one, or script.txt.")]
