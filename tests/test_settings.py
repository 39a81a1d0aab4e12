"""Settings as the environment gives them, and whose folders win."""

from __future__ import annotations

from pathlib import Path

import pytest

from media_service.errors import SetupError
from media_service.settings import read, shipped_defaults


def test_without_a_word_everything_lies_where_the_program_was_started(tmp_path: Path) -> None:
    settings = read({}, tmp_path)
    assert (settings.home, settings.output) == (tmp_path, tmp_path / "output")
    assert settings.ffmpeg is None


def test_each_variable_is_heeded(tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "ffmpeg").touch()
    given = {
        "MEDIA_SERVICE_HOME": str(tmp_path / "home"),
        "MEDIA_SERVICE_OUTPUT": str(tmp_path / "works"),
        "MEDIA_SERVICE_FFMPEG": str(tmp_path / "ffmpeg"),
        "MEDIA_SERVICE_LANG": "en",
        "MEDIA_SERVICE_DEBUG": "1",
    }
    settings = read(given, Path("/"))
    assert (settings.home, settings.output) == (tmp_path / "home", tmp_path / "works")
    assert (settings.ffmpeg, settings.language) == (tmp_path / "ffmpeg", "en")
    assert settings.debug


def test_output_lies_in_the_home_that_was_named(tmp_path: Path) -> None:
    assert read({"MEDIA_SERVICE_HOME": str(tmp_path)}, Path("/")).output == tmp_path / "output"


def test_an_empty_variable_is_none(tmp_path: Path) -> None:
    variables = [f"MEDIA_SERVICE_{name}" for name in ("HOME", "OUTPUT", "FFMPEG", "LANG", "DEBUG")]
    assert read(dict.fromkeys((*variables, "LC_ALL"), ""), tmp_path) == read({}, tmp_path)


@pytest.mark.parametrize("variable", ["MEDIA_SERVICE_HOME", "MEDIA_SERVICE_FFMPEG"])
def test_a_variable_that_leads_nowhere_is_named_with_its_path(tmp_path: Path, variable: str) -> None:
    with pytest.raises(SetupError) as caught:
        read({variable: str(tmp_path / "gone")}, tmp_path)
    assert variable in str(caught.value)
    assert str(tmp_path / "gone") in str(caught.value)


def test_an_ffmpeg_that_is_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SetupError, match="MEDIA_SERVICE_FFMPEG"):
        read({"MEDIA_SERVICE_FFMPEG": str(tmp_path)}, tmp_path)


@pytest.mark.parametrize(
    ("environ", "language"),
    [
        ({}, "vi"),
        ({"LANG": "vi_VN.UTF-8"}, "vi"),
        ({"LANG": "C.UTF-8"}, "vi"),
        ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LC_ALL": "en_US.UTF-8", "LANG": "vi_VN.UTF-8"}, "en"),
        ({"LC_ALL": "vi_VN.UTF-8", "LC_MESSAGES": "en_US.UTF-8"}, "vi"),
        ({"LC_ALL": "", "LC_MESSAGES": "en_US.UTF-8", "LANG": "vi_VN.UTF-8"}, "en"),
        ({"MEDIA_SERVICE_LANG": "vi", "LANG": "en_GB.UTF-8"}, "vi"),
        ({"MEDIA_SERVICE_LANG": "en", "LANG": "vi_VN.UTF-8"}, "en"),
    ],
)
def test_the_language_is_the_one_asked_for_else_that_of_the_locale(
    environ: dict[str, str], language: str, tmp_path: Path
) -> None:
    assert read(environ, tmp_path).language == language


def test_a_language_that_there_is_not_is_named(tmp_path: Path) -> None:
    with pytest.raises(SetupError, match=r"MEDIA_SERVICE_LANG.*klingon"):
        read({"MEDIA_SERVICE_LANG": "klingon"}, tmp_path)


@pytest.mark.parametrize(
    ("variable", "given"),
    [
        ("MEDIA_SERVICE_CORES", "many"),
        ("MEDIA_SERVICE_CORES", "0"),
        ("MEDIA_SERVICE_LEASE_S", "0"),
        ("MEDIA_SERVICE_FREE_GB", "-1"),
        ("MEDIA_SERVICE_CACHE_GB", "nan"),
        ("MEDIA_SERVICE_LOG", "yaml"),
    ],
)
def test_a_setting_that_would_break_the_service_is_named(tmp_path: Path, variable: str, given: str) -> None:
    with pytest.raises(SetupError, match=f"{variable} is “{given}”"):
        read({variable: given}, tmp_path)


@pytest.mark.parametrize("name", ["voices", "templates", "jobs"])
def test_ones_own_folder_wins_and_the_shipped_one_is_the_last(tmp_path: Path, name: str) -> None:
    (tmp_path / name).mkdir()
    assert read({}, tmp_path).folders(name) == (tmp_path / name, shipped_defaults() / name)


def test_where_there_is_no_folder_of_ones_own_the_shipped_one_stands_alone(tmp_path: Path) -> None:
    (shipped,) = read({}, tmp_path).folders("voices")
    assert list(shipped.glob("*.toml"))


def test_a_home_that_is_the_shipped_one_is_not_read_twice() -> None:
    assert len(read({}, shipped_defaults()).folders("voices")) == 1
