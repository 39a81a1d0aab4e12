"""The errands of publishing, on one page: which may begin now, and what each does."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from media_service.domain.episode import Presented
from media_service.domain.forecast import goes, plan
from media_service.domain.publication import Errand, Publication, UploadState
from media_service.domain.quota import Bucket, Limits
from media_service.errors import ConsentLostError, NotYetError, QuotaSpentError
from media_service.messages import message
from media_service.steps.caption import caption
from media_service.steps.means import Means
from media_service.steps.place import place
from media_service.steps.publish import publish
from media_service.steps.reveal import reveal
from media_service.steps.thumbnail import thumbnail

ERRANDS: Mapping[Errand, Callable[[Publication, Presented, Means], Publication]] = {
    Errand.PUBLISH: publish,  #      the film, sent private
    Errand.THUMBNAIL: thumbnail,  #  its picture
    Errand.PLACE: place,  #          its place in a playlist
    Errand.REVEAL: reveal,  #        people may see it
    Errand.CAPTION: caption,  #      its captions
}


def do(errand: Errand, publication: Publication, episode: Presented, means: Means) -> Publication:
    """Do one errand; whatever the channel says of itself on the way is noted before it goes on as a fault."""
    try:
        return ERRANDS[errand](publication, episode, means)
    except QuotaSpentError as fault:
        if fault.bucket:
            means.ledgers.quota.emptied(Bucket(fault.bucket))
        raise
    except ConsentLostError as fault:
        means.ledgers.consents.lost(str(fault))
        raise


def require_turn(errand: Errand, publication: Publication, means: Means, limits: Limits) -> None:
    """Raise QuotaSpentError, with the time until it goes, for an errand that the plan does not let begin now.

    Raises NotYetError for one that nobody wants any more: its episode was made anew meanwhile, say, and waits for its
    review. An upload that a person must decide on is in no plan; that person is told so by the step.
    """
    if publication.upload.state is UploadState.UNDECIDED:
        return
    waiting = means.ledgers.quota.waiting()
    at = goes(publication.id, errand, waiting, plan(waiting, means.ledgers.quota.spent(), limits, means.now))
    if at is None:
        raise NotYetError(message("This is not wanted on the channel now; it is looked at again."))
    if at > means.now:
        said = message("The channel's quota of today is planned for what goes before; this goes later.")
        raise QuotaSpentError(said, at - means.now)
