"""How publications are shown to people: one line each, and one with all that is known of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from rich.table import Table

from media_service import publishing_actions
from media_service.cli.desk import Desk
from media_service.domain.publication import Stand
from media_service.domain.stage import StageState
from media_service.ledgers import ErrandStatus, PublicationStatus
from media_service.messages import Message, message
from media_service.settings import SANDBOX, Publishing
from media_service.words import ERRANDS, STATES, VISIBILITIES


def listed(there: Sequence[PublicationStatus], now: datetime, desk: Desk) -> Table:
    """Return publications as a table."""
    table = desk.table(message("production"), message("episode"), message("title"), message("stands"), message("views"))
    for one in there:
        mine = one.publication
        views = "" if one.views is None else str(one.views)
        stands = desk.translate(standing(one, now, desk))
        table.add_row(desk.name(mine.slug), f"{mine.number:02d}", one.title, stands, views)
    return table


def standing(one: PublicationStatus, now: datetime, desk: Desk) -> Message:
    """Return how a publication stands, in a few words."""
    found = publishing_actions.stand(one, now)
    airing, again = one.publication.airing, publishing_actions.parked_until(one)
    if found is Stand.SHOWN:
        return VISIBILITIES[airing.visibility]
    values: dict[str, object] = {
        "reason": one.reason,
        "errand": next((ERRANDS[errand] for errand in publishing_actions.aside(one)), ""),
        "when": desk.here(again or airing.at or now),
        "percent": publishing_actions.sent_percent(one),
    }
    said = _STANDS[found]
    return Message(said.key, {name: value for name, value in values.items() if f"{{{name}}}" in said.key})


_STANDS = {
    Stand.RETIRED: message("replaced and taken out"),
    Stand.OLDER: message("an older version, still on the channel (publish replace hides it)"),
    Stand.UNAPPROVED: message("not approved any more"),
    Stand.REFUSED: Message("not taken by the channel: {reason}"),
    Stand.UNDECIDED: message("needs a person: publish show, then publish settle"),
    Stand.STUCK: Message("needs a person: {errand}"),
    Stand.AIRS: Message("public from {when}"),
    Stand.HELD: message("held back (publish now, or publish correct where only words have changed)"),
    Stand.PARKED: Message("waits until {when}"),
    Stand.SENDING: Message("being sent: {percent}%"),
    Stand.SOUGHT: message("is looked for on the channel"),
    Stand.SENT: message("sent, not shown yet"),
    Stand.PLANNED: message("waits to be sent"),
}


def exhibit(one: PublicationStatus, now: datetime, desk: Desk) -> None:
    """Print all that is known of a publication."""
    mine = one.publication
    desk.say("{slug} {number:02d} “{title}”", slug=mine.slug, number=mine.number, title=one.title)
    desk.note("Stands: {standing}", standing=standing(one, now, desk))
    desk.note("Approved by: {who}", who=mine.approved_by)
    if mine.waiver:
        desk.note("Approved all the same, because: {reason}", reason=mine.waiver)
    if mine.airing.at:
        desk.note("To be shown from: {when}", when=desk.here(mine.airing.at))
    if mine.upload.video:
        desk.note("Video: {link}", link=link(mine.upload.video, desk.settings.publishing))
    if one.seen_at:
        desk.note("The channel said on {when}: {said}.", when=desk.here(one.seen_at), said=one.upload_status)
    for errand in one.errands:
        _errand(errand, desk)


def _errand(errand: ErrandStatus, desk: Desk) -> None:
    state = message("waits for the channel") if errand.parked else STATES[errand.state]
    said = errand.said if errand.said and errand.state is not StageState.DONE else message("–")
    again = desk.here(errand.again_at) if errand.again_at and errand.state is StageState.DUE else ""
    line = [desk.translate(ERRANDS[errand.errand]), desk.translate(state), again, desk.translate(said)]
    desk.add(Message("{line}", {"line": " · ".join(part for part in line if part and part != "–")}))


def link(video: str, publishing: Publishing) -> str:
    """Return where people watch a video."""
    if publishing.channel == SANDBOX:
        return f"{publishing.sandbox}/watch?v={video}"
    return f"https://youtu.be/{video}"
