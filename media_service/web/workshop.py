"""What the studio does for staff before anything is handed in: look drafts over, let them be heard, import, hand in.

All of it goes through the same doors as the command line; a person waits for none of it longer than a look takes.
"""

from __future__ import annotations

import secrets
import shutil
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from media_service import actions, bootstrap, import_actions, service_actions
from media_service.domain.casting import Cast, Voice
from media_service.domain.draft import Wishes
from media_service.domain.episode import Planned
from media_service.domain.pace import Age
from media_service.domain.passages import Passage, Role
from media_service.domain.planning import episodes
from media_service.domain.script import Chapter, Facts, Kind, Paragraph, Script, Words
from media_service.domain.workload import estimate
from media_service.errors import Fault, InputError, MediaServiceError, refused
from media_service.messages import Message, message
from media_service.ports import Tools
from media_service.service_actions import HandedIn
from media_service.settings import Settings
from media_service.steps.say import clip as spoken_clip
from media_service.stores import Works
from media_service.tally import Tally
from media_service.web.bench import Bench

_MOST_HEARD = 500
_FIRST = 3
"""Passages of a draft that are heard at once: the first paragraph, in a few seconds."""


@dataclass(frozen=True, slots=True)
class Looked:
    """A draft as it stands: what is wrong, or what it will be."""

    faults: tuple[Fault, ...] = ()
    notices: tuple[Fault, ...] = ()
    script: Script | None = None
    episodes: tuple[Planned, ...] = ()

    @property
    def length(self) -> timedelta:
        """How long it will be."""
        return sum(map(estimate, self.episodes), timedelta())


@dataclass(frozen=True, slots=True)
class Heard:
    """A clip that somebody may hear: whose ears, and where it lies."""

    owner: str
    path: Path
    text: str


@dataclass(slots=True)
class Importing:
    """A book that is being read."""

    owner: str
    name: str
    slug: str = ""
    fault: MediaServiceError | None = None
    done: bool = False


