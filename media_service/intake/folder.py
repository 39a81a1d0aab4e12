"""The door for jobs as folders: `script.md` or `script.txt`, its lexicon and its pictures, read into a `Script`.

A folder is not trusted: every file stays inside it, has a limit, and is judged by its content.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from media_service.domain.casting import Voice, unknown_span_voices, unknown_voices
from media_service.domain.edition import Excerpt
from media_service.domain.lexicon import Entry
from media_service.domain.look import unknown_theme
from media_service.domain.music import Piece, unknown_music, with_music_right
from media_service.domain.script import Chapter, Cue, Kind, Paragraph, Picture, Script, spans_of
from media_service.domain.slug import slug_of
from media_service.domain.tape import Tape
from media_service.errors import InputError, refused
from media_service.intake import lexicon, pictures, tapes
from media_service.intake.chapters import read_chapters
from media_service.intake.faults import Faults
from media_service.intake.front_matter import Head, read_front_matter
from media_service.intake.markdown import TYPE_HYPHENS, WORD_RULE, lines_of, read_blocks
from media_service.intake.notices import notice_lines, notice_speakers
from media_service.intake.place import is_within, job_folder
from media_service.intake.plain_text import read_plain_text
from media_service.intake.text_file import read_text
from media_service.messages import Message, message

MARKDOWN = "script.md"
PLAIN_TEXT = "script.txt"
_TEXTS = {".md", ".markdown", ".txt", ".docx", ".doc", ".odt", ".rtf", ".pages"}
_DASHES = re.compile(rf"[—–―]|{WORD_RULE.pattern}")
"""A line of hyphens as Word leaves it, or a single long dash."""


@dataclass(frozen=True, slots=True)
class JobFolders:
    """Reads job folders (the door `JobFiles`)."""

    lexicon: tuple[Entry, ...] = ()
    """How words are read in this house; what a work's own lexicon says comes before it."""

    themes: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """The themes that a kind of work may choose from, by its name; what has none there is not checked."""

    music: tuple[Piece, ...] = ()
    """The pieces that may lie under a film's voice."""

    def read(self, job: Path, voices: Iterable[Voice]) -> Script:
        """Read a job folder; raises InputError with every fault found, each with the file as `job` names it."""
        folder = job_folder(job)
        name = _script_name(job, folder)
        faults = Faults((job / name).as_posix())
        slug = slug_of(folder.name)
        if not slug:
            faults.add(0, message("The job folder's name has no letter a-z and no digit; rename it."))
        text = read_text(folder / name, faults)
        if text is None:
            raise faults.error()
        head, chapters = read_script(text, name, slug, faults)
        for line, said in unknown_voices(head.facts, dict(head.lines), voices) if head.facts else ():
            faults.add(line, said)
        for line, said in unknown_span_voices(spans_of(chapters), voices):
            faults.add(line, said)
        for line, said in unknown_theme(head.facts, dict(head.lines), self.themes) if head.facts else ():
            faults.add(line, said)
        if head.facts and head.facts.short and not _says(head.facts.short, chapters):
            said = message("No passage of the script begins and ends so; copy the words of “short” from the text.")
            faults.add(dict(head.lines).get("short", 1), said)
        for line, said in unknown_music(head.facts, dict(head.lines), self.music) if head.facts else ():
            faults.add(line, said)
        found = pictures.read_pictures(folder, _cues(head, chapters), faults)
        readings = _lexicon(job, folder, faults)
        taped = tapes.read_tapes(folder, faults)
        if faults or head.facts is None:
            raise faults.error()
        known = (*readings, *self.lexicon)
        facts = with_music_right(head.facts, self.music)
        return Script(facts, chapters, found, (job / name).as_posix(), head.lines, faults.notices(), known, taped)

    def copy_picture(self, job: Path, picture: Picture, path: Path) -> None:
        """Write the bytes of a script's picture at `path`.

        They are read and hashed once, so that what is written is what was checked; raises InputError where they are
        gone, changed or outside the folder now.
        """
        path.write_bytes(pictures.picture_bytes(job_folder(job), picture))

    def copy_tape(self, job: Path, tape: Tape, path: Path) -> None:
        """Write the bytes of a recording at `path`, checked as a picture's are."""
        tapes.copy_tape(job_folder(job), tape, path)


