"""Placing on a channel in memory: found or made once, in order, others' entries untouched, one worker at a time."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from media_service.channels import Entry, PlaylistDetails
from media_service.domain.episode import Presented
from media_service.domain.publication import Errand, Publication
from media_service.errors import ChannelRefusedError, NotYetError
from media_service.messages import Message
from tests.fakes_channel import List, Stand
from tests.steps.publishing import numbered, presented


@pytest.fixture
def chapter(tmp_path: Path) -> tuple[Presented, Stand]:
    episode, tools = presented(tmp_path)
    return episode, Stand(tools)


def published(stand: Stand, episode: Presented, *numbers: int) -> list[Publication]:
    made = []
    for number in numbers:
        one = numbered(episode, number, 9)
        made.append(stand.add(one, number))
        stand.do(Errand.PUBLISH, made[-1], one)
    return made


def shown(stand: Stand) -> list[str]:
    """Return what stands in the one playlist, ours by their numbers."""
    (there,) = stand.channel.lists.values()
    numbers = {one.upload.video: str(one.number) for one in stand.ledgers.kept.values()}
    return [numbers.get(entry.video, entry.video) for entry in there.entries]


def test_chapters_stand_by_number_whatever_comes_first(chapter: tuple[Presented, Stand]) -> None:
    episode, stand = chapter
    for publication in published(stand, episode, 3, 1, 2):
        stand.do(Errand.PLACE, publication, episode)
    assert shown(stand) == ["1", "2", "3"]
    assert stand.channel.calls.count("playlistItems.update") == 0


def test_a_playlist_of_that_title_is_used_and_what_others_put_there_stays(chapter: tuple[Presented, Stand]) -> None:
    episode, stand = chapter
    others = [Entry("e1", "theirs 1"), Entry("e2", "theirs 2")]
    stand.channel.lists["PL"] = List(PlaylistDetails("Kể chuyện", "", "vi"), others)
    for publication in published(stand, episode, 2, 1):
        stand.do(Errand.PLACE, publication, episode)
    assert shown(stand) == ["theirs 1", "theirs 2", "1", "2"]
    assert stand.ledgers.ids == {"Kể chuyện": "PL"}


def test_what_a_person_has_moved_goes_back_and_what_is_withdrawn_goes(chapter: tuple[Presented, Stand]) -> None:
    episode, stand = chapter
    made = published(stand, episode, 1, 2, 3, 4)
    for publication in made[:3]:
        stand.do(Errand.PLACE, publication, episode)
    (there,) = stand.channel.lists.values()
    there.entries.insert(0, there.entries.pop())
    there.entries.insert(1, Entry("e9", "withdrawn"))
    there.entries.append(Entry("e8", made[0].upload.video or stand.now(made[0]).upload.video))
    stand.ledgers.withdrawn = ("withdrawn",)
    stand.do(Errand.PLACE, made[3], episode)
    assert shown(stand) == ["1", "2", "3", "4"]


def test_a_playlist_that_a_person_has_deleted_is_made_anew(chapter: tuple[Presented, Stand]) -> None:
    episode, stand = chapter
    made = published(stand, episode, 1, 2)
    stand.do(Errand.PLACE, made[0], episode)
    stand.channel.lists.clear()
    stand.do(Errand.PLACE, made[1], episode)
    assert shown(stand) == ["2"]
    stand.do(Errand.PLACE, made[0], episode)
    assert shown(stand) == ["1", "2"]


def test_one_worker_at_a_time_is_at_a_playlist(chapter: tuple[Presented, Stand]) -> None:
    episode, stand = chapter
    (publication,) = published(stand, episode, 1)
    stand.ledgers.locks["Kể chuyện"] = ("w2/1", stand.clock.now + timedelta(seconds=40))
    with pytest.raises(NotYetError, match="Kể chuyện"):
        stand.do(Errand.PLACE, publication, episode)
    assert stand.channel.lists == {}
    stand.clock.now += timedelta(minutes=1)  # that worker is gone
    stand.do(Errand.PLACE, publication, episode)
    assert shown(stand) == ["1"]
    assert stand.ledgers.locks == {}


def test_a_playlist_that_sorts_itself_holds_nothing_up_and_an_administrator_hears_of_it(
    chapter: tuple[Presented, Stand],
) -> None:
    episode, stand = chapter
    heard: list[Message] = []
    stand.means = replace(stand.means, tell=heard.append)
    made = published(stand, episode, 1, 2, 3)
    for publication in made[:2]:
        stand.do(Errand.PLACE, publication, episode)
    (there,) = stand.channel.lists.values()
    there.entries.reverse()
    stand.line.faults = [
        ("playlistItems.update", ChannelRefusedError(Message("no"), "manualSortRequired", "position")),
    ]
    stand.do(Errand.PLACE, made[2], episode)
    assert sorted(shown(stand)) == ["1", "2", "3"]
    assert [str(one)[:39] for one in heard] == ["The playlist is not sorted by hand, so "]


def test_a_single_piece_without_a_playlist_has_no_place(tmp_path: Path) -> None:
    episode, tools = presented(tmp_path, playlist="")
    episode = replace(episode, listing=replace(episode.listing, playlist=""))
    stand = Stand(tools)
    publication = stand.add(episode)
    stand.do(Errand.PUBLISH, publication, episode)
    calls = list(stand.channel.calls)
    stand.do(Errand.PLACE, publication, episode)
    assert stand.channel.calls == calls
    assert Errand.PLACE in stand.now(publication).done
