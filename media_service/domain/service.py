"""What the service says of its works to people: where each stands, what waits for review, what was decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from media_service.domain.episode import Planned, Production
from media_service.domain.manifest import Grounds, StandIn
from media_service.domain.product import Key
from media_service.domain.quality import Gate
from media_service.domain.stage import StageState
from media_service.messages import Message


class Will(StrEnum):
    """What people want of a production."""

    GO = "go"
    PAUSED = "paused"
    CANCELLED = "cancelled"


class Verdict(StrEnum):
    """Where the review of an episode stands."""

    WAITING = "waiting"
    APPROVED = "approved"
    SENT_BACK = "sent-back"


class Standing(StrEnum):
    """Where a production stands as a whole, for people."""

    WORKING = "working"
    STUCK = "stuck"
    """Something is put aside for a person; the rest goes on."""
    PAUSED = "paused"
    CANCELLED = "cancelled"
    REVIEW = "review"
    """All is made; a person is asked to look."""
    SENT_BACK = "sent-back"
    APPROVED = "approved"


@dataclass(frozen=True, slots=True)
class Submission:
    """A job that is handed in: taken in whole (its pictures are on the shelf), by whom, and how much work it is."""

    production: Production
    submitter: str
    work_s: float
    """Seconds of work on one core, guessed from its length; short works go before long ones."""
    pieces: tuple[int, ...]
    """For each episode: into how many pieces its first step parts (`pipeline.pieces`); 0 for none."""
    lengths: tuple[timedelta, ...]
    """For each episode: how long it is estimated to be."""
    first_step: str = "narrate"
    products: tuple[Key, ...] = ()
    """What taking it in has put on the shelf."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """What became of a submission."""

    slug: str
    revision: int
    """From 1; one higher for each time that something of it changed."""
    changed: tuple[int, ...]
    """Numbers of the episodes that are made (again)."""
    kept: tuple[int, ...]
    """Numbers of the episodes that stay as they were."""


@dataclass(frozen=True, slots=True)
class Made:
    """One product that a stage has made (in so many seconds, of so many bytes) or found (seconds None)."""

    key: Key
    seconds: float | None
    size: int | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a finished stage leaves: the episode as it is now (None where it only made a piece), and its products."""

    episode: Planned | None
    pieces: int
    """Into how many pieces the step after this one parts; 0 for none."""
    next_step: str | None
    """None where only a person leads on."""
    products: tuple[Made, ...]
    seconds: float
    """Wall time of the work itself."""
    sound_s: float = 0.0
    """Seconds of speech made, for the real-time factor; 0 where none was."""
    engine: str = ""
    """Which engine spoke."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """A stage that needs a person, or waits for its next try."""

    stage: int
    slug: str
    number: int
    step: str
    state: StageState
    said: Message
    lines: str
    """The last lines of what failed; empty where the sentence says it all."""
    tries: int
    again_at: datetime | None


@dataclass(frozen=True, slots=True)
class EpisodeStatus:
    """Where one episode stands."""

    number: int
    title: str
    state: str
    """As in domain.episode.STATES."""
    step: str
    """The step in work or next; empty where only a person leads on."""
    pieces_done: int
    pieces: int
    verdict: Verdict | None
    length_s: float
    """Of its sound: estimated until it is narrated."""


@dataclass(frozen=True, slots=True)
class WorkStatus:
    """Where a production stands."""

    slug: str
    title: str
    kind: str
    submitter: str
    submitted_at: datetime
    revision: int
    standing: Standing
    episodes: tuple[EpisodeStatus, ...]
    troubles: tuple[Trouble, ...]
    left: timedelta | None
    """Until it is made, from measured speed; None where nothing is left or nobody works."""


@dataclass(frozen=True, slots=True)
class ReviewItem:
    """One episode that waits for a person, with what speaks against it."""

    slug: str
    title: str
    number: int
    submitter: str
    since: datetime
    length_s: float
    failed_gates: tuple[Gate, ...]
    grounds: Grounds
    draft_voice: bool
    verdict: Verdict
    notes: tuple[Note, ...]
    files: Mapping[str, str]
    """What each file is and where it lies under the production's folder."""
    content: str = ""
    """Fingerprint of what is reviewed; a decision is about that."""
    work: str = ""
    """The production's title."""
    kind: str = ""
    stand_ins: tuple[StandIn, ...] = ()
    """Voices that spoke where the ones that were cast could not."""


@dataclass(frozen=True, slots=True)
class Note:
    """What a person said of an episode; `at_s` is the second it is about, None for all of it."""

    who: str
    when: datetime
    text: str
    at_s: float | None
    verdict: Verdict | None
    """The decision it came with; None for a mere note."""
    content: str = ""
    """Fingerprint of what it was said of; empty where that was not kept."""


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the audit log."""

    when: datetime
    who: str
    what: str
    """A verb: submitted, approved, sent-back, paused, resumed, cancelled, retried, restored, …"""
    slug: str
    number: int
    """0 for the whole production."""
    details: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class WorkerSeen:
    """A worker process, as its supervisor last reported it."""

    name: str
    host: str
    queue: str
    seen_at: datetime


@dataclass(frozen=True, slots=True)
class Gauge:
    """The service in figures, for those who watch it."""

    stages: Mapping[tuple[str, str], int]
    """How many stages of each (step, state)."""
    queue_age_s: Mapping[str, float]
    """By queue: how long its oldest due stage has waited."""
    step_seconds: Mapping[str, tuple[int, float]]
    """By step: finished stages and the seconds they took in all."""
    speech: Mapping[str, tuple[float, float]]
    """By engine: seconds of work and seconds of speech made."""
    productions: Mapping[str, int]
    """By standing."""
    workers: Mapping[str, int]
    """Live workers by queue."""
    shelf_bytes: int
    """Of all products that the database knows."""
    uploads: Mapping[str, int] = field(default_factory=dict)
    """Publications by what is known of their upload."""
    quota: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    """By bucket: what was asked of the channel on its day, and what may be; empty where nothing is published."""
    channel_paused: bool | None = None
    """Whether nobody may speak for the channel any more; None where nobody ever could."""


@dataclass(frozen=True, slots=True)
class Pulse:
    """How the process that looks after the workers is doing, as it last found out."""

    since_sweep: timedelta | None
    """Since its last round ended, whether or not that could do anything; None before the first."""
    redis_ok: bool
    database_ok: bool
