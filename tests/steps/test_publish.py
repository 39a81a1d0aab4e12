"""Publishing on a channel in memory: once and only once, wherever the worker dies, and dressed in the end."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from media_service import errands
from media_service.domain.casting import Cast
from media_service.domain.episode import Presented
from media_service.domain.listing import DESCRIPTION_BYTES, tags_length
from media_service.domain.publication import Airing, Errand, Publication, UploadState, Visibility
from media_service.domain.quality import Gate, Report
from media_service.domain.quota import Limits, next_day
from media_service.domain.rights import Rights
from media_service.errors import (
    ChannelRefusedError,
    ConsentLostError,
    InputError,
    NotYetError,
    QuotaSpentError,
    TransientError,
    UndecidedError,
)
from media_service.messages import Message
from media_service.ports import Tools
from tests import make
from tests.fakes_channel import CHUNK, DiedError, Film, Stand
from tests.steps.publishing import assert_dressed, film_of, presented

Made = tuple[Presented, Tools]


@pytest.fixture
def made(tmp_path: Path) -> Made:
    return presented(tmp_path)


def do_all(stand: Stand, publication: Publication, episode: Presented) -> None:
    for errand in Errand:
        stand.do(errand, publication, episode)


def publish_all(stand: Stand, publication: Publication, episode: Presented) -> None:
    """Do every errand that is left, as often as it takes, letting time pass as the faults ask."""
    for errand in Errand:
        for _ in range(40):
            if errand in stand.now(publication).done:
                break
            try:
                stand.do(errand, publication, episode)
            except DiedError:
                stand.line.dies_at = 0
            except TransientError as fault:
                stand.clock.now += fault.after or timedelta(seconds=2)
        assert errand in stand.now(publication).done


def test_an_episode_is_sent_private_and_seen_when_all_is_ready(made: Made) -> None:
    stand = Stand(made[1])
    publication = stand.add(made[0])
    stand.do(Errand.PUBLISH, publication, made[0])
    assert film_of(stand, publication).visibility is Visibility.PRIVATE
    publish_all(stand, publication, made[0])
    assert_dressed(stand, publication, made[0])
    assert stand.channel.calls.count("videos.insert") == 1


def test_an_upload_is_known_by_tag_and_by_name(made: Made) -> None:
    stand = Stand(made[1])
    publication = stand.add(made[0])
    stand.do(Errand.PUBLISH, publication, made[0])
    film = film_of(stand, publication)
    assert film.name == f"cay-khe-01-{publication.marker[3:]}.mp4"
    assert film.details.tags[-1] == publication.marker


def test_the_marker_finds_room_among_any_tags(made: Made) -> None:
    episode = replace(made[0], listing=replace(made[0].listing, tags=tuple(f"từ khóa {n:03}" for n in range(40))))
    stand = Stand(made[1])
    publication = stand.add(episode)
    stand.do(Errand.PUBLISH, publication, episode)
    tags = film_of(stand, publication).details.tags
    assert tags[-1] == publication.marker
    assert tags_length(tags) <= 500
    assert len(tags) > 30


def deaths(made: Made) -> int:
    """Count the points at which a worker may die while it publishes."""
    stand = Stand(made[1])
    publication = stand.add(made[0])
    publish_all(stand, publication, made[0])
    return stand.line.points


def test_wherever_a_worker_dies_there_is_one_video_and_it_is_dressed(made: Made) -> None:
    points = deaths(made)
    assert points > 40
    for point in range(1, points + 1):
        stand = Stand(made[1])
        publication = stand.add(made[0])
        stand.line.dies_at = point
        publish_all(stand, publication, made[0])
        assert stand.line.points > point
        assert len(stand.channel.videos) == 1
        assert len(stand.channel.lists) == 1
        assert_dressed(stand, publication, made[0])


def test_wherever_a_session_is_lost_there_is_one_video(made: Made) -> None:
    """The worker dies at every point, and before it is back the channel has forgotten all sessions."""
    for point in range(1, deaths(made) + 1):
        stand = Stand(made[1])
        publication = stand.add(made[0])
        stand.line.dies_at = point
        with pytest.raises(DiedError):
            do_all(stand, publication, made[0])
        stand.line.dies_at = 0
        stand.channel.sessions.clear()
        stand.channel.unlisted.update(stand.channel.videos)  # its list is late, too
        if stand.now(publication).upload.session:
            with pytest.raises(NotYetError) as early:
                stand.do(Errand.PUBLISH, publication, made[0])
            stand.clock.now += early.value.after
        stand.channel.unlisted.clear()
        publish_all(stand, publication, made[0])
        assert len(stand.channel.videos) == 1
        assert_dressed(stand, publication, made[0])


def test_a_session_lost_in_the_midst_is_searched_for_before_another_is_opened(made: Made) -> None:
    stand = Stand(made[1])
    publication = stand.add(made[0])
    stand.line.dies_at = 11
    with pytest.raises(DiedError):
        stand.do(Errand.PUBLISH, publication, made[0])
    assert stand.now(publication).upload.sent >= CHUNK
    stand.channel.sessions.clear()
    with pytest.raises(NotYetError):
        stand.do(Errand.PUBLISH, publication, made[0])
    assert stand.now(publication).upload.state is UploadState.UNKNOWN
    assert stand.channel.calls == ["videos.insert", "channels.list"]
    publish_all(stand, publication, made[0])
    assert stand.channel.calls.count("videos.insert") == 2
    assert_dressed(stand, publication, made[0])


def unknown(stand: Stand, episode: Presented, *titles: str) -> Publication:
    """Have an upload of unknown outcome, and videos on the channel that bear its marks in one way or another."""
    publication = stand.add(episode)
    stand.line.dies_at = 5
    with pytest.raises(DiedError):
        stand.do(Errand.PUBLISH, publication, episode)
    stand.do(Errand.PUBLISH, publication, episode)
    (film,) = stand.channel.videos.values()
    stand.channel.videos.clear()
    stand.channel.sessions.clear()
    kept = stand.now(publication)
    begun = kept.upload.begun_at
    lost = replace(kept.upload, state=UploadState.UNKNOWN, video="", since=begun, begun_at=begun)
    stand.ledgers.kept[kept.id] = replace(kept, upload=lost)
    for title in titles:
        plain = replace(film.details, title=title, tags=(publication.marker,) if "tag" in title else ())
        stand.channel.videos[title] = replace(film, details=plain, name=film.name if "name" in title else "other.mp4")
    return publication


@pytest.mark.parametrize("title", ["by tag", "by name", "by tag and name"])
def test_one_video_that_bears_our_marks_is_adopted(made: Made, title: str) -> None:
    stand = Stand(made[1])
    publication = unknown(stand, made[0], title, "somebody's", "somebody else's")
    stand.do(Errand.PUBLISH, publication, made[0])
    assert stand.now(publication).upload.video == title
    assert stand.channel.calls.count("videos.insert") == 1


def test_several_videos_that_bear_our_marks_are_for_a_person_to_tell_apart(made: Made) -> None:
    stand = Stand(made[1])
    publication = unknown(stand, made[0], "by tag", "by name")
    for _ in range(2):
        with pytest.raises(UndecidedError, match="cay-khe 01"):
            stand.do(Errand.PUBLISH, publication, made[0])
    assert stand.now(publication).upload.state is UploadState.UNDECIDED
    assert stand.channel.calls.count("videos.insert") == 1


def test_a_session_takes_no_other_file_than_its_own(made: Made) -> None:
    stand = Stand(made[1])
    publication = stand.add(made[0])
    stand.line.dies_at = 9
    with pytest.raises(DiedError):
        stand.do(Errand.PUBLISH, publication, made[0])
    film = stand.means.shelf.reach(made[0].video.key)
    film.write_bytes(film.read_bytes()[::-1])
    with pytest.raises(NotYetError):
        stand.do(Errand.PUBLISH, publication, made[0])
    assert stand.now(publication).upload.state is UploadState.UNKNOWN
    assert len(stand.channel.videos) == 0


WITHHELD = {
    "nobody has approved it": ({"approved_by": " "}, {}, "approval"),
    "rights": ({"waiver": "vì gấp"}, {"rights": Rights()}, "rights"),
    "children": ({"waiver": "vì gấp"}, {"made_for_kids": None}, "made_for_kids"),
}


@pytest.mark.parametrize(("publication", "facts", "said"), WITHHELD.values(), ids=WITHHELD)
def test_what_is_owed_is_owed_before_the_first_call(
    publication: dict[str, object], facts: dict[str, object], said: str, tmp_path: Path
) -> None:
    episode, tools = presented(tmp_path, **facts)
    stand = Stand(tools)
    with pytest.raises(InputError, match=said):
        stand.do(Errand.PUBLISH, stand.add(episode, **publication), episode)
    assert stand.channel.calls == []


LIMITS = {
    "title": ({"title": "a" * 101}, "title"),
    "angle": ({"title": "a < b"}, "title"),
    "bytes": ({"description": "ế" * (DESCRIPTION_BYTES // 3 + 1)}, "description"),
    "chapters": ({"description": "0:00 a\n0:05 b\n0:30 c"}, "chapter times"),
}


@pytest.mark.parametrize(("listing", "said"), LIMITS.values(), ids=LIMITS)
def test_what_the_platform_would_refuse_is_refused_before_the_first_call(
    made: Made, listing: dict[str, object], said: str
) -> None:
    episode = replace(made[0], listing=replace(made[0].listing, **listing))
    stand = Stand(made[1])
    with pytest.raises(InputError, match=said):
        stand.do(Errand.PUBLISH, stand.add(episode), episode)
    assert stand.channel.calls == []


WAIVABLE = {
    "a failed gate": ({"quality": Report((Gate("A2", "loudness", "-20 LUFS", "-14 LUFS", passed=False),))}, "A2"),
    "a draft voice": ({"cast": Cast(make.voice(draft=True))}, "draft"),
}


@pytest.mark.parametrize(("changed", "said"), WAIVABLE.values(), ids=WAIVABLE)
def test_what_can_be_waived_needs_a_reason(made: Made, changed: dict[str, object], said: str) -> None:
    episode = replace(made[0], **changed)
    stand = Stand(made[1])
    with pytest.raises(InputError, match=said):
        stand.do(Errand.PUBLISH, stand.add(episode), episode)
    assert stand.channel.calls == []
    publication = stand.add(episode, 2, waiver="một chương cũ")
    stand.do(Errand.PUBLISH, publication, episode)
    assert film_of(stand, publication).visibility is Visibility.PRIVATE


def arrived(made: Made, **given: object) -> tuple[Stand, Publication]:
    stand = Stand(made[1])
    publication = stand.add(made[0], **given)
    stand.do(Errand.PUBLISH, publication, made[0])
    return stand, publication


def test_a_video_that_is_not_known_yet_is_waited_for_each_time_as_long_again(made: Made) -> None:
    stand, publication = arrived(made)
    stand.channel.unseen.update(stand.channel.videos)
    waits = []
    while sum(waits, timedelta()) < timedelta(hours=1):
        with pytest.raises(NotYetError) as early:
            stand.do(Errand.THUMBNAIL, publication, made[0])
        waits.append(early.value.after)
        stand.clock.now += early.value.after
    with pytest.raises(ChannelRefusedError) as refusal:
        stand.do(Errand.THUMBNAIL, publication, made[0])
    assert refusal.value.reason == "videoNotFound"
    assert len(waits) <= 7
    assert waits == sorted(waits)
    assert "thumbnails.set" not in stand.channel.calls


@pytest.mark.parametrize("errand", [Errand.THUMBNAIL, Errand.REVEAL])
def test_a_video_that_the_channel_has_rejected_is_for_a_person(made: Made, errand: Errand) -> None:
    stand, publication = arrived(made)
    film_of(stand, publication).status = "rejected"
    film_of(stand, publication).reason = "duplicate"
    with pytest.raises(ChannelRefusedError, match="duplicate"):
        stand.do(errand, publication, made[0])
    assert film_of(stand, publication).visibility is Visibility.PRIVATE


def test_a_time_is_set_while_nobody_has_seen_the_video(made: Made) -> None:
    stand, publication = arrived(made)
    at = stand.clock.now + timedelta(days=2)
    timed = Airing(Visibility.PUBLIC, at)
    stand.ledgers.kept[publication.id] = replace(stand.now(publication), airing=timed)
    stand.do(Errand.REVEAL, publication, made[0])
    film: Film = film_of(stand, publication)
    assert (film.visibility, film.publish_at) == (Visibility.PRIVATE, at)
    calls = len(stand.channel.calls)
    stand.do(Errand.REVEAL, publication, made[0])
    assert stand.channel.calls[calls:] == ["videos.list"]  # as it should be already

    film.visibility, film.publish_at = Visibility.PUBLIC, None
    with pytest.raises(ChannelRefusedError) as refusal:
        stand.do(Errand.REVEAL, publication, made[0])
    assert refusal.value.field == "airing"


def test_a_time_that_has_come_means_at_once(made: Made) -> None:
    stand, publication = arrived(made)
    timed = Airing(Visibility.PUBLIC, stand.clock.now - timedelta(days=1))
    stand.ledgers.kept[publication.id] = replace(stand.now(publication), airing=timed)
    stand.do(Errand.REVEAL, publication, made[0])
    assert film_of(stand, publication).visibility is Visibility.PUBLIC


def test_what_the_channel_says_of_itself_is_noted(made: Made) -> None:
    stand, publication = arrived(made)
    stand.line.faults = [("videos.list", QuotaSpentError(Message("empty"), timedelta(hours=3), "units"))]
    with pytest.raises(QuotaSpentError):
        stand.do(Errand.THUMBNAIL, publication, made[0])
    assert [str(bucket) for bucket in stand.means.ledgers.quota.spent().emptied] == ["units"]
    stand.clock.now += timedelta(days=1)
    stand.line.faults = [("videos.list", ConsentLostError(Message("Consent is lost; connect again.")))]
    with pytest.raises(ConsentLostError):
        stand.do(Errand.THUMBNAIL, publication, made[0])
    assert stand.ledgers.why_lost == "Consent is lost; connect again."


@pytest.mark.parametrize("errand", [Errand.PLACE, Errand.CAPTION])
def test_nothing_dear_is_asked_for_a_video_that_is_not_known_yet(made: Made, errand: Errand) -> None:
    stand, publication = arrived(made)
    stand.channel.unseen.update(stand.channel.videos)
    with pytest.raises(NotYetError):
        stand.do(errand, publication, made[0])
    assert stand.channel.calls == ["videos.insert", "videos.list"]
    stand.channel.unseen.clear()
    for wanted in (Errand.THUMBNAIL, errand):
        stand.do(wanted, publication, made[0])
    assert stand.channel.calls.count("videos.list") == 2  # once the thumbnail is set, nobody asks any more


def test_an_errand_begins_when_the_plan_lets_it(made: Made) -> None:
    limits = Limits(uploads=1, units=10_000)
    stand = Stand(made[1], limits)
    first, second = stand.add(made[0]), stand.add(made[0], 2)
    errands.require_turn(Errand.PUBLISH, first, stand.means, limits)
    with pytest.raises(QuotaSpentError) as later:
        errands.require_turn(Errand.PUBLISH, second, stand.means, limits)
    assert stand.clock.now + later.value.after == next_day(stand.clock.now)
    del stand.ledgers.kept[second.id]  # nobody wants it any more
    with pytest.raises(NotYetError):
        errands.require_turn(Errand.PUBLISH, second, stand.means, limits)
    assert stand.channel.calls == []
