"""Reads reading lexicons, plain text that staff write: one word a line, `written = said | note | reviewer`."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from media_service.domain.lexicon import Entry
from media_service.errors import InputError
from media_service.intake.faults import Faults
from media_service.intake.text_file import read_text
from media_service.messages import Message, message

FILE_NAME = "lexicon.txt"
"""Of a work's own lexicon, in its job folder."""
FOLDER = "lexicons"
"""Of the house's lexicons, beside its voices."""
LONGEST_WRITTEN = 80
LONGEST_SAID = 200
"""Characters; a name with its titles has about forty."""


def load(folders: Sequence[Path]) -> tuple[Entry, ...]:
    """Read every lexicon of the house; of two files with one name, the one in the earlier folder counts.

    Folders that do not exist are passed over. Raises InputError with every fault of every file.
    """
    entries: list[Entry] = []
    wrong: list[InputError] = []
    for file in files(folders):
        try:
            entries += read(file)
        except InputError as error:
            wrong.append(error)
    if wrong:
        raise InputError([fault for error in wrong for fault in error.faults])
    return tuple(entries)


def files(folders: Sequence[Path]) -> list[Path]:
    """Return the lexicons of a house, by name."""
    found: dict[str, Path] = {}
    for folder in folders:
        for file in sorted((folder / FOLDER).glob("*.txt")):
            found.setdefault(file.name, file)
    return [found[name] for name in sorted(found)]


def read(path: Path, named: str = "") -> tuple[Entry, ...]:
    """Read one lexicon; `named` is what people call the file. Raises InputError with every fault in it."""
    faults = Faults(named or path.as_posix())
    if not os.path.lexists(path):
        faults.add(0, message("There is no lexicon here; write lexicon.txt, or correct its name."))
        raise faults.error()
    text = read_text(path, faults)
    entries = read_lines(text, faults) if text is not None else ()
    if faults:
        raise faults.error()
    return entries


def read_lines(text: str, faults: Faults) -> tuple[Entry, ...]:
    """Read a lexicon's clean text; lines that are empty or begin with # say nothing."""
    known: dict[str, int] = {}
    entries = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        entry = _entry(line)
        wrong = entry if isinstance(entry, Message) else _wrong(entry, known)
        if wrong:
            faults.add(number, wrong)
        elif isinstance(entry, Entry):
            known[entry.written] = number
            entries.append(entry)
    return tuple(entries)


def _entry(line: str) -> Entry | Message:
    written, sign, rest = line.partition("=")
    if not sign:
        return message("This line has no = sign; write a word as it stands in the text, then =, then how it is read.")
    said, *remarks = (" ".join(part.split()) for part in rest.split("|"))
    if len(remarks) > 2:
        return message("Behind the reading come a note and who reviewed it, no more; take one | out.")
    note, reviewer = [*remarks, "", ""][:2]
    return Entry(" ".join(written.split()), said, note, reviewer)


def _wrong(entry: Entry, known: dict[str, int]) -> Message | None:
    """Return what is wrong with an entry, None where nothing is."""
    if not entry.written[:1].isalnum():
        return message("What is written, before the = sign, must begin with a letter or a figure.")
    if not any(character.isalpha() for character in entry.said):
        return message(
            "There is no reading of “{written}”; write behind the = sign how it is said.", written=entry.written
        )
    if len(entry.written) > LONGEST_WRITTEN or len(entry.said) > LONGEST_SAID:
        return message(
            "This line is too long for a lexicon; give one name or short form, at most {longest} characters.",
            longest=LONGEST_WRITTEN,
        )
    if entry.written in known:
        return message(
            "“{written}” stands on line {line} already; keep one of the two.",
            written=entry.written,
            line=known[entry.written],
        )
    return None
