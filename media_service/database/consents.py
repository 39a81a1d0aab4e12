"""The Consents door: who allows us to speak for the channel; a consent wakes what waited for one."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select, update

from media_service.channels import Consent
from media_service.database.audit import tell
from media_service.database.clock import Now, moment
from media_service.database.connection import Database
from media_service.database.outlet import NOWHERE, Outlet
from media_service.database.publishing_tables import consents
from media_service.database.tables import stages
from media_service.domain.stage import StageState
from media_service.ledgers import ChannelHealth


class StoredConsents:
    """Whose consent we hold, in the database."""

    def __init__(self, database: Database, outlet: Outlet = NOWHERE) -> None:
        self._database = database
        self._outlet = outlet

    def keep(self, consent: Consent, who: str) -> None:
        """Keep a consent; whatever waited for it is due again."""
        given = {
            "channel_id": consent.channel,
            "title": consent.title,
            "token": self._outlet.seal(consent.refresh_token),
            "who": who,
            "granted_at": consent.granted_at.timestamp(),
            "lost_at": None,
            "reason": "",
        }
        new = self._database.insert(consents).values(channel=self._outlet.channel, checked_at=Now(), **given)
        again = {**given, "checked_at": Now()}
        with self._database.write() as run:
            run.execute(new.on_conflict_do_update(index_elements=["channel"], set_=again))
            waits = (stages.c.state == StageState.DUE.value, stages.c.parked)
            run.execute(update(stages).where(*waits).values(not_before=0.0, parked=False, said=None, due_at=Now()))
            tell(run, "connected", who, channel=consent.channel, title=consent.title)

    def consent(self) -> Consent | None:
        """Return the consent of the channel we publish to; None where nobody has given it, or it holds no more."""
        with self._database.read() as run:
            row = self._row(run)
        if row is None or row.lost_at is not None:
            return None
        return Consent(row.channel_id, row.title, self._outlet.unseal(row.token), moment(row.granted_at))

    def lost(self, reason: str) -> None:
        """Note that the consent does not hold any more: publishing pauses until there is another."""
        mine = (consents.c.channel == self._outlet.channel, consents.c.lost_at.is_(None))
        with self._database.write() as run:
            lost = run.execute(update(consents).where(*mine).values(lost_at=Now(), reason=reason))
            if lost.rowcount:
                tell(run, "consent-lost", "", reason=reason)

    def checked(self) -> None:
        """Note that the channel has just answered as it should."""
        mine = update(consents).where(consents.c.channel == self._outlet.channel)
        with self._database.write() as run:
            run.execute(mine.values(checked_at=Now()))

    def health(self) -> ChannelHealth | None:
        """Return how the connection stands; None where nobody has given a consent yet. Needs no key."""
        with self._database.read() as run:
            row = self._row(run)
        if row is None:
            return None
        return ChannelHealth(
            channel=row.channel_id,
            title=row.title,
            granted_at=moment(row.granted_at),
            checked_at=_moment(row.checked_at),
            paused=row.reason if row.lost_at is not None else "",
        )

    def _row(self, run: Connection) -> Row[Any] | None:
        return run.execute(select(consents).where(consents.c.channel == self._outlet.channel)).first()


def _moment(seconds: float | None) -> datetime | None:
    return None if seconds is None else moment(seconds)
