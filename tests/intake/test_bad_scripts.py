"""Every way in which a script goes wrong, with the line its author is sent to and the sentence they read."""

from __future__ import annotations

import pytest

from tests.intake.conftest import Write, book, faults, head, said, tale

NOT_CLOSED = "The bracket that opens here is not closed"
QUOTES = "A value that begins with &, * or ! must stand"
NO_VALUE = "The key “{key}” has no value"
UNKNOWN_MARK = "[{written}] is no mark that scripts know"
NOT_A_PAUSE = "[{written}] is not written as a pause"
TOO_LONG = "The pause [{written}] must be longer than 0"
LONELY_STAR = "This * has no partner"
HTML = "“{tag}” looks like HTML"
LIST = "Lists are not read well aloud"
TABLE = "Tables cannot be read aloud"
NEEDS_SPACE = "A heading needs a space"
MEANT = "“{written}” is not in the cast; did you mean"
UNSEEN = "Nothing is said while {picture} is shown"
INCOMPLETE = "This picture is not complete"
NO_FILE_NAME = "This picture has no file name"
OUT = "{picture} leads out of the job folder"
ADDRESS = "{picture} is an address, not a file"

FRONT_MATTER = {
    "nothing at all": ("", 1, "A script begins with front matter"),
    "only a text": ("Ngày xưa.\n", 1, "A script begins with front matter"),
    "a text above it": ("\n\nNgày xưa.\n---\ntitle: x\n---\n", 3, "A script begins with front matter"),
    "never closed": ("---\ntitle: x\nkind: heritage\n\nNgày xưa.\n", 1, "The front matter that begins here has no end"),
    "no title": ("---\nkind: heritage\n---\nNgày xưa.\n", 2, "The key “{key}” is missing"),
    "an empty title": ("---\ntitle:\nkind: heritage\n---\nNgày xưa.\n", 2, NO_VALUE),
    "a title of spaces": ("---\ntitle: '  '\nkind: heritage\n---\nNgày xưa.\n", 2, NO_VALUE),
    "a title of invisible signs": ('---\ntitle: "\\u200b\\0"\nkind: heritage\n---\nNgày xưa.\n', 2, NO_VALUE),
    "a title that is a list": ("---\ntitle: [a]\nkind: heritage\n---\nNgày xưa.\n", 2, "“{key}” must be text"),
    "an unknown kind": ("---\ntitle: x\nkind: tale\n---\nNgày xưa.\n", 3, "“{key}” is “{value}”; choose one of"),
    "a kind that is a list": ("---\ntitle: x\nkind: [heritage]\n---\nNgày xưa.\n", 3, "“{key}” is “{value}”"),
    "an unknown age": (head("age: 5-9"), 4, "“{key}” is “{value}”; choose one of"),
    "a misspelt key": (head("auhtor: Tô Hoài"), 4, "The key “{key}” is not known; did you mean"),
    "a capital key": (head("Author: Tô Hoài"), 4, "The key “{key}” is not known; did you mean"),
    "a strange key": (head("xyz: 1"), 4, "The key “{key}” is not known; the keys here are"),
    "a strange key inside": (
        head("rights:\n  text:\n    basis: none\n    bassis: none"),
        7,
        "The key “{key}” is not known",
    ),
    "a doubled key": (head("author: a\nauthor: b"), 5, "The key “{key}” stands here a second time"),
    "a right without a basis": (head("rights:\n  text: {evidence: thư}"), 5, "The key “{key}” is missing"),
    "an unknown basis": (head("rights:\n  text: {basis: mine}"), 5, "“{key}” is “{value}”; choose one of"),
    "rights in one word": (head("rights: own-work"), 4, "“{key}” must hold keys of its own"),
    "tags in one line": (head("tags: cổ tích, khế"), 4, "“{key}” must be a list"),
    "an empty tag": (head("tags: [khế, ]\nborrow: {link: ftp://x}"), 5, "“{key}” must be an address"),
    "a link that runs": (head("borrow:\n  link: javascript:alert(1)"), 5, "“{key}” must be an address"),
    "a language in words": (head("language: Tiếng Việt"), 4, "“{key}” must be the code of a language"),
    "children in words": (head("made_for_kids: có"), 4, "“{key}” must be true or false."),
    "children by yes": (head("made_for_kids: yes"), 4, "“{key}” must be true or false."),
    "a name without a voice": (head("cast:\n  An Tiêm:\n"), 5, NO_VALUE),
    "a name with a colon": (head('cast:\n  "An: Tiêm": nam'), 5, "“{name}” cannot name a speaker"),
    "a name with a star": (head('cast:\n  "*An*": nam'), 5, "“{name}” cannot name a speaker"),
    "a name too long": (head(f"cast:\n  {'An ' * 30}: nam"), 5, "“{name}” cannot name a speaker"),
    "a name twice": (head("cast:\n  An Tiêm: nam\n  an tiêm: nu"), 6, "“{name}” stands in the cast twice"),
    "an open colon": (head("summary: Nàng Ba: một câu"), 4, "A value with “: ” in it must stand"),
    "an open quotation mark": (head('author: "Tô Hoài'), 4, "The quotation mark that opens here"),
    "a stray backslash": (head('author: "C:\\sach"'), 4, "The quotation mark that opens here"),
    "words behind a quotation": (head('author: "Tô" Hoài'), 4, "This line does not fit the lines above it"),
    "an open bracket": (head("tags: [a, b"), 4, NOT_CLOSED),
    "no colon": (head("author Tô Hoài"), 4, "This line lacks a colon and a space"),
    "a tab": (head("rights:\n\ttext: x"), 5, "This line begins with a tab"),
    "a reserved sign": (head("author: @tohoai"), 4, "A value that begins with this sign"),
    "a star": (head("author: *tohoai"), 4, QUOTES),
    "a star and spaces": (head("author: * tohoai"), 4, QUOTES),
    "an anchor": (head("author: &a Tô Hoài"), 4, QUOTES),
    "an alias bomb": (head("tags: &a [x]\nrights: [*a, *a, *a]"), 4, QUOTES),
    "a tag that runs": (head("author: !!python/object/apply:os.system [ls]"), 4, QUOTES),
    "a tag of our own": (head("author: !x y"), 4, QUOTES),
    "a key that is a list": (head("? [a]\n: b"), 4, "The key on this line is not plain text"),
    "many levels": (head("tags: " + "[" * 20 + "]" * 20), 4, "The front matter is nested too deeply"),
    "very many levels": (head("tags: " + "[" * 20_000), 4, "The front matter is nested too deeply"),
    "a novel": (head("summary: " + "khế " * 20_000), 2, "This front matter is too long"),
    "no keys at all": ("---\nTấm Cám\n---\nNgày xưa.\n", 2, "Front matter is written as lines"),
    "a sign that is none": (head('author: "\\Uffffffff"'), 2, "There is a sign in this front matter"),
}

