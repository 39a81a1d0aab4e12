"""The daily look at the channel, on a real database and a channel that only answers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from sqlalchemy import update

from media_service import bootstrap
from media_service.channels import Consent
from media_service.database.connection import Database
from media_service.database.publishing_tables import consents, locks
from media_service.errors import ChannelAwayError, ConsentLostError
from media_service.messages import message
from media_service.settings import Publishing, Settings
from media_service.stores import Stores
from media_service.worker.watch import Watch

CHANNEL = "UCthuvientinhBT"


class Identity:
    def __init__(self) -> None:
        self.asked = 0
        self.fault: Exception | None = None

    def whoami(self) -> None:
        self.asked += 1
        if self.fault:
            raise self.fault


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    plain = Settings(tmp_path, tmp_path / "output", None, "vi", publishing=Publishing(CHANNEL))
    plain.state.mkdir(parents=True)
    return plain


@pytest.fixture
def stores(settings: Settings) -> Iterator[Stores]:
    with bootstrap.stores(settings) as opened:
        opened.ledgers.consents.keep(Consent(CHANNEL, "Thư viện", "1//x", datetime.now(UTC)), "hoa")
        yield opened


@pytest.fixture
def identity() -> Identity:
    return Identity()


@pytest.fixture
def watch(settings: Settings, stores: Stores, identity: Identity) -> Watch:
    return Watch(settings, stores.ledgers, lambda *_: SimpleNamespace(identity=identity))


def a_day_passes(settings: Settings) -> None:
    database = Database(settings.database)
    with database.write() as run:
        yesterday = (datetime.now(UTC) - timedelta(days=1, minutes=1)).timestamp()
        run.execute(update(consents).values(checked_at=yesterday))
        run.execute(update(locks).values(held_until=1.0))
    database.close()


def test_the_channel_is_asked_once_a_day(watch: Watch, settings: Settings, identity: Identity) -> None:
    assert not watch.look_if_due()
    a_day_passes(settings)
    assert watch.look_if_due()
    assert not watch.look_if_due()
    assert identity.asked == 1


def test_of_many_machines_one_looks(watch: Watch, settings: Settings, stores: Stores, identity: Identity) -> None:
    a_day_passes(settings)
    assert stores.ledgers.playlists.hold("channel watch", "another machine", timedelta(minutes=1))
    assert not watch.look_if_due()
    assert identity.asked == 0


def test_a_consent_that_is_withdrawn_pauses_publishing(
    watch: Watch, settings: Settings, stores: Stores, identity: Identity
) -> None:
    a_day_passes(settings)
    identity.fault = ConsentLostError(message("The owner has withdrawn it."))
    with pytest.raises(ConsentLostError):
        watch.look_if_due()
    health = stores.ledgers.consents.health()
    assert health
    assert health.paused == "The owner has withdrawn it."
    assert not watch.look_if_due()


def test_a_channel_that_does_not_answer_is_asked_again_and_pauses_nothing(
    watch: Watch, settings: Settings, stores: Stores, identity: Identity
) -> None:
    a_day_passes(settings)
    identity.fault = ChannelAwayError(message("away"))
    with pytest.raises(ChannelAwayError):
        watch.look_if_due()
    health = stores.ledgers.consents.health()
    assert health
    assert replace(health, checked_at=None).paused == ""
    identity.fault = None
    a_day_passes(settings)
    assert watch.look_if_due()
