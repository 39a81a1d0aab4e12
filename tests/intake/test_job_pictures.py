"""Pictures of a job: known by their bytes, measured by their headers, never from outside the folder."""

from __future__ import annotations

import hashlib
import io
import os
import tracemalloc
import unicodedata
from pathlib import Path

import pytest
from PIL import Image

from media_service.domain.script import Picture
from media_service.errors import InputError
from media_service.intake.folder import JobFolders
from tests.intake.conftest import Write, faults, read, said, tale
from tests.jobs import png, png_header

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 9"/>'


def saved(kind: str, size: tuple[int, int] = (40, 30), **how: object) -> bytes:
    file = io.BytesIO()
    Image.effect_noise(size, 50).convert("RGB").save(file, kind, **how)
    return file.getvalue()


def with_picture(write: Write, data: bytes, name: str = "tranh.png") -> Path:
    job = write(tale(f"![x]({name})\nLời.\n"))
    path = job / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(data)
    return job


@pytest.mark.parametrize(
    ("data", "size"),
    [
        (saved("PNG"), (40, 30)),
        (saved("JPEG"), (40, 30)),
        (saved("JPEG", progressive=True), (40, 30)),
        (saved("WEBP"), (40, 30)),
        (saved("WEBP", lossless=True), (40, 30)),
        (saved("WEBP", exif=b"Exif\0\0MM\0*\0\0\0\x08\0\0"), (40, 30)),
        (SVG, (16, 9)),
        (b"\xef\xbb\xbf\n" + SVG, (16, 9)),
        (png(320, 180), (320, 180)),
    ],
    ids=[
        "PNG",
        "JPEG",
        "progressive JPEG",
        "WebP",
        "lossless WebP",
        "WebP with Exif",
        "SVG",
        "SVG with a mark",
        "our own",
    ],
)
def test_a_picture_is_known_by_its_bytes_whatever_its_name(write: Write, data: bytes, size: tuple[int, int]) -> None:
    (picture,) = read(with_picture(write, data, "tranh.gif")).pictures
    assert picture == Picture("tranh.gif", hashlib.sha256(data).hexdigest(), *size)


def test_pictures_come_once_in_the_order_of_their_first_use(write: Write) -> None:
    script = read(write(tale("![x](b.png)\nLời.\n\n![x](a.png)\nLời.\n\n![x](b.png)\nLời.\n")))
    assert [(picture.name, picture.width) for picture in script.pictures] == [("b.png", 36), ("a.png", 64)]


def test_a_picture_nobody_names_is_not_looked_at(write: Write) -> None:
    job = write(tale("Lời.\n"))
    (job / "nháp.png").write_bytes(b"nothing")
    assert read(job).pictures == ()


@pytest.mark.parametrize("name", ["tranh/cây khế.png", "hinh (1).png", "giảm 50%.png", ".bia.png"])
def test_names_as_people_give_them_are_found(write: Write, name: str) -> None:
    assert read(with_picture(write, png(4, 4), name)).pictures[0].name == name


def test_accents_may_be_composed_or_not_on_the_disk_and_in_the_script(write: Write) -> None:
    for form in ("NFC", "NFD"):
        job = write(unicodedata.normalize(form, tale("![x](trái/khế.png)\nLời.\n")), folder=form)
        place = job / unicodedata.normalize("NFD", "trái")
        place.mkdir()
        (place / unicodedata.normalize("NFD", "khế.png")).write_bytes(png(4, 4))
        (picture,) = read(job).pictures
        assert picture.name == unicodedata.normalize("NFC", "trái/khế.png")
        JobFolders().copy_picture(job, picture, job / "copy")
        assert (job / "copy").read_bytes() == png(4, 4)


def test_a_space_written_as_editors_do_is_a_space(write: Write) -> None:
    job = with_picture(write, png(4, 4), "cây khế.png")
    (job / "script.md").write_text(tale("![x](c%C3%A2y%20kh%E1%BA%BF.png)\nLời.\n"), "utf-8")
    assert read(job).pictures[0].name == "cây khế.png"


@pytest.mark.parametrize(
    ("data", "key"),
    [
        (b"", "{picture} is no picture that can be used"),
        (b"Xin", "{picture} is no picture that can be used"),
        (saved("GIF"), "{picture} is a {format} file"),
        (saved("BMP"), "{picture} is a {format} file"),
        (saved("TIFF"), "{picture} is a {format} file"),
        (b"\0\0\0\x18ftypheic", "{picture} is a {format} file"),
        (b"\0\0\0\x18ftypavif", "{picture} is a {format} file"),
        (b"%PDF-1.4", "{picture} is a {format} file"),
        (b"\x1f\x8b\x08", "{picture} is a {format} file"),
        (png_header(50_000, 50_000), "{picture} has more than {limit} million pixels"),
        (png_header(13_000, 13_000), "{picture} has more than {limit} million pixels"),
        (png_header(6400, 6400), "{picture} has more than {limit} million pixels"),
        (png(64, 64)[:50], "{picture} is damaged"),
        (b"\x89PNG\r\n\x1a\n", "{picture} is damaged"),
        (png_header(0, 5), "{picture} is damaged"),
        (saved("PNG", (300, 300))[:-2000], "{picture} is damaged"),
        (saved("JPEG", (300, 300))[:-2000], "{picture} is damaged"),
        (saved("JPEG")[:30], "{picture} is damaged"),
        (saved("WEBP", (300, 300))[:-2000], "{picture} is damaged"),
        (
            b"RIFF\x16\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\xff\xff\xff\xff\xff\xff",
            "{picture} has more than {limit} million",
        ),
    ],
)
def test_what_cannot_be_shown_is_refused_on_the_line_of_its_cue(write: Write, data: bytes, key: str) -> None:
    ((line, found),) = said(with_picture(write, data))
    assert (line, found[: len(key)]) == (6, key)


