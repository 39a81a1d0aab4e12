"""What stands in the way of publishing a work, though not of making it: each obstacle is one sentence."""

from __future__ import annotations

from collections.abc import Iterator

from media_service.domain.quality import Gate
from media_service.domain.rights import Rights
from media_service.domain.service import ReviewItem
from media_service.messages import Message, message


def against(item: ReviewItem) -> tuple[Message, ...]:
    """Say what speaks against approving an episode; nothing where it may be approved as it is."""
    gates = map(missed, item.failed_gates)
    return (*gates, *unanswered(item.grounds.rights, item.grounds.made_for_kids, draft=item.draft_voice))


def missed(gate: Gate) -> Message:
    """Say which standard does not hold, and by how much."""
    return message(
        "Not as the standards want it: {name} ({id}) is {value}, wanted {wanted}.",
        name=Message(gate.name),
        id=gate.id,
        value=gate.value,
        wanted=gate.wanted,
    )


def unanswered(rights: Rights, made_for_kids: bool | None, *, draft: bool) -> Iterator[Message]:
    """Say which questions of publishing nobody has answered yet; `draft` tells of a voice that is one."""
    parts = rights.unanswered()
    if parts:
        yield message("Before it can be published: give the rights of {parts}.", parts=", ".join(parts))
    if made_for_kids is None:
        yield message("Before it can be published: answer made_for_kids (true or false).")
    if draft:
        yield message("The voice is a draft: good to check the work by ear, not to publish it.")
