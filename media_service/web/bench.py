"""What staff have on their bench: drafts of jobs, one folder each, aside from the jobs that are handed in.

A draft is a job folder like any other. Nobody's words become a path: names are found among those that are there, or
made of letters that the house allows.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import tempfile
import unicodedata
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from media_service.domain.slug import slug_of
from media_service.errors import Fault, InputError, OvertakenError, refused
from media_service.files.whole import appearing, named_faults
from media_service.messages import message

SCRIPT = "script.md"
_MOST_SCRIPT = 4_000_000
_MOST_PICTURE = 40_000_000
_MOST_DRAFTS = 200
_PICTURES = {".png", ".jpg", ".jpeg", ".webp", ".svg"}
_TITLE = re.compile(r"^title:[ \t]*(.+?)[ \t]*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class OnBench:
    """A draft as it is listed."""

    slug: str
    title: str
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class Beginning:
    """What a new script begins with."""

    title: str
    kind: str
    age: str
    narrator: str
    playlist: str = ""
    music: str = "none"


@dataclass(frozen=True, slots=True)
class Bench:
    """The drafts of everybody, in one folder of the service's own."""

    folder: Path

    def all(self, owner: str) -> tuple[OnBench, ...]:
        """Return somebody's drafts, what was changed last first."""
        drafts = [_listed(job) for job in self._jobs(owner)]
        return tuple(sorted(drafts, key=lambda one: one.changed_at, reverse=True))

    def find(self, owner: str, slug: str) -> Path:
        """Return a draft's folder; raises InputError where its owner has none of that name."""
        for job in self._jobs(owner):
            if job.name == slug:
                return job
        raise refused("", message("You have no draft “{slug}”; look at your works.", slug=slug))

    def begin(self, owner: str, wanted: Beginning) -> str:
        """Make a draft with an empty script and return its slug; raises InputError where that cannot be."""
        title = " ".join(unicodedata.normalize("NFC", wanted.title).split())
        slug = slug_of(title)
        if not title or not slug:
            raise refused("", message("A work needs a title with at least one letter; write one."))
        self._refuse_taken(owner, slug)
        with named_faults(self.folder):
            (self.home(owner) / slug).mkdir(parents=True)
        self.write(owner, slug, _first_words(title, wanted))
        return slug

    def title(self, owner: str, slug: str) -> str:
        """Return what a draft is called."""
        return _listed(self.find(owner, slug)).title

    def home(self, owner: str) -> Path:
        """Return the folder of somebody's drafts."""
        return self.folder / owner

    def script(self, owner: str, slug: str) -> str:
        """Return a draft's script; empty where it has none yet."""
        path = self.find(owner, slug) / SCRIPT
        return path.read_text("utf-8-sig", errors="replace") if path.is_file() else ""

    def write(self, owner: str, slug: str, text: str, seen: str = "") -> str:
        """Keep a script, as NFC with line ends as we write them, and return its state; the file is whole or as before.

        `seen` is the state that was changed, empty for any; raises OvertakenError where it is another now.
        """
        clean = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
        data = clean.encode("utf-8", "replace")
        if len(data) > _MOST_SCRIPT:
            raise refused("", message("This is more text than fits; part it into several works."))
        if seen and seen != state_of(before := self.script(owner, slug)) and before != clean:
            said = message("This script was changed in another window meanwhile; load the page again to see it.")
            raise OvertakenError([Fault("", 0, said)])
        with appearing(self.find(owner, slug) / SCRIPT) as path:
            path.write_bytes(data)
        return state_of(clean)

    def pictures(self, owner: str, slug: str) -> tuple[str, ...]:
        """Return the names of a draft's pictures."""
        job = self.find(owner, slug)
        return tuple(sorted(one.name for one in job.iterdir() if one.suffix.lower() in _PICTURES and one.is_file()))

    def picture(self, owner: str, slug: str, name: str) -> Path:
        """Return the path of a picture; raises InputError where the draft has none of that name."""
        if name not in self.pictures(owner, slug):
            raise refused("", message("This draft has no picture of that name."))
        return self.find(owner, slug) / name

    async def add_picture(self, owner: str, slug: str, name: str, content: AsyncIterator[bytes]) -> str:
        """Keep a picture as it arrives, under a name that a script can write; returns that name."""
        kept = picture_name(name)
        path = self.find(owner, slug) / kept
        with appearing(path) as aside:
            await arrive(content, aside, _MOST_PICTURE)
        return kept

    def drop(self, owner: str, slug: str) -> None:
        """Throw a draft away."""
        shutil.rmtree(self.find(owner, slug), ignore_errors=True)

    def take_up(self, owner: str, job: Path, slug: str) -> None:
        """Put a copy of a handed-in job onto the bench, unless one lies there."""
        if any(one.name == slug for one in self._jobs(owner)):
            return
        self.home(owner).mkdir(parents=True, exist_ok=True)
        with self.aside(owner) as aside, named_faults(self.folder):
            shutil.copytree(job, aside / slug, symlinks=True)
            (aside / slug).rename(self.home(owner) / slug)

    @contextmanager
    def aside(self, owner: str) -> Iterator[Path]:
        """Yield a folder on the same disk for what is not finished; it vanishes with everything in it."""
        with named_faults(self.folder):
            self.home(owner).mkdir(parents=True, exist_ok=True)
            folder = Path(tempfile.mkdtemp(prefix=".aside-", dir=self.home(owner)))
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def _jobs(self, owner: str) -> list[Path]:
        try:
            return [one for one in self.home(owner).iterdir() if one.is_dir() and not one.name.startswith(".")]
        except FileNotFoundError:
            return []

    def _refuse_taken(self, owner: str, slug: str) -> None:
        mine = self._jobs(owner)
        if any(one.name == slug for one in mine):
            raise refused("", message("You have a draft of that title already; open it, or choose another title."))
        if len(mine) >= _MOST_DRAFTS:
            raise refused("", message("You have very many drafts; hand some in or throw them away first."))


