"""An approved episode -> a private video on the channel: once and only once, whatever stops in between."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

from media_service.channels import Arrived, At, VideoDetails
from media_service.domain import uploading
from media_service.domain.duties import withholding
from media_service.domain.episode import Presented
from media_service.domain.listing import Listing, fit_tags
from media_service.domain.publication import Publication, Upload, UploadState, VideoFile
from media_service.errors import Fault, InputError, NotYetError, SessionGoneError, UndecidedError
from media_service.messages import message
from media_service.steps.means import Means

_BLOCK = 1 << 20


def publish(publication: Publication, episode: Presented, means: Means) -> Publication:
    """Bring an episode's film to the channel, private; returns its publication with the video's id.

    All that is learned of the upload is kept before anything else is done, so that it may stop anywhere: begun again,
    it first asks the channel how the last session stands, and where nobody knows any more, it looks for a video that
    bears our marks. Raises InputError with all that withholds the episode, UndecidedError where a person must decide,
    NotYetError where it is too early to tell.
    """
    upload = publication.upload
    if upload.state is not UploadState.ARRIVED:
        _require_duties(publication, episode)
        upload = _arrived(publication, episode, means)
    return replace(publication, upload=upload)


def _require_duties(publication: Publication, episode: Presented) -> None:
    faults = withholding(publication, episode, listing(publication, episode))
    if faults:
        raise InputError([Fault(f"{publication.slug}/{publication.number:02d}", 0, said) for said in faults])


def _arrived(publication: Publication, episode: Presented, means: Means) -> Upload:
    """Lead an upload from state to state until its video is there, keeping each state before the next is begun."""
    file = measured(means.shelf.reach(episode.video.key), uploading.file_name(publication))
    upload = publication.upload
    while upload.state is not UploadState.ARRIVED:
        if upload.state is UploadState.UNDECIDED:
            raise _a_person_decides(publication)
        so_far = replace(publication, upload=upload)
        if upload.state is UploadState.PLANNED:
            upload = _open(so_far, episode, file, means)
        elif upload.state is UploadState.OPEN:
            upload = _go_on(so_far, episode, file, means)
        else:
            upload = _search(so_far, means)
        means.ledgers.publications.keep(means.assignment, upload)
    return upload


def _a_person_decides(publication: Publication) -> UndecidedError:
    said = message(
        "Several videos on the channel may be {slug} {number:02d}; look at them and say which one it is.",
        slug=publication.slug,
        number=publication.number,
    )
    return UndecidedError(said)


def listing(publication: Publication, episode: Presented) -> Listing:
    """Return an episode's listing as it is sent: with the publication's marker as its last tag."""
    mark, *others = fit_tags((publication.marker, *episode.listing.tags))
    return replace(episode.listing, tags=(*others, mark))


def details(shown: Listing) -> VideoDetails:
    """Return all that is said of a video; its duties must be answered."""
    return VideoDetails(
        title=shown.title,
        description=shown.description,
        tags=shown.tags,
        category=shown.category,
        language=shown.language,
        made_for_kids=bool(shown.made_for_kids),
        synthetic_media=shown.synthetic_media,
        localisations=shown.localisations,
    )


def measured(path: Path, name: str) -> VideoFile:
    """Return a file's size and the SHA-256 of its content, read in blocks."""
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
            size += len(block)
    return VideoFile(name, size, digest.hexdigest())


def _open(publication: Publication, episode: Presented, file: VideoFile, means: Means) -> Upload:
    session = means.channel.uploads.open_session(details(listing(publication, episode)), file)
    return uploading.opened(publication.upload, file, session, means.now)


def _go_on(publication: Publication, episode: Presented, file: VideoFile, means: Means) -> Upload:
    """Ask how the session stands, then send what is missing; a session takes no other file than its own."""
    upload = publication.upload
    kept = upload.file or file
    answer = means.channel.uploads.ask(upload.session, kept)
    if isinstance(answer, Arrived):
        return uploading.arrived(upload, answer.video, means.now)
    if not isinstance(answer, At) or kept != file:
        return uploading.gone(upload, means.now)

    def told(offset: int) -> None:
        means.ledgers.publications.keep(means.assignment, uploading.sent(upload, offset))

    path = means.shelf.reach(episode.video.key)
    try:
        video = means.channel.uploads.send(upload.session, file, path, answer.offset, told)
    except SessionGoneError:
        return uploading.gone(upload, means.now)
    return uploading.arrived(upload, video, means.now)


def _search(publication: Publication, means: Means) -> Upload:
    """Look for the video among all that came since the first session; finding none proves nothing at once."""
    upload = publication.upload
    since = (upload.begun_at or means.now) - uploading.MARGIN
    found = {
        one.video
        for one in means.channel.uploads.recent(since)
        if uploading.bears_marks(publication, one.file_name, one.tags)
    }
    if not found:
        _require_settled(upload, means)
    return uploading.searched(upload, found, means.now)


def _require_settled(upload: Upload, means: Means) -> None:
    settled = uploading.settled_at(upload, means.settling)
    if settled and settled > means.now:
        said = message("Nobody knows yet whether the video has arrived; the channel is searched again.")
        raise NotYetError(said, settled - means.now)
