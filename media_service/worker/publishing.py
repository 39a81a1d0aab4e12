"""Does an errand of publishing: whether its turn has come, then the step itself, with the channel of the settings."""

from __future__ import annotations

import time
from datetime import timedelta

import structlog

from media_service import errands
from media_service.channels import Channel
from media_service.domain.episode import Presented
from media_service.domain.publication import Errand, Publication
from media_service.domain.quota import Limits
from media_service.domain.service import Outcome
from media_service.domain.stage import Assignment
from media_service.errors import ConsentLostError, NotYetError, SetupError
from media_service.messages import message
from media_service.ports import Tools
from media_service.steps.means import Means
from media_service.worker.post import Post

_log = structlog.stdlib.get_logger(__name__)

_DAY = timedelta(days=1)


def publish(assignment: Assignment, post: Post, tools: Tools) -> Outcome:
    """Do the errand; raises QuotaSpentError and ConsentLostError where it must wait for its turn, and as steps do."""
    begun = time.monotonic()
    ledgers, publishing = post.stores.ledgers, post.settings.publishing
    publication, channel = _opened(assignment, post)
    episode = _episode(assignment, post)
    means = Means(
        assignment=assignment,
        channel=channel,
        ledgers=ledgers,
        shelf=tools.shelf,
        descriptions=tools.descriptions,
        clock=post.stores.turns.moment,
        tell=lambda said: _log.warning("publishing", said=str(said)),
    )
    errand = Errand(assignment.step)
    errands.require_turn(errand, publication, means, Limits(publishing.uploads, publishing.units))
    errands.do(errand, publication, episode, means)
    return Outcome(None, 0, None, (), time.monotonic() - begun)


def _opened(assignment: Assignment, post: Post) -> tuple[Publication, Channel]:
    """Return the publication and its channel; a key or a file that is wanting is waited for like a consent."""
    ledgers = post.stores.ledgers
    try:
        publication = ledgers.publications.of(assignment)
        _require_channel(publication, post)
        return publication, post.open_channel(post.settings, ledgers)
    except SetupError as fault:
        raise ConsentLostError(fault.said) from fault


def _episode(assignment: Assignment, post: Post) -> Presented:
    episode = post.stores.stages.episode(assignment)
    if not isinstance(episode, Presented):
        raise NotYetError(message("This episode is just being made again; it is published after that."))
    return episode


def _require_channel(publication: Publication, post: Post) -> None:
    """Raise ConsentLostError for a publication on another channel than the one we speak for now."""
    ours = post.settings.publishing.channel
    if publication.channel != ours:
        said = message(
            "This is for the channel {channel}, but the service publishes to {ours}; it waits for that one.",
            channel=publication.channel,
            ours=ours or "–",
        )
        raise ConsentLostError(said, _DAY)