def read_script(text: str, name: str, slug: str, faults: Faults) -> tuple[Head, tuple[Chapter, ...]]:
    """Read a script's clean text without its pictures; `name` is `script.md` or `script.txt`."""
    if name == PLAIN_TEXT:
        facts, blocks = read_plain_text(text, slug, faults)
        notice_lines(((line, words, False) for line, words in enumerate(text.split("\n"), 1)), faults)
        kind = Kind.AUDIOBOOK if facts else None
        return Head(facts), read_chapters(blocks, kind, 1, faults)
    cut = _cut(text, faults)
    if cut is None:
        return Head(), ()
    head_text, head_line, body, body_line = cut
    head = read_front_matter(head_text, head_line, slug, faults)
    cast = [name for name, _ in head.cast]
    blocks = list(read_blocks(body, body_line, cast, faults))
    lines = list(lines_of(body, body_line))
    notice_lines(lines, faults)
    notice_speakers(lines, cast, faults)
    return head, read_chapters(blocks, head.kind, body_line, faults)


def _cut(text: str, faults: Faults) -> tuple[str, int, str, int] | None:
    """Cut a script into its front matter and its body, each with the line it begins on; None where it has none."""
    lines = text.split("\n")
    opening = next((at for at, line in enumerate(lines) if line.strip()), None)
    if opening is None or not _is_fence(lines, opening, ["---"], faults):
        said = message("A script begins with front matter: a line ---, then title and kind, then a line ---.")
        faults.add((opening or 0) + 1, said)
        return None
    after = range(opening + 1, len(lines))
    closing = next((at for at in after if _is_fence(lines, at, ["---", "..."], faults)), None)
    if closing is None:
        faults.add(
            opening + 1, message("The front matter that begins here has no end; write a line --- behind its last key.")
        )
        return None
    return "\n".join(lines[opening + 1 : closing]), opening + 2, "\n".join(lines[closing + 1 :]), closing + 2


def _is_fence(lines: Sequence[str], at: int, fences: Sequence[str], faults: Faults) -> bool:
    """Tell whether a line bounds front matter; one that Word has spoilt is a fault and bounds it all the same."""
    line = lines[at].strip()
    if _DASHES.fullmatch(line):
        faults.add(at + 1, TYPE_HYPHENS)
        return True
    return lines[at].rstrip() in fences


def _script_name(job: Path, folder: Path) -> str:
    """Return the name of the one script in a folder."""
    there = [name for name in (MARKDOWN, PLAIN_TEXT) if os.path.lexists(folder / name)]
    if not there:
        raise refused(job.as_posix(), _no_script(folder))
    if len(there) > 1:
        said = message("Both script.md and script.txt are in this job folder; keep one of them.")
        raise refused(job.as_posix(), said)
    if not is_within(folder, folder / there[0]):
        said = message("The script is a link that leads out of the job folder; put the file itself here.")
        raise refused((job / there[0]).as_posix(), said)
    return there[0]


def _lexicon(job: Path, folder: Path, faults: Faults) -> tuple[Entry, ...]:
    """Return the entries of a work's own lexicon; a work need not have one."""
    path = folder / lexicon.FILE_NAME
    if not os.path.lexists(path):
        return ()
    named = (job / lexicon.FILE_NAME).as_posix()
    try:
        if not is_within(folder, path):
            raise refused(
                named, message("The lexicon is a link that leads out of the job folder; put the file itself here.")
            )
        return lexicon.read(path, named)
    except InputError as error:
        faults.include(error)
        return ()


def _no_script(folder: Path) -> Message:
    """Say that there is no script, and which text may be meant to be one."""
    try:
        names = sorted(path.name for path in folder.iterdir() if path.suffix.lower() in _TEXTS)
    except OSError:
        names = []
    texts = [name for name in names if name != lexicon.FILE_NAME]
    named = [name for name in texts if name.casefold().startswith("script.")] or texts
    if len(named) == 1 and named[0].isprintable():
        return message(
            "There is no script.md in this job folder, but there is {found}; save it as script.md.", found=named[0]
        )
    return message("There is no script.md in this job folder; write one, or script.txt.")


def _says(short: Excerpt, chapters: Iterable[Chapter]) -> bool:
    """Tell whether the words that bound a passage stand in one chapter, in this order."""
    texts = (
        " ".join(words.text for item in chapter.items if isinstance(item, Paragraph) for words in item.words())
        for chapter in chapters
    )
    plain = (" ".join(text.split()) for text in texts)
    return any(short.first in text and short.last in text[text.index(short.first) :] for text in plain)


def _cues(head: Head, chapters: tuple[Chapter, ...]) -> list[Cue]:
    """Return every place that names a picture, the cover's among them."""
    cover = head.facts.cover if head.facts else ""
    covers = [Cue(cover, "", dict(head.lines).get("cover", 1))] if cover else []
    return [*covers, *(cue for chapter in chapters for cue in chapter.cues())]
