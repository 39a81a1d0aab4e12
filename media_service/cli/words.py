"""How people call what the service distinguishes: standings, verdicts, states, queues, the audit log's verbs."""

from __future__ import annotations

from media_service.domain.service import Standing, Verdict
from media_service.domain.stage import Queue, StageState
from media_service.messages import Message, message

STANDINGS = {
    Standing.WORKING: message("in work"),
    Standing.STUCK: message("needs a person"),
    Standing.PAUSED: message("paused"),
    Standing.CANCELLED: message("cancelled"),
    Standing.REVIEW: message("waits for review"),
    Standing.SENT_BACK: message("sent back"),
    Standing.APPROVED: message("approved"),
}
VERDICTS = {
    Verdict.WAITING: message("waits for review"),
    Verdict.APPROVED: message("approved"),
    Verdict.SENT_BACK: message("sent back"),
}
STATES = {
    StageState.DUE: message("waits for its next try"),
    StageState.RUNG: message("waits for a worker"),
    StageState.RUNNING: message("in work"),
    StageState.DONE: message("done"),
    StageState.QUARANTINED: message("put aside for a person"),
    StageState.CANCELLED: message("cancelled"),
}
QUEUES = {
    Queue.SPEECH: message("speech"),
    Queue.FILM: message("film"),
    Queue.PUBLISH: message("publishing"),
    Queue.MISC: message("small things"),
}
EVENTS = {
    "submitted": message("handed in"),
    "approved": message("approved"),
    "sent-back": message("sent back"),
    "paused": message("paused"),
    "resumed": message("resumed"),
    "cancelled": message("cancelled"),
    "retried": message("tried again"),
    "quarantined": message("put aside for a person"),
    "restored": message("restored from a backup"),
    "cleared": message("unused products thrown away"),
}
DETAILS = {
    "revision": message("version"),
    "changed": message("episodes to be made"),
    "stages": message("pieces of work"),
    "note": message("note"),
    "waiver": message("approved because"),
    "file": message("file"),
    "products": message("products"),
}


def event(what: str) -> Message:
    """Return the words for a verb of the audit log; one that nobody knows is shown as it is written."""
    return EVENTS.get(what) or Message("{what}", {"what": what})


def detail(name: str) -> Message:
    """Return the words for a detail of the audit log, likewise."""
    return DETAILS.get(name) or Message("{name}", {"name": name})