def state_of(script: str) -> str:
    """Return what tells one state of a script from another."""
    return hashlib.sha256(script.encode("utf-8", "replace")).hexdigest()[:24]


def picture_name(written: str) -> str:
    """Return a picture's name in letters that any script can write; raises InputError for what is no picture."""
    path = PurePosixPath(written.replace("\\", "/"))
    suffix = path.suffix.lower()
    if suffix not in _PICTURES:
        raise refused("", message("A picture is a PNG, JPEG, WebP or SVG file; save it as one of these."))
    return f"{slug_of(path.stem)[:80] or 'tranh'}{suffix}"


async def arrive(content: AsyncIterator[bytes], path: Path, most: int) -> None:
    """Write what arrives as it arrives; raises InputError once it is more than `most` bytes, or nothing."""
    size = 0
    with named_faults(path), path.open("wb") as file:
        async for part in content:
            size += len(part)
            if size > most:
                raise too_large(most)
            file.write(part)
    if not size:
        raise refused("", message("The file is empty; choose another."))


def too_large(most: int) -> InputError:
    """Return the error for a file that is larger than it may be."""
    return refused("", message("The file is larger than {most} MB; make it smaller.", most=most // 1_000_000))


def _listed(job: Path) -> OnBench:
    script = job / SCRIPT
    try:
        text, changed = script.read_text("utf-8-sig", errors="replace")[:4000], script.stat().st_mtime
    except OSError:
        text, changed = "", job.stat().st_mtime
    found = _TITLE.search(text)
    return OnBench(job.name, found[1].strip("\"'") if found else job.name, datetime.fromtimestamp(changed, UTC))


def _first_words(title: str, wanted: Beginning) -> str:
    """Return a script with its front matter; text from people is quoted as JSON, which YAML reads as it is."""
    keys = {"title": title, "kind": wanted.kind, "age": wanted.age, "narrator": wanted.narrator}
    optional = {"playlist": wanted.playlist, "music": wanted.music}
    said = {**keys, **{name: text for name, text in optional.items() if text}}
    head = "\n".join(f"{name}: {json.dumps(text, ensure_ascii=False)}" for name, text in said.items())
    return f"---\n{head}\n---\n\n"
