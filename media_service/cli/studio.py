"""`media-service studio`: the pages on which people work, alone or beside the workers; links for who cannot sign in."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import typer

from media_service import bootstrap
from media_service.cli.desk import DONE, Desk
from media_service.cli.help import Program
from media_service.domain.account import Purpose
from media_service.errors import refused
from media_service.messages import message
from media_service.settings import Settings
from media_service.stores import Stores

_LINK = timedelta(days=2)


def studio(app: typer.Typer, desk: Desk) -> None:
    """Add the commands."""
    group = Program(
        invoke_without_command=True, help=desk.put("The studio: pages on which people make and review works.")
    )
    app.add_typer(group, name="studio")

    @group.callback()
    def command(context: typer.Context) -> None:
        if context.invoked_subcommand is None:
            with bootstrap.stores(desk.settings) as stores, studio_beside(desk.settings, stores, desk) as url:
                if not url:
                    desk.say("The studio is not served: MEDIA_SERVICE_STUDIO is empty.")
                while url:
                    time.sleep(3600)

    @group.command("link", help=desk.put("Make a one-time link by which somebody chooses a password."))
    def link(
        name: str = typer.Argument("", metavar="NAME", help=desk.put("Whose account; empty for the first one.")),
    ) -> int:
        with bootstrap.stores(desk.settings) as stores:
            desk.say("Open this link within two days: {url}", url=_link(name, stores, desk.settings))
        return DONE


@contextmanager
def studio_beside(settings: Settings, stores: Stores, desk: Desk) -> Iterator[str]:
    """Serve the studio for the time of a block, and say where; empty where the settings want none."""
    if not settings.studio.listen:
        yield ""
        return
    from media_service.web.app import application  # noqa: PLC0415  # only who serves pages loads what serves them
    from media_service.web.serving import first_link, serve  # noqa: PLC0415
    from media_service.web.studio import studio as opened  # noqa: PLC0415

    with opened(settings, stores) as one, serve(application(one), settings) as url:
        desk.say("The studio: {url}", url=url)
        if link := first_link(stores.people, url):
            desk.say("Make the first administrator's account by this link, within two days: {link}", link=link)
        yield url


def _link(name: str, stores: Stores, settings: Settings) -> str:
    accounts = stores.people.accounts
    if name and accounts.find(name) is None:
        raise refused("", message("There is no account “{name}”; choose one of the list.", name=name))
    if not name and any(account.has_password for account in accounts.all()):
        raise refused("", message("There are accounts already; say whose password is to be chosen."))
    purpose = Purpose.PASSWORD if name else Purpose.FIRST
    address = settings.studio.address or f"http://{settings.studio.listen}"
    return f"{address}/link/{stores.people.links.make(purpose, name, _LINK, settings.service.who or 'system')}"
