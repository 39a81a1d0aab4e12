"""What stands in the way of publishing a work, though not of making it: each obstacle is one sentence."""

from __future__ import annotations

from collections.abc import Iterator

from media_service.domain.quality import Gate
from media_service.domain.rights import Rights
from media_service.domain.service import ReviewItem
from media_service.messages import Message, message

UNITS = {
    "characters": message("characters"),
    "characters/s": message("characters/s"),
    "frames": message("frames"),
    "lines": message("lines"),
    "syllables/s": message("syllables/s"),
}
"""Of the gates, where they are words; the others are the same in every language."""


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
        value=_measured(gate.value),
        wanted=_measured(gate.wanted),
    )


def _measured(written: str) -> Message:
    """Return a measured or wanted value with its unit in the reader's language."""
    amount, _, unit = written.rpartition(" ")
    if unit in UNITS:
        return Message("{amount} {unit}", {"amount": amount, "unit": UNITS[unit]})
    return Message("{written}", {"written": written})


def unanswered(rights: Rights, made_for_kids: bool | None, *, draft: bool) -> Iterator[Message]:
    """Say which questions of publishing nobody has answered yet; `draft` tells of a voice that is one."""
    parts = rights.unanswered()
    if parts:
        yield message("Before it can be published: give the rights of {parts}.", parts=", ".join(parts))
    if made_for_kids is None:
        yield message("Before it can be published: answer made_for_kids (true or false).")
    if draft:
        yield message("The voice is a draft: good to check the work by ear, not to publish it.")