@dataclass(slots=True)
class Workshop:
    """The tools, and what is in work for staff at the moment."""

    settings: Settings
    tools: Tools
    works: Works
    bench: Bench
    hands: ThreadPoolExecutor
    _heard: OrderedDict[str, Heard] = field(default_factory=OrderedDict)
    _importing: OrderedDict[str, Importing] = field(default_factory=OrderedDict)
    _turn: threading.Lock = field(default_factory=threading.Lock)

    def look_over(self, job: Path) -> Looked:
        """Read a draft; what is wrong with it is part of the answer."""
        try:
            script, planned = actions.look_over(job, self.tools.job_files, self.tools.voices)
        except InputError as fault:
            return Looked(faults=fault.faults)
        return Looked((), script.notices, script, planned)

    def first_words(self, owner: str, job: Path) -> list[tuple[str, str]]:
        """Speak the beginning of a draft; returns tickets and texts. Raises InputError where it has faults."""
        looked = self.look_over(job)
        if looked.faults or not looked.episodes:
            raise InputError(looked.faults) if looked.faults else refused("", message("There is nothing to hear yet."))
        episode = looked.episodes[0]
        said = [passage for passage in episode.passages if passage.role in {Role.SENTENCE, Role.VERSE}]
        return [self.speak(owner, passage, episode) for passage in said[:_FIRST]]

    def sample(self, owner: str, name: str) -> str:
        """Speak a voice's sample sentence; returns its ticket."""
        voice = next((one for one in self.tools.voices if one.name == name), None)
        if voice is None:
            raise refused("", message("There is no voice of that name; choose one of the list."))
        return self.speak(owner, *_sample(voice))[0]

    def speak(self, owner: str, passage: Passage, episode: Planned) -> tuple[str, str]:
        """Speak one passage, or find what was spoken; returns a ticket for it and its text."""
        with self._turn:  # one voice at a time is quick enough, and leaves the machine to the workers
            clip = spoken_clip(passage, episode, self.tools)
        ticket = secrets.token_urlsafe(16)
        self._heard[ticket] = Heard(owner, self.tools.shelf.reach(clip.key), passage.text)
        while len(self._heard) > _MOST_HEARD:
            self._heard.popitem(last=False)
        return ticket, passage.text

    def heard(self, owner: str, ticket: str) -> Heard:
        """Return the clip of a ticket; raises InputError where it is nobody's, or somebody else's."""
        found = self._heard.get(ticket)
        if found is None or found.owner != owner:
            raise refused("", message("This sound is not kept any more; ask for it again."))
        return found

    def begin_import(self, owner: str, book: Path, wishes: Wishes) -> str:
        """Begin to make a draft of a book file, which is taken away afterwards; returns the import's ticket."""
        ticket, one = secrets.token_urlsafe(16), Importing(owner, book.name)
        self._importing[ticket] = one
        while len(self._importing) > _MOST_HEARD:
            self._importing.popitem(last=False)
        self.hands.submit(self._import, one, book, wishes)
        return ticket

    def importing(self, owner: str, ticket: str) -> Importing:
        """Return how an import goes; raises InputError where it is nobody's, or somebody else's."""
        found = self._importing.get(ticket)
        if found is None or found.owner != owner:
            raise refused("", message("This import is not known any more; look at your works, or begin again."))
        return found

    def _import(self, one: Importing, book: Path, wishes: Wishes) -> None:
        try:
            with bootstrap.importing(ocr=wishes.ocr) as doors:
                one.slug = import_actions.import_book(book, self.bench.home(one.owner), wishes, *doors).job.name
        except MediaServiceError as fault:
            one.fault = fault
        except Exception as exc:
            one.fault = refused("", message("This book could not be read; try it as EPUB or DOCX, or report it."))
            one.fault.__cause__ = exc
            raise
        finally:
            one.done = True
            shutil.rmtree(book.parent, ignore_errors=True)

    def hand_in(self, owner: str, slug: str) -> HandedIn:
        """Hand a draft in: it becomes a job beside the others, and the service makes it.

        Raises InputError with every fault, or where the name belongs to another's work; then it stays on the bench.
        """
        draft = self.bench.find(owner, slug)
        jobs = self.settings.home / "jobs"
        self._refuse_another(owner, slug, jobs / slug)
        looked = self.look_over(draft)
        if looked.faults:
            raise InputError(looked.faults)
        with _replaced(draft, jobs / slug):
            handed_in = service_actions.submit(jobs / slug, owner, self.tools, self.works)
        shutil.rmtree(draft, ignore_errors=True)
        return handed_in

    def _refuse_another(self, owner: str, slug: str, job: Path) -> None:
        try:
            whose = self.works.status(slug)[0].submitter
        except InputError:
            whose = "" if job.exists() or (job.parent / slug).exists() else owner
        if whose != owner:
            raise refused("", message("There is a work named “{slug}” already; give yours another title.", slug=slug))

    def job(self, slug: str) -> Path:
        """Return the folder of a handed-in job; raises InputError where it lies on another machine."""
        folder = self.settings.home / "jobs" / slug
        if not folder.is_dir() or folder.name != slug:
            raise refused("", message("The job folder of “{slug}” is not on this machine; hand it in anew.", slug=slug))
        return folder


def told(fault: MediaServiceError, translate: Callable[[Message], str]) -> list[dict[str, object]]:
    """Return what is wrong as scripts read it: each fault with its line."""
    if isinstance(fault, InputError):
        return [{"line": one.line, "said": translate(one.said)} for one in fault.faults]
    return [{"line": 0, "said": translate(fault.said)}]


@contextmanager
def workshop(settings: Settings, works: Works) -> Iterator[Workshop]:
    """Yield a workshop for the time of a block; what it has begun is finished before it ends."""
    bench = Bench(settings.state / "bench")
    with bootstrap.tools(settings, Tally()) as tools, ThreadPoolExecutor(2, "import") as hands:
        yield Workshop(settings, tools, works, bench, hands)


@contextmanager
def _replaced(draft: Path, job: Path) -> Iterator[None]:
    """Let a copy of a draft stand in a job's place; where the block fails, what was there before stands again."""
    job.parent.mkdir(parents=True, exist_ok=True)
    new, old = (job.with_name(f".{job.name}.{secrets.token_hex(4)}") for _ in range(2))
    shutil.copytree(draft, new, symlinks=True)
    if job.exists():
        job.rename(old)
    new.rename(job)
    try:
        yield
    except BaseException:
        shutil.rmtree(job, ignore_errors=True)
        if old.exists():
            old.rename(job)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _sample(voice: Voice) -> tuple[Passage, Planned]:
    """Return a voice's sample as a work of one sentence."""
    text = voice.sample or voice.title
    paragraph = Paragraph((Words(text, 1),), 1)
    facts = Facts(title=voice.title, kind=Kind.FAIRY_TALE, age=Age.CHILD, slug="sample", narrator=voice.name)
    script = Script(facts, (Chapter("", (paragraph,), 1),), ())
    (episode,) = episodes(script, Cast(voice), {})
    passage = next(one for one in episode.passages if one.role is Role.SENTENCE)
    return passage, episode