BODY = {
    "no words": (tale(""), 6, "There is nothing to read aloud here"),
    "only a heading": (tale("\n# Tên\n"), 6, "There is nothing to read aloud here"),
    "only a comment": (tale("<!-- sau -->\n"), 6, "There is nothing to read aloud here"),
    "a heading at the end": (tale("Lời.\n\n# Hết\n"), 8, "Nothing stands under the heading"),
    "an empty chapter": (book("# Một\n\n# Hai\n\nLời.\n"), 6, "There is nothing to read aloud here"),
    "text before the chapters": (book("Lời.\n\n# Một\n\nLời.\n"), 6, "This stands before the first chapter"),
    "a section before the chapters": (book("## Đầu\n\n# Một\n\nLời.\n"), 6, "This stands before the first chapter"),
    "no space in a heading": (book("#Chương 1\n\nLời.\n"), 6, NEEDS_SPACE),
    "no space in a section": (tale("Lời.\n##Hai\nLời.\n"), 7, NEEDS_SPACE),
    "a heading without words": (tale("#\nLời.\n"), 6, "This heading has no words"),
    "a third level": (tale("### Nhỏ\nLời.\n"), 6, "Headings have one # or two"),
    "a picture in a heading": (tale("# Tên ![x](a.png)\nLời.\n"), 6, "A heading holds words only"),
    "an underlined heading": (tale("Tên\n====\n\nLời.\n"), 7, "This line makes no heading"),
    "a pause without accent": (tale("Lời.\n\n[nghi 2s]\n\nLời.\n"), 8, NOT_A_PAUSE),
    "a pause without length": (tale("Lời. [nghỉ] Lời.\n"), 6, NOT_A_PAUSE),
    "a pause without unit": (tale("Lời. [nghỉ 2] Lời.\n"), 6, NOT_A_PAUSE),
    "a pause in English": (tale("Lời. [pause 2s] Lời.\n"), 6, NOT_A_PAUSE),
    "a pause below zero": (tale("Lời. [nghỉ -2s] Lời.\n"), 6, NOT_A_PAUSE),
    "a pause of nothing": (tale("Lời. [nghỉ 0s] Lời.\n"), 6, TOO_LONG),
    "a long pause": (tale("Lời.\nLời [nghỉ 4s] nữa.\n"), 7, TOO_LONG),
    "an endless pause": (tale("Lời [nghỉ 999999999s] nữa.\n"), 6, TOO_LONG),
    "pauses in a row": (tale("Lời.\n\n[nghỉ 2s]\n\n---\n\nLời.\n"), 10, "Pauses follow one another"),
    "a mark of another program": (tale("[mờ dần] Lời.\n"), 6, UNKNOWN_MARK),
    "a footnote": (tale("Lời.\nLời[1].\n"), 7, UNKNOWN_MARK),
    "html": (tale("Lời.\n\n<b>Lời</b>\n"), 8, HTML),
    "html that does not end": (tale("Lời <img src=x\n"), 6, HTML),
    "a lone star": (tale("Giá 5*\n"), 6, LONELY_STAR),
    "a star never closed": (tale("Lời.\nLời *đậm.\n"), 7, LONELY_STAR),
    "code": (tale("Lời `mã.\n"), 6, "The sign ` is not used"),
    "a block of code": (tale("Lời.\n```\n# x\n<b>\n```\nLời.\n"), 7, "Blocks of code have no place"),
    "a list": (tale("Lời.\n\n* một\n"), 8, LIST),
    "a numbered list": (tale("1. một\n"), 6, LIST),
    "a table": (tale("| a | b |\n\nLời.\n"), 6, TABLE),
    "a table's rule": (tale("---|---\n\nLời.\n"), 6, TABLE),
    "an open comment": (tale("Lời.\nLời <!-- xem lại\n"), 7, "The comment that opens here is never closed"),
    "a name without accents": (tale("Lời.\n\nAn Tiem: Chào.\n"), 8, MEANT),
    "a name one letter off": (tale("Nàng Bà: Chào.\n"), 6, MEANT),
    "a name one letter short": (tale("An Tiê: Chào.\n"), 6, MEANT),
    "a name off, behind a picture": (tale("![x](a.png) An Tiem: Chào.\n"), 6, MEANT),
    "a name off, in a later line": (tale("An Tiêm: Chào.\nNang Ba: Chào.\n"), 7, MEANT),
    "a way of speaking without accents": (tale("Lời [cham: chậm] nữa.\n"), 6, "[{name}: …] is not known; did you mean"),
    "a way of speaking without its colon": (tale("Lời.\n[chậm Ngày xưa]\n"), 7, "[{written}] lacks a colon"),
    "a way of speaking that nobody knows": (tale("Lời [run rẩy: ôi] nữa.\n"), 6, UNKNOWN_MARK),
    "a way of speaking never closed": (tale("Lời.\nLời [chậm: nữa.\n"), 7, "[{name}: …] has no end"),
    "a way of speaking without words": (tale("Lời [nhấn: ] nữa.\n"), 6, "There are no words in [{name}: …]"),
    "a pause with a colon": (tale("Lời [nghỉ: 2s] nữa.\n"), 6, NOT_A_PAUSE),
    "a name in brackets one letter off": (tale("Lời [An Tiem: nữa].\n"), 6, "[{name}: …] is not known; did you mean"),
    "a voice that is not there": (tale("Lời.\nLời [giọng ong-ca: nữa].\n"), 7, "There is no voice named"),
    "a language that no voice speaks": (tale("Lời.\nLời [fr: Bonjour].\n"), 7, "No voice here speaks the language"),
    "a span in a heading": (tale("# Bài [chậm: hai]\n\nLời.\n"), 6, "A heading is read as it stands"),
    "a sound behind which nothing is said": (tale("Lời.\n\n[tiếng sóng]\n"), 8, "Nothing is said behind {note}"),
    "a speaker without words": (tale("An Tiêm:\n\nChào.\n"), 6, "{speaker} says nothing here"),
    "a speaker with a pause only": (tale("An Tiêm: [nghỉ 1s]\n\nChào.\n"), 6, "{speaker} says nothing here"),
}

