"""Settings -> the channel that we publish to, and what asks its owner for consent."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from media_service.channels import Channel
from media_service.errors import ConsentLostError, SetupError
from media_service.ledgers import Ledgers
from media_service.messages import message
from media_service.sealing import Sealing
from media_service.settings import SANDBOX, Settings

if TYPE_CHECKING:
    from media_service.youtube.auditing import Shown
    from media_service.youtube.consent import Asking
    from media_service.youtube.places import Place
    from media_service.youtube.sandbox.sandbox import Options as SandboxOptions
    from media_service.youtube.transport import Access, App


def sealing(settings: Settings) -> Sealing:
    """Return what seals the channel's secrets; no key is read before it is needed."""
    return Sealing(settings.key_file, ours=settings.publishing.key_file is None)


def channel(settings: Settings, ledgers: Ledgers) -> Channel:
    """Return the channel that we publish to; nothing is asked of it yet.

    Raises ConsentLostError where nobody allows us to speak for it, SetupError where the settings lack something.
    """
    from media_service.youtube.connecting import connect  # noqa: PLC0415  # its libraries are large

    return connect(_access(settings, ledgers), ledgers.quota.take)


def audit(settings: Settings, ledgers: Ledgers, videos: Sequence[str]) -> tuple[Shown, ...]:
    """Return how the channel shows videos of ours, as its protocol tells anybody; raises as `channel` does."""
    from media_service.youtube.auditing import shown  # noqa: PLC0415  # its libraries are large

    return shown(_access(settings, ledgers), ledgers.quota.take, videos)


def _access(settings: Settings, ledgers: Ledgers) -> Access:
    from media_service.youtube.transport import Access  # noqa: PLC0415  # its libraries are large

    place, app = _platform(settings)
    consent = ledgers.consents.consent()
    if consent is None:
        raise ConsentLostError(
            message("Nobody allows us to speak for the channel (give the consent with media-service channel connect).")
        )
    return Access(place, app, consent.refresh_token)


def asking(settings: Settings, ledgers: Ledgers) -> Asking:
    """Return what asks the channel's owner for consent; raises SetupError where the settings lack something."""
    from media_service.youtube.consent import Asking  # noqa: PLC0415  # its libraries are large

    place, app = _platform(settings)
    return Asking(place, app, _channel_id(settings), ledgers.quota.take)


def require_platform(settings: Settings) -> None:
    """Raise SetupError where the settings lack what the channel's platform asks for."""
    _platform(settings)


def _platform(settings: Settings) -> tuple[Place, App]:
    """Return where the channel is asked, and by what its platform knows us."""
    from media_service.youtube import client_secret, places  # noqa: PLC0415  # as above
    from media_service.youtube.sandbox import tokens  # noqa: PLC0415
    from media_service.youtube.transport import App  # noqa: PLC0415

    publishing = settings.publishing
    if not publishing.channel:
        raise SetupError(message("No channel is set up; name one in MEDIA_SERVICE_CHANNEL."))
    if publishing.channel == SANDBOX:
        return places.sandbox(publishing.sandbox), App(tokens.CLIENT, tokens.SECRET)
    if publishing.client_secret is None:
        raise SetupError(message("The client secret is wanting; name its file in MEDIA_SERVICE_CLIENT_SECRET."))
    return places.YOUTUBE, client_secret.read(publishing.client_secret)


def _channel_id(settings: Settings) -> str:
    """Return the id by which the channel knows itself."""
    from media_service.youtube.sandbox.sandbox import CHANNEL  # noqa: PLC0415  # as above

    return CHANNEL if settings.publishing.channel == SANDBOX else settings.publishing.channel


def channel_sandbox(settings: Settings, folder: Path | None = None) -> SandboxOptions:
    """Return how a sandbox channel is run for these settings; what it gets lies in `folder`, or beside what is made."""
    from media_service.youtube.sandbox.sandbox import Options  # noqa: PLC0415  # as above

    return Options(
        folder or settings.output / ".sandbox",
        templates=settings.folders("templates"),
        uploads=settings.publishing.uploads,
        units=settings.publishing.units,
    )
