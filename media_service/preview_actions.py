"""What a person may ask of slides alone: to see those of a job on one sheet, before anything is spoken."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from media_service.actions import look_over
from media_service.domain.casting import Voice
from media_service.domain.episode import Planned
from media_service.domain.look import Canvas, Look, look_of
from media_service.domain.script import Picture, Script
from media_service.domain.slide import Slide, Thumbnail, picture_of
from media_service.domain.thumbnails import thumbnails
from media_service.ports import JobFiles, Sheets
from media_service.screens import Slides

COLUMNS = {Canvas.WIDE: 4, Canvas.TALL: 7}
MOST_SLIDES = 60
"""A book of many chapters is not drawn whole: its first slides show how it looks."""


@dataclass(frozen=True, slots=True)
class Previewing:
    """What a preview is made with."""

    job_files: JobFiles
    voices: tuple[Voice, ...]
    slides: Slides
    sheets: Sheets
    aside: Path
    """A folder for what is unfinished."""
    at_once: int


@dataclass(frozen=True, slots=True)
class Wish:
    """How slides are to be previewed; an empty theme is the job's own."""

    theme: str = ""
    canvas: Canvas = Canvas.WIDE


def preview(job: Path, wish: Wish, path: Path, doors: Previewing) -> int:
    """Draw the slides and thumbnails of a job on one sheet at `path`; return how many there are.

    Raises InputError with every fault found in the job, its pictures, or the theme that is wished for.
    """
    script, episodes = look_over(job, doors.job_files, doors.voices)
    own = look_of(script.facts, wish.canvas)
    look = Look(own.style, wish.theme or own.theme, own.canvas)
    shown = _shown(episodes, wish.canvas)
    with ThreadPoolExecutor(doors.at_once) as pool:
        painted = _paint(job, script, shown, doors)
        drawn = [doors.aside / f"{number}.png" for number in range(len(shown))]
        list(pool.map(lambda slide, file: _draw(slide, look, painted, file, doors), shown, drawn))
        doors.sheets.sheet(drawn, COLUMNS[wish.canvas], path)
    return len(shown)


def _shown(episodes: Iterable[Planned], canvas: Canvas) -> Sequence[Slide | Thumbnail]:
    """Return each slide once, in the order of the films, and the thumbnails where films are wide."""
    found: list[Slide | Thumbnail] = []
    for episode in episodes:
        for passage in episode.passages:
            found += [slide for slide in (passage.slide, passage.after) if slide]
        found += thumbnails(episode) if canvas is Canvas.WIDE else ()
    return tuple(dict.fromkeys(found))[:MOST_SLIDES]


def _paint(job: Path, script: Script, shown: Iterable[Slide | Thumbnail], doors: Previewing) -> dict[str, Path]:
    """Paint every picture that is shown, once; return where each lies, by its content."""
    wanted = {picture.sha256 for slide in shown if (picture := picture_of(slide))}
    pictures = [picture for picture in script.pictures if picture.sha256 in wanted]

    def one(picture: Picture) -> tuple[str, Path]:
        handed_in, path = doors.aside / picture.sha256, doors.aside / f"{picture.sha256}.png"
        doors.job_files.copy_picture(job, picture, handed_in)
        doors.slides.paint(handed_in, picture.name, path)
        return picture.sha256, path

    with ThreadPoolExecutor(doors.at_once) as pool:
        return dict(pool.map(one, pictures))


def _draw(slide: Slide | Thumbnail, look: Look, painted: dict[str, Path], path: Path, doors: Previewing) -> None:
    picture = picture_of(slide)
    under = painted[picture.sha256] if picture else None
    if isinstance(slide, Thumbnail):
        doors.slides.thumbnail(slide, look, under, path)
    else:
        doors.slides.draw(slide, look, under, path)
