"""Where works are published: the channel as the settings name it, what may be asked of it in a day, and the seal."""

from __future__ import annotations

from dataclasses import dataclass, field

from media_service.domain.quota import Limits
from media_service.errors import SetupError
from media_service.messages import message
from media_service.sealing import Sealing


@dataclass(frozen=True, slots=True)
class Outlet:
    """What the doors of publishing need beside the database."""

    channel: str = ""
    """Empty where nothing is published: approved works rest."""
    limits: Limits = field(default_factory=Limits)
    sealing: Sealing | None = None

    def seal(self, secret: str) -> str:
        """Return a secret as it is stored; an empty one stays empty. Raises SetupError."""
        return self._sealing().seal(secret) if secret else ""

    def unseal(self, sealed: str) -> str:
        """Return a secret as it was; raises SetupError where the key is not the one."""
        return self._sealing().unseal(sealed) if sealed else ""

    def _sealing(self) -> Sealing:
        if self.sealing is None:
            raise SetupError(message("No channel is set up; name one in MEDIA_SERVICE_CHANNEL."))
        return self.sealing


NOWHERE = Outlet()
