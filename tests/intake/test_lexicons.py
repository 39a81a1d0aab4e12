"""Reading lexicons as staff write them: of the house, of a work, and every slip in them named."""

from __future__ import annotations

from pathlib import Path

import pytest

from media_service.domain.lexicon import Entry, Lexicon
from media_service.domain.spoken import spoken
from media_service.errors import InputError
from media_service.intake import lexicon
from media_service.intake.faults import Faults
from media_service.intake.folder import JobFolders
from tests.intake.conftest import VOICES, Write, faults, tale

HOUSE = Path(__file__).parents[2] / "voices"


def entries(text: str) -> tuple[Entry, ...]:
    return lexicon.read_lines(text, Faults("lexicon.txt"))


def test_a_line_says_what_is_written_how_it_is_said_and_who_listened() -> None:
    text = "# Ghi chú\n\nAndersen = An đéc xen | nhà văn Đan Mạch | Nguyễn Thị Hoa\n  Po  Nagar=Pô Na ga\n"
    assert entries(text) == (
        Entry("Andersen", "An đéc xen", "nhà văn Đan Mạch", "Nguyễn Thị Hoa"),
        Entry("Po Nagar", "Pô Na ga"),
    )


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("Andersen An đéc xen", "no = sign"),
        ("Andersen =", "no reading"),
        ("Andersen = ... | nhà văn", "no reading"),
        ("= An đéc xen", "must begin with a letter"),
        ("“Andersen” = An đéc xen", "must begin with a letter"),
        ("Andersen = An đéc xen | một | hai | ba", "no more"),
        ("A" * 81 + " = a", "too long"),
        ("Grimm = Gờ rim khác", "already"),
    ],
)
def test_a_slip_is_named_with_its_file_and_line(tmp_path: Path, line: str, said: str) -> None:
    (tmp_path / "ten.txt").write_text(f"# Tên\nGrimm = Gờ rim\n{line}\n", encoding="utf-8")
    with pytest.raises(InputError) as error:
        lexicon.read(tmp_path / "ten.txt", "voices/lexicons/ten.txt")
    (fault,) = error.value.faults
    assert (fault.file, fault.line) == ("voices/lexicons/ten.txt", 3)
    assert said in str(fault.said)


def test_all_slips_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "lexicons").mkdir()
    (tmp_path / "lexicons/a.txt").write_text("Andersen\nGrimm\n", encoding="utf-8")
    (tmp_path / "lexicons/b.txt").write_bytes("Hà = Hà".encode("utf-16"))
    with pytest.raises(InputError) as error:
        lexicon.load([tmp_path, HOUSE])
    assert [(Path(fault.file).name, fault.line) for fault in error.value.faults] == [
        ("a.txt", 1),
        ("a.txt", 2),
        ("b.txt", 0),
    ]


def test_a_file_of_ones_own_takes_the_place_of_the_shipped_one_of_its_name(tmp_path: Path) -> None:
    (tmp_path / "lexicons").mkdir()
    (tmp_path / "lexicons/ten-nuoc-ngoai.txt").write_text("Andersen = An đơ sơn", encoding="utf-8")
    known = lexicon.load([tmp_path, HOUSE])
    assert [entry.said for entry in known if entry.written in {"Andersen", "Grimm"}] == ["An đơ sơn"]
    assert any(entry.written == "UNESCO" for entry in known)


def test_the_shipped_lexicons_change_no_vietnamese_word() -> None:
    known = lexicon.load([HOUSE])
    assert len(known) > 200
    assert all(spoken(entry.said).text.casefold() == entry.said.casefold() for entry in known)


def test_what_a_work_says_comes_before_what_the_house_does(write: Write) -> None:
    job = write(tale("Andersen và Grimm.\n"))
    (job / "lexicon.txt").write_text("Andersen = An đơ sơn\n", encoding="utf-8")
    house = (Entry("Andersen", "An đéc xen"), Entry("Grimm", "Gờ rim"))
    known = Lexicon(JobFolders(house).read(job, VOICES).lexicon)
    assert spoken("Andersen và Grimm.", known).text == "An đơ sơn và Gờ rim."


def test_a_faulty_lexicon_of_a_work_is_told_with_the_faults_of_its_script(write: Write) -> None:
    job = write(tale("Ngày xưa. [nghi 2s]\n"))
    (job / "lexicon.txt").write_text("Andersen\n", encoding="utf-8")
    assert [(Path(fault.file).name, fault.line) for fault in faults(job)] == [("lexicon.txt", 1), ("script.md", 6)]


def test_a_lexicon_that_leads_out_of_its_job_is_refused(write: Write, tmp_path: Path) -> None:
    job = write(tale("Ngày xưa.\n"))
    (tmp_path / "elsewhere.txt").write_text("Andersen = An đéc xen\n", encoding="utf-8")
    (job / "lexicon.txt").symlink_to(tmp_path / "elsewhere.txt")
    (fault,) = faults(job)
    assert "leads out" in str(fault.said)


def test_a_script_txt_may_have_a_lexicon_too(write: Write) -> None:
    job = write("Sách\n\nAndersen kể.\n", name="script.txt")
    (job / "lexicon.txt").write_text("Andersen = An đéc xen\n", encoding="utf-8")
    assert JobFolders().read(job, VOICES).lexicon == (Entry("Andersen", "An đéc xen"),)
