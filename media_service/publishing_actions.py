"""What a person may ask of publishing: when works are shown, what waits, how a doubtful upload is settled.

The command line and the studio ask here; what needs the channel itself gets it opened only then.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from media_service.channels import Candidate, Channel
from media_service.domain.airing import Rhythm, slots
from media_service.domain.publication import Airing, Errand, Publication, Stand, UploadState, Visibility
from media_service.domain.stage import StageState
from media_service.domain.uploading import MARGIN, bears_marks
from media_service.errors import MediaServiceError, refused
from media_service.ledgers import Correction, Ledgers, PublicationStatus
from media_service.messages import message
from media_service.steps.publish import details, listing

Opening = Callable[[], Channel]
"""Opens the channel; may raise SetupError and what the channel's doors raise."""


OVER = frozenset({Stand.RETIRED, Stand.OLDER, Stand.UNAPPROVED, Stand.SHOWN})
"""Nothing of these is still to come."""
FOR_A_PERSON = frozenset({Stand.REFUSED, Stand.UNDECIDED, Stand.STUCK})
"""These wait for somebody's decision."""


def stand(one: PublicationStatus, now: datetime) -> Stand:
    """Tell how a publication stands."""
    if not one.current or one.retired:
        return _past(one)
    if one.reason:
        return Stand.REFUSED
    if one.publication.upload.state is UploadState.UNDECIDED:
        return Stand.UNDECIDED
    if aside(one):
        return Stand.STUCK
    if Errand.REVEAL in one.publication.done:
        at = one.publication.airing.at
        return Stand.AIRS if at and at > now else Stand.SHOWN
    return Stand.HELD if one.held else _on_its_way(one)


def _past(one: PublicationStatus) -> Stand:
    if one.retired:
        return Stand.RETIRED
    return Stand.OLDER if one.publication.upload.state is UploadState.ARRIVED else Stand.UNAPPROVED


def _on_its_way(one: PublicationStatus) -> Stand:
    if parked_until(one):
        return Stand.PARKED
    upload = one.publication.upload
    if upload.state is UploadState.OPEN and upload.file:
        return Stand.SENDING
    return {UploadState.UNKNOWN: Stand.SOUGHT, UploadState.ARRIVED: Stand.SENT}.get(upload.state, Stand.PLANNED)


def aside(one: PublicationStatus) -> tuple[Errand, ...]:
    """Return the errands of a publication that were put aside for a person."""
    return tuple(errand.errand for errand in one.errands if errand.state is StageState.QUARANTINED)


def parked_until(one: PublicationStatus) -> datetime | None:
    """Return until when a publication waits for the channel; None where it does not."""
    return next((errand.again_at for errand in one.errands if errand.parked and errand.again_at), None)


def sent_percent(one: PublicationStatus) -> int:
    """Return how much of its file the channel has acknowledged."""
    upload = one.publication.upload
    return 100 * upload.sent // max(1, upload.file.size) if upload.file else 0


def of_work(slug: str, number: int | None, ledgers: Ledgers) -> list[PublicationStatus]:
    """Return the publications of a work, or of one episode, in order; raises InputError where there is none."""
    found = [one for one in ledgers.publications.status(slug) if number in {None, one.publication.number}]
    if not found:
        said = message("Nothing of “{slug}” is published, or about to be; approve it first.", slug=slug)
        raise refused("", said)
    return sorted(found, key=lambda one: one.publication.number)


def may_wait(one: PublicationStatus, now: datetime) -> bool:
    """Tell whether a time can still be set: nobody sees the video yet."""
    airing = one.publication.airing
    shown = Errand.REVEAL in one.publication.done and (airing.at is None or airing.at <= now)
    return one.current and not shown


def one_by_one(series: Rhythm, meant: Sequence[Publication], now: datetime, ledgers: Ledgers) -> list[datetime]:
    """Return the next free times of a series, one for each publication."""
    mine = {one.id for one in meant}
    taken = {one.airing.at for one in ledgers.publications.find() if one.airing.at and one.id not in mine}
    free = slots(series, now, taken)
    return [next(free) for _ in meant]