PICTURES = {
    "no description": (tale("![](a.png)\nLời.\n"), 6, "This picture has no description"),
    "a description of spaces": (tale("![ ](a.png)\nLời.\n"), 6, "This picture has no description"),
    "no name": (tale("![x]()\nLời.\n"), 6, NO_FILE_NAME),
    "the folder itself": (tale("![x](.)\nLời.\n"), 6, NO_FILE_NAME),
    "half a picture": (tale("![x]\nLời.\n"), 6, INCOMPLETE),
    "a bracket missing": (tale("Lời.\n![x](a.png\nLời.\n"), 7, INCOMPLETE),
    "a space between": (tale("![x] (a.png)\nLời.\n"), 6, INCOMPLETE),
    "at the end": (tale("Lời.\n\n![x](a.png)\n"), 8, UNSEEN),
    "two at once": (tale("![x](a.png)\n![y](b.png)\nLời.\n"), 6, UNSEEN),
    "at a chapter's end": (book("# Một\nLời.\n![x](a.png)\n# Hai\nLời.\n"), 8, UNSEEN),
    "missing": (tale("Lời.\n\n![x](khe.jpg)\nLời.\n"), 8, "There is no {picture} in the job folder"),
    "misspelt": (tale("![x](aa.png)\nLời.\n"), 6, "There is no {picture}; did you mean"),
    "in capitals": (tale("![x](A.PNG)\nLời.\n"), 6, "There is no {picture}, but {found}; small and capital"),
    "above the folder": (tale("![x](../b.png)\nLời.\n"), 6, OUT),
    "above the folder, hidden": (tale("![x](%2e%2e/b.png)\nLời.\n"), 6, OUT),
    "above the folder, later": (tale("![x](a/../../b.png)\nLời.\n"), 6, OUT),
    "from the root": (tale("![x](/etc/passwd)\nLời.\n"), 6, OUT),
    "from home": (tale("![x](~/a.png)\nLời.\n"), 6, OUT),
    "from a drive": (tale("![x](C:/a.png)\nLời.\n"), 6, OUT),
    "from the web": (tale("![x](https://example.org/a.png)\nLời.\n"), 6, ADDRESS),
    "from another machine": (tale("![x](//may/a.png)\nLời.\n"), 6, OUT),
    "from a file address": (tale("![x](file:///etc/passwd)\nLời.\n"), 6, ADDRESS),
    "with backslashes": (tale("![x](tranh\\a.png)\nLời.\n"), 6, "Write / instead of \\"),
    "with a NUL": (tale("![x](a%00.png)\nLời.\n"), 6, "The name of this picture holds a sign"),
    "with a line end": (tale("![x](a%0A.png)\nLời.\n"), 6, "The name of this picture holds a sign"),
    "a name too long": (tale(f"![x]({'a' * 5000}.png)\nLời.\n"), 6, "There is no {picture}"),
    "the script": (tale("![x](script.md)\nLời.\n"), 6, "{picture} is no picture that can be used"),
}

