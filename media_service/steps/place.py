"""Puts a video into its playlist, in order, and leaves what others have put there alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from media_service.channels import Entry, PlaylistDetails
from media_service.domain import placing
from media_service.domain.episode import Presented
from media_service.domain.listing import PlaylistText, playlist_faults
from media_service.domain.publication import Publication
from media_service.errors import ChannelRefusedError, Fault, InputError, NotYetError, PlaylistGoneError
from media_service.ledgers import KeptPlaylist
from media_service.messages import message
from media_service.steps.look import require_known
from media_service.steps.means import Means

LEASE = timedelta(minutes=5)
"""Of the lock on a playlist, lengthened before every call."""
_UNSORTED = message("The playlist is not sorted by hand, so its order is not kept; set that on the channel.")


def place(publication: Publication, episode: Presented, means: Means) -> Publication:
    """Bring a video to its place, and of ours there what has lost its own; it is done again without harm.

    The playlist is made where the channel has none of that title. Raises NotYetError while somebody else is at it.
    """
    title = placing.playlist_of(episode.facts.title, episode.count, episode.listing.playlist)
    if title:
        require_known(publication, means)
        _hold(title, means)
        try:
            _arrange(title, publication, episode, means)
        except PlaylistGoneError:  # a person has deleted it: it is looked for, and made, once more
            means.ledgers.playlists.made(title, publication.channel, "")
            _arrange(title, publication, episode, means)
        finally:
            means.ledgers.playlists.release(title, _owner(means))
    return publication


def _arrange(title: str, publication: Publication, episode: Presented, means: Means) -> None:
    kept = means.ledgers.playlists.find(title, publication.channel)
    playlist, entries = kept.playlist, None
    if not playlist:
        playlist, entries = _found_or_made(title, publication, episode, means)
    present = list(means.channel.playlists.entries(playlist) if entries is None else entries)
    wish = _wish(publication.upload.video, present, kept)
    by_hand = True
    for call in placing.calls([entry.video for entry in present], wish, kept.withdrawn):
        if by_hand or not isinstance(call, placing.Move):
            _hold(title, means)
            by_hand = _do(call, playlist, present, means) and by_hand
    if not by_hand:
        means.tell(_UNSORTED)


def _wish(video: str, present: Sequence[Entry], kept: KeptPlaylist) -> tuple[str, ...]:
    """Return the order of what is there and of this one; the others come with errands of their own."""
    here = {video, *(entry.video for entry in present)}
    wish = tuple(other for other in kept.videos if other in here)
    return wish if video in wish else (*wish, video)


def _do(call: placing.Call, playlist: str, present: list[Entry], means: Means) -> bool:
    """Ask the channel for one call, and note among the entries what it has changed.

    False where the channel itself sorts the playlist, so that no place in it can be asked for.
    """
    doors = means.channel.playlists
    if isinstance(call, placing.Insert):
        present.insert(call.position, Entry("", call.video))
        return doors.insert(playlist, call.video, call.position)
    entry = present.pop(call.start)
    if isinstance(call, placing.Remove):
        doors.remove(entry)
        return True
    present.insert(call.position, entry)
    try:
        doors.move(playlist, entry, call.position)
    except ChannelRefusedError as refusal:
        if refusal.reason != "manualSortRequired":
            raise
        return False
    return True


def _found_or_made(
    title: str, publication: Publication, episode: Presented, means: Means
) -> tuple[str, tuple[Entry, ...] | None]:
    """Return the playlist's id, and its entries where they are known: it may be there although nobody kept its id."""
    text = means.descriptions.playlist(episode.facts)
    _require_right(title, text)
    there = [seen.playlist for seen in means.channel.playlists.playlists() if seen.title == text.title]
    playlist = there[0] if there else means.channel.playlists.make(_details(text))
    means.ledgers.playlists.made(title, publication.channel, playlist)
    return playlist, None if there else ()


def _require_right(title: str, text: PlaylistText) -> None:
    faults = playlist_faults(text)
    if faults:
        raise InputError([Fault(title, 0, said) for said in faults])


def _details(text: PlaylistText) -> PlaylistDetails:
    return PlaylistDetails(text.title, text.description, text.language, localisations=text.localisations)


def _hold(title: str, means: Means) -> None:
    if not means.ledgers.playlists.hold(title, _owner(means), LEASE):
        said = message("Another worker is at the playlist “{title}”; its turn comes.", title=title)
        raise NotYetError(said, timedelta(seconds=10))


def _owner(means: Means) -> str:
    return f"{means.assignment.owner}/{means.assignment.attempt}"
