"""What stands in the way of publishing a work, though not of making it: each obstacle is one sentence."""

from __future__ import annotations

from media_service.domain.manifest import StandIn
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
DRAFT = message("The voice is a draft: good to check the work by ear, not to publish it.")


def against(item: ReviewItem) -> tuple[Message, ...]:
    """Say what speaks against approving an episode; nothing where it may be approved as it is."""
    return (*map(missed, item.failed_gates), *apart_from_gates(item))


def apart_from_gates(item: ReviewItem) -> tuple[Message, ...]:
    """Say what else speaks against it: questions that nobody has answered, a voice that is a draft."""
    return (*map(replaced, item.stand_ins), *owed(item), *([DRAFT] if item.draft_voice else []))


def replaced(voice: StandIn) -> Message:
    """Say that another voice spoke than the one that was cast."""
    return message(
        "{passages} passages are spoken by “{spoke}” ({engine}) in place of “{wanted}”, which could not be "
        "reached; made again later, they are spoken by the voice that was wanted.",
        passages=voice.passages,
        spoke=voice.spoke,
        engine=voice.engine,
        wanted=voice.wanted,
    )


def owed(item: ReviewItem) -> tuple[Message, ...]:
    """Say what no reason outweighs: without it an episode is not approved, by whomever."""
    return unanswered(item.grounds.rights, item.grounds.made_for_kids)


def missed(gate: Gate) -> Message:
    """Say which standard does not hold, and by how much."""
    return message(
        "Not as the standards want it: {name} ({id}) is {value}, wanted {wanted}.",
        name=Message(gate.name),
        id=gate.id,
        value=measured(gate.value),
        wanted=measured(gate.wanted),
    )


def measured(written: str) -> Message:
    """Return a measured or wanted value with its unit in the reader's language."""
    amount, _, unit = written.rpartition(" ")
    if unit in UNITS:
        return Message("{amount} {unit}", {"amount": amount, "unit": UNITS[unit]})
    return Message("{written}", {"written": written})


def unanswered(rights: Rights, made_for_kids: bool | None) -> tuple[Message, ...]:
    """Say which questions of publishing nobody has answered yet."""
    parts = rights.unanswered()
    said = []
    if parts:
        said.append(message("Before it can be published: give the rights of {parts}.", parts=", ".join(parts)))
    if made_for_kids is None:
        said.append(message("Before it can be published: answer made_for_kids (true or false)."))
    return tuple(said)
