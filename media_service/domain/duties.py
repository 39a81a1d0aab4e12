"""What must be right before anything is asked of a channel: each fault is one sentence that names its field.

Rights, the made-for-kids answer and the approval of a person cannot be waived; gates and a draft voice can.
"""

from __future__ import annotations

from collections.abc import Iterator

from media_service.domain import obstacles
from media_service.domain.episode import Presented
from media_service.domain.heard import draft_heard, stood_in
from media_service.domain.listing import Listing, faults
from media_service.domain.publication import Publication
from media_service.messages import Message, message


def withholding(publication: Publication, episode: Presented, shown: Listing) -> tuple[Message, ...]:
    """Say all that keeps an episode from the channel; `shown` is its listing as it would be sent."""
    return (
        *_unapproved(publication, episode),
        *obstacles.unanswered(episode.facts.rights, episode.facts.made_for_kids),
        *faults(shown),
    )


def _unapproved(publication: Publication, episode: Presented) -> Iterator[Message]:
    if not publication.approved_by.strip():
        yield message("approval: nobody has approved this episode; review it first.")
    if publication.waiver.strip():
        return
    yield from (obstacles.missed(gate) for gate in episode.quality.gates if not gate.passed)
    yield from map(obstacles.replaced, stood_in(episode))
    if draft_heard(episode):
        yield obstacles.DRAFT
