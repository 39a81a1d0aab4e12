"""An episode as it is when a person has approved it, and what a channel should show of it in the end."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from media_service import pipeline
from media_service.domain.casting import cast
from media_service.domain.episode import Presented
from media_service.domain.planning import episodes
from media_service.domain.publication import Publication, Visibility
from media_service.domain.quality import Report
from media_service.domain.rights import Basis, Right, Rights
from media_service.domain.subtitles import vtt
from media_service.ports import Tools
from media_service.steps.publish import listing
from tests import fakes, make
from tests.fakes_channel import Film, Stand

OWN = Right(Basis.OWN_WORK)
ANSWERED = {"rights": Rights(OWN, OWN, OWN, OWN), "made_for_kids": True, "playlist": "Kể chuyện"}


def presented(folder: Path, **facts: object) -> tuple[Presented, Tools]:
    """Make an episode on fakes that keeps all standards, and say with which tools."""
    script = make.script(make.chapter(make.words("Ngày xưa.")), narrator="lan", **{**ANSWERED, **facts})
    tools = fakes.tools(folder, script)
    (plan,) = episodes(script, cast(script, (make.voice(),)), {})
    return replace(pipeline.finish(plan, tools), quality=Report(())), tools


def film_of(stand: Stand, publication: Publication) -> Film:
    """Return the one video that bears a publication's marks."""
    marks = stand.now(publication).marker
    (video,) = [video for video, film in stand.channel.videos.items() if marks in film.details.tags]
    assert stand.now(publication).upload.video == video
    return stand.channel.videos[video]


def assert_dressed(stand: Stand, publication: Publication, episode: Presented) -> None:
    """See that one whole video is there, with all that belongs to it, in its place and seen by all."""
    film = film_of(stand, publication)
    shown = listing(publication, episode)
    assert (film.details.title, film.details.tags) == (shown.title, shown.tags)
    assert film.sha256 == stand.now(publication).upload.file.sha256
    assert film.visibility is Visibility.PUBLIC
    assert film.thumbnail == stand.means.shelf.reach(episode.thumbnail.key).read_bytes()
    assert film.captions == {("vi", "Tiếng Việt"): vtt(episode.captions, "vi").encode()}
    (there,) = [one for one in stand.channel.lists.values() if one.details.title == episode.listing.playlist]
    video = stand.now(publication).upload.video
    assert [entry.video for entry in there.entries].count(video) == 1


def numbered(episode: Presented, number: int, count: int) -> Presented:
    """Return the episode as one of several."""
    return replace(episode, number=number, count=count)
