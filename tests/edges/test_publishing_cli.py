"""The commands of publishing as people meet them, on a real database with works half published."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from media_service.channels import Candidate, Consent
from media_service.cli.main import main
from media_service.database.engine import open_stores
from media_service.database.outlet import Outlet
from media_service.domain import uploading
from media_service.domain.publication import Airing, Errand, VideoFile, Visibility
from media_service.domain.quota import Limits
from media_service.domain.service import Outcome, Verdict
from media_service.domain.stage import Queue
from media_service.errors import ConsentLostError
from media_service.messages import message
from media_service.sealing import Sealing
from media_service.stores import Decision, Stores
from tests.database.scene import IN_ORDER, LEASE, SAID, Maker, accept, claim

CHANNEL = "UCthuvientinhBT"
FILE = VideoFile("cay-khe-01.mp4", 1000, "ab" * 32)
NOW = datetime.now(UTC)
Run = Callable[..., tuple[int, str]]


@pytest.fixture(scope="module")
def maker(tmp_path_factory: pytest.TempPathFactory) -> Maker:
    return Maker(tmp_path_factory.mktemp("made"))


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, maker: Maker) -> Iterator[Stores]:
    """A service with a work of two episodes, both approved."""
    (tmp_path / "state").mkdir()
    for name, value in {"OUTPUT": tmp_path, "STATE": tmp_path / "state", "CHANNEL": CHANNEL, "LANG": "en"}.items():
        monkeypatch.setenv(f"MEDIA_SERVICE_{name}", str(value))
    outlet = Outlet(CHANNEL, Limits(), Sealing(tmp_path / "state" / "key", ours=True))
    with open_stores(f"sqlite:///{tmp_path / 'state' / 'service.db'}", outlet) as stores:
        accept(stores, "Một.", "Hai.", **IN_ORDER)
        maker.work(stores)
        for number in (1, 2):
            stores.reviews.decide("cay-khe", number, Decision(Verdict.APPROVED, "hoa", waiver="để thử"))
        yield stores


@pytest.fixture
def run(shop: Stores, capsys: pytest.CaptureFixture[str]) -> Run:
    def go(*words: str) -> tuple[int, str]:
        code = main(words)
        told = capsys.readouterr()
        return code, told.out + told.err

    return go


def do(stores: Stores, errands: int) -> None:
    for _ in range(errands):
        one = claim(stores, Queue.PUBLISH)
        if one.step == Errand.PUBLISH:
            upload = uploading.opened(stores.ledgers.publications.of(one).upload, FILE, "address", NOW)
            stores.ledgers.publications.keep(one, upload)
            stores.ledgers.publications.keep(one, uploading.arrived(upload, f"video{one.number}", NOW))
        stores.stages.finish(one, Outcome(None, 0, None, (), 0.1))


def test_without_a_channel_each_command_says_how_to_name_one(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MEDIA_SERVICE_CHANNEL", "")
    for words in (("publish", "list"), ("publish", "show", "cay-khe"), ("channel", "status"), ("channel", "connect")):
        code, told = run(*words)
        assert (code, told.count("\n")) == (2, 1)
        assert "MEDIA_SERVICE_CHANNEL" in told


def test_the_list_says_how_each_episode_stands(run: Run, shop: Stores) -> None:
    do(shop, 1)
    code, told = run("publish", "list")
    assert code == 0
    assert told.index("sent, not shown yet") < told.index("waits to be sent")
    shown = json.loads(run("publish", "list", "--json")[1])["publications"]
    assert [one["publication"]["upload"]["video"] for one in shown] == ["video1", ""]
    assert "address" not in json.dumps(shown)
    assert "https://youtu.be/video1" in run("publish", "show", "cay-khe", "1")[1]


def test_the_forecast_counts_every_errand_and_names_its_time(run: Run, shop: Stores) -> None:
    code, told = run("quota")
    assert code == 0
    assert "0 of 100 uploads, 0 of 10000 units" in told
    plan = json.loads(run("quota", "--json")[1])
    assert len(plan["waiting"]) == 2 * len(Errand)
    do(shop, 10)
    assert "Nothing waits" in run("quota")[1]


def test_a_series_is_scheduled_one_by_one_in_the_time_of_viet_nam(run: Run, shop: Stores) -> None:
    code, told = run("publish", "schedule", "cay-khe", "--every", "mon,wed 19:00", "--as", "hoa")
    assert code == 0
    assert told.count(" 19:00.") == 2
    first, second = (one.airing.at for one in shop.ledgers.publications.find())
    assert first
    assert second
    assert second - first in {timedelta(days=2), timedelta(days=5)}
    assert first.astimezone(UTC).hour == 12


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--at", "2020-01-01 19:00"], "is past"),
        (["--at", "mai"], "is no moment"),
        (["--every", "mỗi ngày"], "says no days"),
        ([], "either --at or --every"),
    ],
)
def test_a_time_that_is_none_is_refused_in_a_sentence(words: list[str], said: str, run: Run) -> None:
    code, told = run("publish", "schedule", "cay-khe", "1", *words, "--as", "hoa")
    assert (code, told.count("\n")) == (2, 1)
    assert said in told


def test_what_is_held_is_let_go_by_now(run: Run, shop: Stores) -> None:
    run("publish", "hold", "cay-khe", "--as", "hoa")
    assert shop.schedule.due(Queue.PUBLISH, 5) == ()
    assert "held back" in run("publish", "list")[1]
    assert run("publish", "now", "cay-khe", "1", "--unlisted", "--as", "hoa")[0] == 0
    assert len(shop.schedule.due(Queue.PUBLISH, 5)) == 1
    assert shop.ledgers.publications.find()[0].airing == Airing(Visibility.UNLISTED)


def test_an_undecided_upload_shows_its_candidates_and_is_settled_by_a_person(
    run: Run, shop: Stores, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = claim(shop, Queue.PUBLISH)
    publication = shop.ledgers.publications.of(one)
    upload = uploading.gone(uploading.opened(publication.upload, FILE, "address", NOW), NOW)
    shop.ledgers.publications.keep(one, uploading.searched(upload, {"v1", "v2"}, NOW))
    shop.stages.quarantine(one, SAID, "")
    found = [Candidate(name, "Cây khế", "", (publication.marker,), "", NOW) for name in ("v1", "v2")]

    class Channel:
        class uploads:  # noqa: N801  # as the door is called
            @staticmethod
            def recent(_: datetime) -> list[Candidate]:
                return found

    monkeypatch.setattr("media_service.bootstrap.channel", lambda *_: Channel)
    _, told = run("publish", "show", "cay-khe", "1")
    assert "needs a person" in told
    assert "v1" in told
    assert "v2" in told
    assert run("publish", "settle", "cay-khe", "1", "--as", "hoa")[0] == 2
    assert run("publish", "settle", "cay-khe", "1", "--video", "v2", "--as", "hoa")[0] == 0
    assert shop.ledgers.publications.find()[0].upload.video == "v2"


def test_the_status_of_the_channel_says_what_pauses_it(run: Run, shop: Stores) -> None:
    assert run("channel", "status")[0] == 2
    shop.ledgers.consents.keep(Consent(CHANNEL, "Thư viện", "1//bi-mat", NOW), "hoa")
    code, told = run("channel", "status")
    assert code == 0
    assert "Thư viện" in told
    shop.ledgers.consents.lost("The owner has withdrawn it.")
    code, told = run("channel", "status")
    assert code == 2
    assert "The owner has withdrawn it." in told
    assert "bi-mat" not in told + run("channel", "status", "--json")[1]


def test_an_errand_that_waits_for_consent_is_parked_and_the_list_says_until_when(run: Run, shop: Stores) -> None:
    one = shop.stages.claim(*_first(shop), "w1", LEASE)
    assert one
    shop.stages.park(one, ConsentLostError(message("x")).said, timedelta(hours=1))
    assert "waits until" in run("publish", "list")[1]
    assert json.loads(run("status", "cay-khe", "--json")[1])["productions"][0]["troubles"] == []


def _first(stores: Stores) -> tuple[int, int]:
    (ring,) = stores.schedule.due(Queue.PUBLISH, 1)
    return ring.stage, ring.attempt


def test_a_key_that_others_may_read_stops_connecting_before_anything_is_asked(
    run: Run, shop: Stores, tmp_path: Path
) -> None:
    shop.ledgers.consents.keep(Consent(CHANNEL, "Thư viện", "1//bi-mat", NOW), "hoa")
    (tmp_path / "state" / "key").chmod(0o644)
    code, told = run("channel", "connect", "--as", "hoa")
    assert (code, told.count("\n")) == (2, 1)
    assert "mode 600" in told


def test_a_restore_without_the_key_says_so_at_once(
    run: Run, shop: Stores, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop.ledgers.consents.keep(Consent(CHANNEL, "Thư viện", "1//bi-mat", NOW), "hoa")
    assert run("backup", str(tmp_path / "a.tar"))[0] == 0
    monkeypatch.setenv("MEDIA_SERVICE_STATE", str(tmp_path / "another"))
    code, told = run("restore", str(tmp_path / "a.tar"), "--as", "hoa")
    assert code == 0
    assert "cannot be read" in told
    assert "connect the channel anew" in told
