"""Files as they come from many editors and many years: read as what they say, or refused by the name of their fault."""

from __future__ import annotations

import os
import resource
import unicodedata
from pathlib import Path

import pytest

from media_service.domain.old_letters import TCVN3, TWICE, VNI, WINDOWS_1258
from media_service.intake.faults import Faults
from media_service.intake.legacy import encoding_of, find_garbled
from media_service.intake.text_file import decode
from tests.intake.conftest import Write, faults, read, said, tale

STORY = (
    "Ngày xửa ngày xưa, ở một làng nọ có hai anh em cha mẹ mất sớm.\n"
    "Người anh tham lam, chiếm hết ruộng vườn, chỉ để lại cho em cây khế ngọt.\n"
    "Đến mùa, một con chim phượng hoàng bay tới ăn quả: “Ăn một quả, trả cục vàng!”\n"
)
IN_TCVN3 = (
    b"Ng\xb5y x\xf6a ng\xb5y x\xada, \xeb m\xe9t l\xb5ng n\xe4 c\xe3 hai anh em cha m\xd1 m\xcat s\xedm.\n"
    b"Ch\xad\xacng 1. Ng\xad\xeai anh tham lam, chi\xd5m h\xd5t ru\xe9ng v\xad\xean.\n"
)
IN_VNI = "Chöông 1. Ngöôøi anh tham lam, chieám heát ruoäng vöôøn, ñeå laïi cho em caây kheá ngoït.\n".encode("latin-1")


def in_windows_1258(text: str) -> bytes:
    """Return text as Windows-1258 keeps it: letters with their hats, tones behind them."""
    out = []
    for char in unicodedata.normalize("NFC", text):
        parts = unicodedata.normalize("NFD", char)
        tone = "".join(part for part in parts if part in "\u0300\u0301\u0303\u0309\u0323")
        bare = unicodedata.normalize("NFC", "".join(part for part in parts if part not in tone))
        out.append((bare + tone).encode("cp1258"))
    return b"".join(out)


@pytest.mark.parametrize(
    ("data", "encoding"),
    [(IN_TCVN3, TCVN3), (IN_VNI, VNI), (in_windows_1258(STORY), WINDOWS_1258)],
    ids=["TCVN3", "VNI", "Windows-1258"],
)
def test_an_old_encoding_is_known_by_its_words(data: bytes, encoding: str) -> None:
    assert encoding_of(data) == encoding


def test_bytes_of_no_vietnamese_encoding_are_not_guessed_at() -> None:
    assert encoding_of("Le garçon a mangé son gâteau, naïvement, à côté".encode("latin-1")) == ""


@pytest.mark.parametrize(("data", "encoding"), [(IN_TCVN3, TCVN3), (IN_VNI, VNI)], ids=["TCVN3", "VNI"])
def test_a_file_in_an_old_encoding_is_refused_by_name_with_its_line(write: Write, data: bytes, encoding: str) -> None:
    (fault,) = faults(write(b"---\ntitle: x\nkind: heritage\n---\n" + data))
    assert (fault.line, fault.said.values["encoding"]) == (5, encoding)


@pytest.mark.parametrize(("data", "encoding"), [(IN_TCVN3, TCVN3), (IN_VNI, VNI)], ids=["TCVN3", "VNI"])
def test_old_text_that_was_saved_as_utf_8_is_found_out(write: Write, data: bytes, encoding: str) -> None:
    (fault,) = faults(write(tale("Ngày xưa.\n" + data.decode("latin-1"))))
    assert (fault.line, fault.said.values["encoding"]) == (7, encoding)


def test_text_that_went_through_utf_8_twice_is_found_out() -> None:
    twice = STORY.replace("”", "").replace("“", "").encode().decode("latin-1")
    assert find_garbled(twice) == (1, TWICE)


FOREIGN = [
    "Le garçon a mangé son gâteau, naïvement, à côté de Noël; où est-il né? Là-bas, déjà, à l'hôtel du château.",
    "Für die schönen Mädchen hört man über Köln, Öl, Müll und Größe; er möchte böse Götter töten.",
    "El niño comió piñas mañana; está aquí, qué más, sí señor, año, España, corazón.",
    "På så många små öar får två få gå då må de nå åter: hösten är här, kött och smör.",
    "Não há ações em São João; 1º lugar, 2ª via, maçã, avó, três pães.",
    "«Ba ơi» · «Mẹ» ° ½ ¼ © ® “năm ¾” n°1 §2 ¶3 sông¹ m² «a» «th» ch»",
    STORY,
    unicodedata.normalize("NFD", STORY),
]


@pytest.mark.parametrize("text", FOREIGN)
def test_right_text_is_never_taken_for_garbled(text: str) -> None:
    assert find_garbled(text * 5) is None


def test_every_shipped_script_is_taken_for_what_it_is() -> None:
    scripts = list((Path(__file__).parents[2] / "jobs").glob("*/script.md"))
    assert scripts
    assert [find_garbled(script.read_text("utf-8")) for script in scripts] == [None] * len(scripts)


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16"),
        ("utf-16-be", "UTF-16"),
        ("utf-32", "UTF-32"),
        ("utf-32-be", "UTF-32"),
    ],
)
def test_a_wide_encoding_is_named(write: Write, encoding: str, name: str) -> None:
    (fault,) = faults(write(tale(STORY).encode(encoding)))
    assert (fault.line, fault.said.values["encoding"]) == (0, name)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: b"\xef\xbb\xbf" + text.encode(),
        lambda text: text.replace("\n", "\r\n").encode(),
        lambda text: text.replace("\n", "\r").encode(),
        lambda text: unicodedata.normalize("NFD", text).encode(),
        lambda text: text.replace("khế", "k\u200bh\u00adế\x07").encode(),
        lambda text: ("\n\n" + text.rstrip("\n")).encode()[2:],
    ],
    ids=["byte order mark", "Windows", "old Mac", "decomposed", "invisible signs", "no last line end"],
)
def test_what_an_editor_adds_changes_nothing(write: Write, spoil: object) -> None:
    plain = read(write(tale(STORY)))
    assert callable(spoil)
    assert read(write(spoil(tale(STORY)))) == plain


def test_a_lost_letter_and_a_nul_are_found_on_their_lines(write: Write) -> None:
    assert [line for line, _ in said(write(tale("Ngày x\ufffda.\n\nHết.\0\n")))] == [6, 8]
    assert [line for line, _ in said(write(tale("Ngày x\ufffda.\n\nHết [nghi 2s].\n")))] == [6, 8]


def test_the_first_broken_byte_has_its_line() -> None:
    found = Faults("x")
    assert decode(b"mot\nhai\nb\xff\n", found) is None
    assert [fault.line for fault in found.error().faults] == [3]


def test_a_huge_script_is_refused_without_reading_it(write: Write) -> None:
    job = write("")
    with (job / "script.md").open("wb") as file:
        file.truncate(2_000_000_000)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    (fault,) = faults(job)
    assert fault.said.key == "This script is larger than {limit} MB; cut it into several jobs."
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 20_000  # kilobytes


def test_a_pipe_is_not_waited_for(write: Write) -> None:
    job = write("")
    (job / "script.md").unlink()
    os.mkfifo(job / "script.md")
    assert said(job) == [(0, "This is not a file that can be read; put the script itself here.")]
