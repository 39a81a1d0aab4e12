"""Three hundred episodes against a channel's quota, with the real planner and the real steps, on a clock of our own."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from media_service.domain.episode import Presented
from media_service.domain.forecast import plan
from media_service.domain.publication import Errand, Publication, Visibility
from media_service.domain.quota import Bucket, Limits, calls, day_of, next_day, price
from media_service.errors import ChannelAwayError, QuotaSpentError
from media_service.messages import Message
from tests.fakes_channel import Stand
from tests.steps.publishing import assert_dressed, numbered, presented

PROVING = os.environ.get("HYPOTHESIS_PROFILE") == "prove"
EPISODES = 300
BOOKS = 12
LIMITS = Limits(uploads=100, units=10_000)
"""As every project has them."""


class Season:
    """A service's days: it does whatever the plan lets go, and sleeps until the next may."""

    def __init__(self, folder: Path, begin: datetime, episodes: int = EPISODES, limits: Limits = LIMITS) -> None:
        plain, self.tools = presented(folder)
        self.stand = Stand(self.tools, limits, begin)
        self.begin = begin
        self.limits = limits
        self.work: dict[int, tuple[Publication, Presented]] = {}
        self.went: dict[tuple[int, Errand], datetime] = {}
        for number in range(episodes):
            book, chapter = divmod(number, max(episodes // BOOKS, 1))
            episode = numbered(plain, chapter + 1, episodes // BOOKS)
            publication = self.stand.add(episode, chapter + 1, f"sach-{book:02}")
            self.stand.ledgers.playlist_of[publication.id] = "Kể chuyện"
            self.work[publication.id] = (publication, episode)

    def forecast(self) -> list[tuple[datetime, int, Errand]]:
        """Return when everything goes, in the order in which it will."""
        ledgers = self.stand.means.ledgers.quota
        waiting = ledgers.waiting()
        at = plan(waiting, ledgers.spent(), self.limits, self.stand.clock.now)
        seen = list(Errand)
        rank = [(when, seen.index(one.errand), one.publication) for when, one in zip(at, waiting, strict=True)]
        return [(when, number, seen[errand]) for when, errand, number in sorted(rank)]

    def run(self, *, each: bool = False) -> None:
        """Work until nothing is left; `each`: make a new plan before every errand, as workers do."""
        while ahead := self.forecast():
            now = max(self.stand.clock.now, ahead[0][0])
            self.stand.clock.now = now
            for at, number, errand in ahead:
                if at > now:
                    break
                if day_of(self.stand.clock.now) != day_of(now) or not self._do(number, errand):
                    break
                if each:
                    break

    def _do(self, number: int, errand: Errand) -> bool:
        """Do an errand, again after the channel has asked to be left alone; False where a new plan is needed."""
        publication, episode = self.work[number]
        while True:
            try:
                self.stand.do(errand, publication, episode)
            except ChannelAwayError as fault:
                self.stand.clock.now += fault.after
                continue
            except QuotaSpentError:
                return False
            self.went[number, errand] = self.stand.clock.now
            return True

    def days(self, *errands: Errand) -> int:
        """Return on which day, from 1, the last of these errands was done."""
        last = max(day_of(at) for (_, errand), at in self.went.items() if errand in errands)
        return 1 + (date.fromisoformat(last) - date.fromisoformat(day_of(self.begin))).days


def fewest_days(errands: tuple[Errand, ...], episodes: int = EPISODES, limits: Limits = LIMITS) -> int:
    """Return how many days no order whatever could do without: everything must be paid for, each day gives so much."""
    taken: Counter[Bucket] = Counter()
    for number in range(episodes):
        for errand in errands:
            entries = number or None
            taken.update(price(calls(errand, "Kể chuyện", entries)))
    return max(-(-taken[Bucket.UPLOADS] // limits.uploads), -(-taken[Bucket.UNITS] // limits.units))


SEEN = (Errand.PUBLISH, Errand.THUMBNAIL, Errand.PLACE, Errand.REVEAL)
BEGINNINGS = {
    "in summer": datetime(2026, 7, 1, 12, 0, tzinfo=UTC),
    "over the beginning of summer time": datetime(2026, 3, 7, 12, 0, tzinfo=UTC),
    "over the end of summer time, an hour before midnight": datetime(2026, 10, 30, 6, 0, tzinfo=UTC),
}


def test_everything_is_published_in_the_fewest_days_as_it_was_foretold(tmp_path: Path) -> None:
    season = Season(tmp_path, BEGINNINGS["in summer"])
    _as_foretold_in_the_fewest_days(season)
    assert (season.days(*SEEN), season.days(*Errand)) == (5, 17)

    assert len(season.stand.channel.videos) == EPISODES
    (playlist,) = season.stand.channel.lists.values()
    order = [season.stand.now(publication).upload.video for publication, _ in season.work.values()]
    assert [entry.video for entry in playlist.entries] == order
    for publication, episode in list(season.work.values())[::50]:
        assert_dressed(season.stand, publication, episode)
    assert all(film.visibility is Visibility.PUBLIC and film.captions for film in season.stand.channel.videos.values())


@pytest.mark.parametrize("begin", BEGINNINGS.values(), ids=BEGINNINGS)
def test_it_is_the_same_when_days_are_longer_or_shorter(tmp_path: Path, begin: datetime) -> None:
    limits, episodes = (LIMITS, EPISODES) if PROVING else (Limits(uploads=20, units=2_000), 60)
    season = Season(tmp_path, begin, episodes, limits)
    _as_foretold_in_the_fewest_days(season)
    assert season.days(*Errand) > 3  # the clocks were changed on the second or third


def _as_foretold_in_the_fewest_days(season: Season, *, each: bool = False) -> None:
    foretold = {(number, errand): day_of(at) for at, number, errand in season.forecast()}
    season.run(each=each)
    assert {key: day_of(at) for key, at in season.went.items()} == foretold
    bounds = [fewest_days(errands, len(season.work), season.limits) for errands in (SEEN, tuple(Errand))]
    assert [season.days(*SEEN), season.days(*Errand)] == bounds
    assert season.stand.channel.refused == []
    assert season.stand.ledgers.over == []


def test_it_is_the_same_with_a_new_plan_before_every_errand(tmp_path: Path) -> None:
    limits, episodes = (LIMITS, EPISODES) if PROVING else (Limits(uploads=12, units=1_200), 36)
    _as_foretold_in_the_fewest_days(Season(tmp_path, BEGINNINGS["in summer"], episodes, limits), each=True)


def _later_days(begin: datetime) -> Iterator[str]:
    while True:
        yield day_of(begin)
        begin = next_day(begin)


def test_others_who_use_the_project_cost_days_and_one_refusal_each(tmp_path: Path) -> None:
    """The channel is empty earlier than our ledger thinks: its word counts, and nothing is asked twice."""
    begin = BEGINNINGS["in summer"]
    season = Season(tmp_path, begin, 60)
    days = _later_days(begin)
    season.stand.channel.others_take = {next(days): 4_000, next(days): 9_990, next(days): 10_000}
    season.run()
    assert all(len(season.stand.now(publication).done) == len(Errand) for publication, _ in season.work.values())
    refusals = Counter(day_of(at) for at, _ in season.stand.channel.refused)
    assert set(refusals.values()) == {1}
    assert refusals.keys() == season.stand.channel.others_take.keys()
    assert season.stand.ledgers.over == []
    assert len(season.stand.channel.videos) == 60


def test_a_channel_that_asks_to_go_slower_is_left_alone_for_a_while(tmp_path: Path) -> None:
    season = Season(tmp_path, BEGINNINGS["in summer"], 24)
    slower = [ChannelAwayError(Message("slower"), timedelta(seconds=30)) for _ in range(40)]
    methods = ["videos.insert", "thumbnails.set", "playlistItems.insert", "videos.update", "captions.insert"]
    season.stand.line.faults = [(methods[place % 5], fault) for place, fault in enumerate(slower)]
    season.run()
    assert season.stand.line.faults == []
    assert len(season.stand.channel.videos) == 24
    assert season.stand.channel.refused == []