def test_a_bomb_takes_no_memory(write: Write) -> None:
    job = with_picture(write, png_header(50_000, 50_000))
    tracemalloc.start()
    faults(job)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 5_000_000


def test_a_huge_picture_is_refused_without_reading_it(write: Write) -> None:
    job = with_picture(write, b"")
    with (job / "tranh.png").open("wb") as file:
        file.truncate(3_000_000_000)
    (fault,) = faults(job)
    assert fault.said.key == "{picture} is larger than {limit} MB; save it smaller."


def test_a_folder_and_a_pipe_are_no_pictures(write: Write) -> None:
    job = write(tale("![x](tranh)\nLời.\n\n![x](ong)\nLời.\n"))
    (job / "tranh").mkdir()
    os.mkfifo(job / "ong")
    key = "{picture} is not a file; name the picture itself."
    assert said(job) == [(6, key), (9, key)]


@pytest.mark.parametrize("where", ["tranh.png", "thu/tranh.png"])
def test_a_link_out_of_the_folder_is_not_followed(write: Write, tmp_path: Path, where: str) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "tranh.png").write_bytes(png(4, 4))
    job = write(tale(f"![x]({where})\nLời.\n"))
    if "/" in where:
        (job / "thu").symlink_to(outside, target_is_directory=True)
    else:
        (job / "tranh.png").symlink_to(outside / "tranh.png")
    assert said(job) == [(6, "{picture} is a link that leads out of the job folder; put the picture itself here.")]


def test_a_link_inside_the_folder_is_followed(write: Write) -> None:
    job = write(tale("![x](tranh.png)\nLời.\n"))
    (job / "tranh.png").symlink_to("a.png")
    assert read(job).pictures[0].width == 64


def test_a_circle_of_links_is_a_fault(write: Write) -> None:
    job = write(tale("![x](tranh.png)\nLời.\n"))
    (job / "tranh.png").symlink_to("tranh.png")
    assert [line for line, _ in said(job)] == [6]


def test_the_nearest_file_is_named(write: Write) -> None:
    job = write(tale("![x](cay-khê.png)\nLời.\n"))
    (job / "tranh").mkdir()
    (job / "cay-khe.png").write_bytes(png(4, 4))
    (job / os.fsdecode(b"\xff.png")).write_bytes(b"")
    (fault,) = faults(job)
    assert str(fault.said) == "There is no cay-khê.png; did you mean cay-khe.png?"


class TestHandingOn:
    def test_a_picture_is_copied_byte_for_byte(self, write: Write, tmp_path: Path) -> None:
        job = write(tale("![x](a.png)\nLời.\n"))
        (picture,) = read(job).pictures
        JobFolders().copy_picture(job, picture, tmp_path / "copy")
        assert (tmp_path / "copy").read_bytes() == (job / "a.png").read_bytes()

    def test_a_picture_that_changed_meanwhile_is_refused(self, write: Write, tmp_path: Path) -> None:
        job = write(tale("![x](a.png)\nLời.\n"))
        (picture,) = read(job).pictures
        (job / "a.png").write_bytes(png(64, 36, (1, 2, 3)))
        with pytest.raises(InputError, match=r"a\.png was changed while the work went on"):
            JobFolders().copy_picture(job, picture, tmp_path / "copy")

    def test_a_picture_that_was_taken_away_is_named(self, write: Write, tmp_path: Path) -> None:
        job = write(tale("![x](a.png)\nLời.\n"))
        (picture,) = read(job).pictures
        (job / "a.png").unlink()
        with pytest.raises(InputError, match=r"There is no a\.png"):
            JobFolders().copy_picture(job, picture, tmp_path / "copy")

    def test_a_picture_that_became_a_link_out_is_refused(self, write: Write, tmp_path: Path) -> None:
        job = write(tale("![x](a.png)\nLời.\n"))
        (picture,) = read(job).pictures
        (job / "a.png").rename(tmp_path / "a.png")
        (job / "a.png").symlink_to(tmp_path / "a.png")
        with pytest.raises(InputError, match="is a link that leads out"):
            JobFolders().copy_picture(job, picture, tmp_path / "copy")

    def test_a_made_up_picture_leads_nowhere(self, write: Write, tmp_path: Path) -> None:
        job = write(tale("Lời.\n"))
        with pytest.raises(InputError, match="leads out of the job folder"):
            JobFolders().copy_picture(job, Picture("../cay-khe/a.png", "0" * 64, 64, 36), tmp_path / "copy")
