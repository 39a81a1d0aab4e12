"""How people call what the service distinguishes: standings, verdicts, states, queues, the audit log's verbs.

The command line and the studio say it in the same words; putting them into a language is theirs.
"""

from __future__ import annotations

from media_service.domain.permissions import Role
from media_service.domain.publication import Errand, Stand, Visibility
from media_service.domain.rights import Basis
from media_service.domain.script import Kind
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
KINDS = {
    Kind.AUDIOBOOK: message("audiobook"),
    Kind.BOOK_INTRODUCTION: message("book introduction"),
    Kind.FAIRY_TALE: message("fairy tale"),
    Kind.HERITAGE: message("heritage"),
}
BASES = {
    Basis.OWN_WORK: message("own work"),
    Basis.PUBLIC_DOMAIN: message("public domain"),
    Basis.LICENCE: message("under a licence"),
    Basis.PERMISSION: message("with permission"),
    Basis.SYNTHETIC: message("made by a machine"),
    Basis.NONE: message("none in it"),
}
ROLES = {
    Role.STAFF: message("staff"),
    Role.REVIEWER: message("reviewer"),
    Role.ADMINISTRATOR: message("administrator"),
}
PARTS = {
    "text": message("text"),
    "pictures": message("pictures"),
    "music": message("music"),
    "voice": message("voice"),
}
"""Of a work, each on its own ground of rights."""
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
ERRANDS = {
    Errand.PUBLISH: message("sending"),
    Errand.THUMBNAIL: message("thumbnail"),
    Errand.PLACE: message("playlist"),
    Errand.REVEAL: message("showing"),
    Errand.CAPTION: message("captions"),
}
VISIBILITIES = {
    Visibility.PUBLIC: message("public"),
    Visibility.UNLISTED: message("unlisted"),
    Visibility.PRIVATE: message("private"),
}
STANDS = {
    Stand.RETIRED: message("replaced and taken out"),
    Stand.OLDER: message("an older version, still on the channel"),
    Stand.UNAPPROVED: message("not approved any more"),
    Stand.REFUSED: message("not taken by the channel"),
    Stand.UNDECIDED: message("outcome unknown"),
    Stand.STUCK: message("needs a person"),
    Stand.AIRS: message("ready, waits for its time"),
    Stand.SHOWN: message("shown"),
    Stand.HELD: message("held back"),
    Stand.PARKED: message("waits for the channel"),
    Stand.SENDING: message("being sent"),
    Stand.SOUGHT: message("is looked for on the channel"),
    Stand.SENT: message("sent, not shown yet"),
    Stand.PLANNED: message("waits to be sent"),
}
"""Of publications, on pages; the command line adds what to type."""
EVENTS = {
    "submitted": message("handed in"),
    "approved": message("approved"),
    "sent-back": message("sent back"),
    "thumbnail-chosen": message("another thumbnail chosen"),
    "paused": message("paused"),
    "resumed": message("resumed"),
    "cancelled": message("cancelled"),
    "retried": message("tried again"),
    "quarantined": message("put aside for a person"),
    "restored": message("restored from a backup"),
    "cleared": message("unused products thrown away"),
    "connected": message("channel connected"),
    "consent-lost": message("channel's consent lost"),
    "aired": message("time of showing set"),
    "settled": message("upload settled"),
    "corrected": message("video corrected"),
    "held": message("held back"),
    "released": message("let go on"),
    "replaced": message("older video taken out"),
    "noted": message("noted"),
    "reordered": message("order changed"),
    "account-added": message("account added"),
    "account-changed": message("account changed"),
    "link-made": message("link for a password made"),
    "password-changed": message("password changed"),
    "signed-in": message("signed in"),
    "signed-out": message("signed out"),
    "visits-ended": message("signed out everywhere"),
    "token-made": message("access for a program made"),
    "token-revoked": message("access for a program taken away"),
}
DETAILS = {
    "revision": message("version"),
    "changed": message("episodes to be made"),
    "stages": message("pieces of work"),
    "note": message("note"),
    "waiver": message("approved because"),
    "file": message("file"),
    "products": message("products"),
    "visibility": message("for whom"),
    "at": message("when"),
    "video": message("video"),
    "videos": message("videos"),
    "channel": message("channel"),
    "title": message("title"),
    "reason": message("reason"),
    "order": message("order"),
    "account": message("account"),
    "role": message("role"),
    "disabled": message("locked out"),
    "purpose": message("what for"),
    "scopes": message("what it may do"),
    "count": message("how many"),
    "thumbnail": message("thumbnail"),
}


def event(what: str) -> Message:
    """Return the words for a verb of the audit log; one that nobody knows is shown as it is written."""
    return EVENTS.get(what) or Message("{what}", {"what": what})


def detail(name: str) -> Message:
    """Return the words for a detail of the audit log, likewise."""
    return DETAILS.get(name) or Message("{name}", {"name": name})
