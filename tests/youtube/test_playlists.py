"""Playlists keep the order that they are given, as YouTube counts positions."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from media_service.channels import Channel, Entry, Localisation, PlaylistDetails
from media_service.domain.publication import Visibility
from media_service.errors import ChannelRefusedError, NotYetError, PlaylistGoneError
from tests.youtube.scene import Scene

pytestmark = pytest.mark.enable_socket

DETAILS = PlaylistDetails(
    "Cổ tích Bình Thuận",
    "Truyện kể cho thiếu nhi.",
    "vi",
    localisations=(Localisation("en", "Tales", "For children."),),
)


@pytest.fixture
def channel(scene: Scene) -> Channel:
    return scene.channel()


@pytest.fixture
def videos(scene: Scene) -> list[str]:
    return [scene.upload() for _ in range(4)]


@pytest.fixture
def playlist(channel: Channel, videos: list[str]) -> str:
    made = channel.playlists.make(DETAILS)
    for position, video in enumerate(videos):
        assert channel.playlists.insert(made, video, position)
    return made


def order(channel: Channel, playlist: str) -> list[str]:
    return [entry.video for entry in channel.playlists.entries(playlist)]


def test_a_playlist_is_made_and_found(scene: Scene, channel: Channel, playlist: str) -> None:
    (seen,) = (one for one in channel.playlists.playlists() if one.playlist == playlist)
    assert (seen.title, seen.count) == (DETAILS.title, 4)
    (there,) = (one for one in scene.ask("state")["playlists"] if one["id"] == playlist)
    assert there["status"]["privacyStatus"] == "public"
    assert there["snippet"]["defaultLanguage"] == "vi"
    assert there["localizations"]["en"]["title"] == "Tales"


def test_a_correction_leaves_what_it_says_nothing_of(scene: Scene, channel: Channel, playlist: str) -> None:
    channel.playlists.correct(playlist, replace(DETAILS, localisations=(Localisation("fr", "Contes", ""),)))
    wanted = replace(DETAILS, title="Truyện cổ tích", visibility=Visibility.UNLISTED)
    channel.playlists.correct(playlist, wanted)
    (there,) = (one for one in scene.ask("state")["playlists"] if one["id"] == playlist)
    assert (there["snippet"]["title"], there["status"]["privacyStatus"]) == ("Truyện cổ tích", "unlisted")
    assert there["localizations"].keys() == {"en", "fr"}
    scene.calls.clear()
    channel.playlists.correct(playlist, wanted)
    assert scene.calls == ["playlists.list"]


def test_what_is_inserted_moves_the_others_back(
    channel: Channel, playlist: str, videos: list[str], scene: Scene
) -> None:
    new = scene.upload()
    assert channel.playlists.insert(playlist, new, 1)
    assert order(channel, playlist) == [videos[0], new, *videos[1:]]


@pytest.mark.parametrize(("start", "end"), [(0, 3), (3, 0), (1, 2), (2, 1), (2, 2)])
def test_what_is_moved_stands_where_it_was_wished(
    channel: Channel, playlist: str, videos: list[str], start: int, end: int
) -> None:
    entry = channel.playlists.entries(playlist)[start]
    channel.playlists.move(playlist, entry, end)
    wished = [video for video in videos if video != entry.video]
    wished.insert(end, entry.video)
    assert order(channel, playlist) == wished


def test_what_is_taken_out_is_gone_and_may_be_gone_before(channel: Channel, playlist: str, videos: list[str]) -> None:
    entry = channel.playlists.entries(playlist)[1]
    channel.playlists.remove(entry)
    channel.playlists.remove(entry)
    assert order(channel, playlist) == [videos[0], *videos[2:]]


def test_an_entry_that_is_gone_cannot_be_moved_now(channel: Channel, playlist: str, videos: list[str]) -> None:
    with pytest.raises(NotYetError):
        channel.playlists.move(playlist, Entry("nobodys", videos[0]), 0)


def test_a_list_of_many_pages_comes_whole(scene: Scene, channel: Channel) -> None:
    playlist = channel.playlists.make(DETAILS)
    videos = [scene.upload(10) for _ in range(51)]
    for position, video in enumerate(videos):
        channel.playlists.insert(playlist, video, position)
    scene.calls.clear()
    assert order(channel, playlist) == videos
    assert scene.calls == ["playlistItems.list"] * 2


def test_a_playlist_that_is_gone_is_told(channel: Channel) -> None:
    with pytest.raises(PlaylistGoneError):
        channel.playlists.entries("PLnobodys")
    with pytest.raises(PlaylistGoneError):
        channel.playlists.correct("PLnobodys", DETAILS)


def test_an_empty_playlist_has_no_entries(channel: Channel) -> None:
    assert channel.playlists.entries(channel.playlists.make(DETAILS)) == ()


def test_nothing_moves_where_the_channel_sorts(scene: Scene, channel: Channel, playlist: str) -> None:
    entry = channel.playlists.entries(playlist)[0]
    scene.ask("playlist", {"id": playlist, "manual": False})
    with pytest.raises(ChannelRefusedError) as told:
        channel.playlists.move(playlist, entry, 2)
    assert told.value.reason == "manualSortRequired"


@pytest.mark.parametrize("name", ["bia.jpg", "bia.png"])
def test_a_playlist_gets_its_picture_and_another(channel: Channel, playlist: str, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    for colour in ("teal", "navy"):
        Image.new("RGB", (800, 800), colour).save(path)
        channel.playlists.picture(playlist, path)
