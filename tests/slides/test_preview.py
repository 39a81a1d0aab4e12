"""All slides of a job on one sheet, drawn by the real room before anything is spoken."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from media_service import preview_actions
from media_service.domain.look import Canvas
from media_service.errors import InputError
from media_service.intake.folder import JobFolders
from media_service.preview_actions import Previewing, Wish
from media_service.slides.drawing import SvgSlides
from media_service.speech.profiles import load
from tests.jobs import short_job
from tests.slides.conftest import SHIPPED

VOICES = load((SHIPPED.parent / "voices",))


@pytest.fixture
def doors(tmp_path: Path) -> Previewing:
    slides = SvgSlides((SHIPPED,))
    (tmp_path / "aside").mkdir()
    return Previewing(JobFolders(), VOICES, slides, slides, tmp_path / "aside", 2)


def test_a_sheet_shows_every_slide_upright_too(doors: Previewing, tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.jpg"
    count = preview_actions.preview(short_job(tmp_path), Wish("dem-trang", Canvas.TALL), sheet, doors)
    assert count >= 4
    with Image.open(sheet) as seen:
        assert seen.width == 1920
        assert seen.height > seen.width // 7


def test_a_theme_that_is_not_there_is_told_and_no_sheet_is_left(doors: Previewing, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="hoa-sen"):
        preview_actions.preview(short_job(tmp_path), Wish("khong-co"), tmp_path / "sheet.jpg", doors)
    assert not (tmp_path / "sheet.jpg").exists()