def schedule(one: Publication, when: datetime, now: datetime, who: str, ledgers: Ledgers) -> None:
    """Have an episode shown to all from a moment on; raises InputError for one that is past."""
    if when <= now:
        raise refused("", message("{when} is past; name a time to come, or use publish now.", when=_written(when)))
    ledgers.publications.air(one.slug, one.number, Airing(Visibility.PUBLIC, when), who)


def _written(when: datetime) -> str:
    return f"{when:%Y-%m-%d %H:%M}"


def show_now(one: Publication, visibility: Visibility, who: str, ledgers: Ledgers) -> None:
    """Have an episode shown as soon as all is ready, whatever time was set and whoever held it back."""
    ledgers.publications.air(one.slug, one.number, Airing(visibility), who)
    ledgers.publications.hold(one.slug, one.number, who, held=False)


def hold(one: Publication, now: datetime, who: str, ledgers: Ledgers, opening: Opening) -> list[NotTakenBack]:
    """Do nothing more for an episode until it is let go on; returns what the channel could not be told."""
    ledgers.publications.hold(one.slug, one.number, who, held=True)
    return take_back(one.slug, {one.number}, now, ledgers, opening)


@dataclass(frozen=True, slots=True)
class NotTakenBack:
    """An episode that the channel will still show at its time, because it could not be told."""

    publication: Publication
    at: datetime
    fault: MediaServiceError


def take_back(
    slug: str, numbers: Collection[int], now: datetime, ledgers: Ledgers, opening: Opening
) -> list[NotTakenBack]:
    """Have the channel keep these episodes private whose time is still to come; returns those that it was not told of.

    What is approved (again) afterwards, or aired, gets its time anew.
    """
    left = []
    for one in ledgers.publications.status(slug):
        mine, at = one.publication, one.publication.airing.at
        if mine.number not in numbers or Errand.REVEAL not in mine.done or one.retired or at is None or at <= now:
            continue
        try:
            opening().videos.reveal(mine.upload.video, Airing(Visibility.PRIVATE))
        except MediaServiceError as fault:
            left.append(NotTakenBack(mine, at, fault))
    return left


def candidates(one: Publication, now: datetime, opening: Opening) -> Iterator[Candidate]:
    """Yield the videos that an undecided upload may have become, as the channel lists them now."""
    since = (one.upload.begun_at or now) - MARGIN
    for found in opening().uploads.recent(since):
        if bears_marks(one, found.file_name, found.tags):
            yield found


def correct(slug: str, number: int, who: str, ledgers: Ledgers, opening: Opening) -> Correction:
    """Change the words of an episode's video on the channel to those that are approved now."""
    found = ledgers.publications.correction(slug, number)
    if found is None:
        said = message("The film of {slug} {number} on the channel is another one.", slug=slug, number=number)
        raise refused(slug, said)
    opening().videos.correct(found.video, details(listing(found.publication, found.episode)))
    ledgers.publications.adopt(slug, number, found.video, who)
    return found


def replace(slug: str, number: int, who: str, ledgers: Ledgers, opening: Opening) -> int:
    """Hide the older videos of an episode, none of which is deleted; returns how many.

    Raises InputError where nothing is shown in their place yet.
    """
    there = ledgers.publications.status(slug)
    _require_successor(there, slug, number)
    older = [one.publication for one in there if _is_older(one, number)]
    channel = opening()
    for one in older:  # hidden first: what is retired is not looked at again
        channel.videos.reveal(one.upload.video, Airing(Visibility.PRIVATE))
    ledgers.publications.retire(slug, number, who)
    return len(older)


def _require_successor(there: Sequence[PublicationStatus], slug: str, number: int) -> None:
    if not any(
        one.current and one.publication.number == number and Errand.REVEAL in one.publication.done for one in there
    ):
        said = message(
            "Nothing is shown in place of the older video of {slug} {number} yet; wait until it is.",
            slug=slug,
            number=number,
        )
        raise refused(slug, said)


def _is_older(one: PublicationStatus, number: int) -> bool:
    """Tell whether that is a video of the episode that is still on the channel though another is approved by now."""
    arrived = one.publication.upload.state is UploadState.ARRIVED
    return one.publication.number == number and arrived and not one.current and not one.retired