CASES = FRONT_MATTER | BODY | PICTURES


@pytest.mark.parametrize(("script", "line", "key"), CASES.values(), ids=CASES.keys())
def test_a_fault_is_named_once_with_its_line(write: Write, script: str, line: int, key: str) -> None:
    (fault,) = faults(write(script))
    assert (fault.line, fault.said.key[: len(key)]) == (line, key)
    assert fault.file.endswith("cay-khe/script.md")
    assert "{" not in str(fault.said)


def test_all_faults_come_at_once_in_the_order_of_their_lines(write: Write) -> None:
    script = "---\nkind: tale\nauhtor: x\n---\nLời [nghi 2s].\n\n<b>\n\n![x](nowhere.png)\nLời.\n"
    assert [line for line, _ in said(write(script))] == [2, 2, 3, 5, 7, 9]


def test_a_misspelt_kind_does_not_raise_faults_about_chapters(write: Write) -> None:
    assert [line for line, _ in said(write("---\ntitle: x\nkind: audibook\n---\nLời.\n\n# Một\n"))] == [3]


def test_a_missing_key_is_named(write: Write) -> None:
    found = faults(write("---\nauthor: x\n---\nLời.\n"))
    assert [fault.said.values["key"] for fault in found] == ["title", "kind"]


def test_a_name_that_is_far_from_the_cast_is_a_narrators_word(write: Write) -> None:
    assert not said(write(tale("Vua phán: Được!\n\nMá: Con ơi!\n\nBé ơi: đó là lời mẹ.\n\nGiờ học: 7 giờ.\n")))


def test_in_a_short_name_one_letter_makes_another_word(write: Write) -> None:
    assert not said(write(tale("Bé: Con đây!\n\nMa: Hù!\n")))
    assert said(write(tale("Bà: Con đây!\n")))
