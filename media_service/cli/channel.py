"""`media-service channel`: the owner's consent, how the connection stands, and a channel of our own to try out."""

from __future__ import annotations

from datetime import UTC, datetime

import typer
from rich.text import Text

from media_service import bootstrap
from media_service.channels import Consent
from media_service.cli.channel_sandbox import sandbox
from media_service.cli.desk import DONE, MENDABLE, Desk
from media_service.cli.help import Program
from media_service.errors import SetupError
from media_service.ledgers import ChannelHealth, Ledgers
from media_service.messages import message

PATIENCE_S = 600.0
"""So long the owner may take to consent."""


def channel(app: typer.Typer, desk: Desk) -> None:
    """Add the group of commands."""
    group = Program(no_args_is_help=True, help=desk.put("Connect the library's channel and see how it is."))
    app.add_typer(group, name="channel")
    for command in (_connect, _status, sandbox):
        command(group, desk)


def _connect(group: typer.Typer, desk: Desk) -> None:
    @group.command("connect", help=desk.put("Ask the channel's owner for consent, and keep it."))
    def command(
        paste: bool = typer.Option(
            False, "--paste", help=desk.put("The browser is on another machine: paste the address it ends at.")
        ),
        browser: bool = typer.Option(True, "--browser/--no-browser", help=desk.put("Open the link in a browser here.")),
        name: str = typer.Option("", "--as", metavar="NAME", help=desk.put("Who asks, for the audit log.")),
    ) -> int:
        who = desk.who(name)
        bootstrap.sealing(desk.settings).check()
        with bootstrap.stores(desk.settings) as stores:
            asked = _pasted if paste else _called
            consent = asked(stores.ledgers, desk, browser=browser)
            stores.ledgers.consents.keep(consent, who)
        desk.say(
            "The channel “{title}” ({id}) is connected; what waited for it goes on.",
            title=consent.title,
            id=consent.channel,
        )
        return DONE


def _called(ledgers: Ledgers, desk: Desk, *, browser: bool) -> Consent:
    """Ask for a consent whose answer is called out to this machine."""
    from media_service.youtube.callback import listening  # noqa: PLC0415  # other commands need no listener

    asking = bootstrap.asking(desk.settings, ledgers)
    with listening() as listener:
        link, pending = asking.begin(listener.redirect_uri)
        _tell(link, desk)
        if browser:
            import webbrowser  # noqa: PLC0415  # as above

            webbrowser.open(link)
        return asking.finish(pending, listener.wait(PATIENCE_S))


def _pasted(ledgers: Ledgers, desk: Desk, *, browser: bool) -> Consent:  # noqa: ARG001  # there is none here
    """Ask for a consent whose answer a person carries over: the address at which their browser ends."""
    asking = bootstrap.asking(desk.settings, ledgers)
    link, pending = asking.begin("http://127.0.0.1:9761/")
    _tell(link, desk)
    desk.say("At the end the browser shows that a page at 127.0.0.1 cannot be reached: copy the address of that page.")
    return asking.finish(pending, typer.prompt(desk.put("Paste it here"), hide_input=True))


def _tell(link: str, desk: Desk) -> None:
    desk.say("Let the channel's owner open this link, choose the channel and allow it (within 10 minutes):")
    desk.out.print(Text(link), soft_wrap=True)


def _status(group: typer.Typer, desk: Desk) -> None:
    @group.command("status", help=desk.put("Say how the channel is: consent, last answer, what pauses it."))
    def command(
        check: bool = typer.Option(False, "--check", help=desk.put("Ask the channel now.")),
        json: bool = typer.Option(False, "--json", help=desk.put("Print it for programs.")),
    ) -> int:
        _require_channel(desk)
        with bootstrap.stores(desk.settings) as stores:
            if check:
                from media_service.worker.watch import look  # noqa: PLC0415  # it brings the workers' libraries

                look(bootstrap.channel(desk.settings, stores.ledgers), stores.ledgers)
            health = stores.ledgers.consents.health()
            troubled = [one for one in stores.ledgers.publications.status() if one.reason]
        if json:
            desk.json({"channel": desk.settings.publishing.channel, "health": health, "troubled": troubled})
            return DONE
        code = _show(health, desk)
        for one in troubled:
            desk.note(
                "{slug} {number:02d}: the channel has not taken the video {video} ({reason}).",
                slug=one.publication.slug,
                number=one.publication.number,
                video=one.publication.upload.video,
                reason=one.reason,
            )
        return code


def _show(health: ChannelHealth | None, desk: Desk) -> int:
    if health is None:
        desk.say("Nobody has connected the channel yet. Do it with: media-service channel connect")
        return MENDABLE
    desk.say("Channel: {title} ({id})", title=health.title, id=health.channel)
    if health.granted_at:
        days = (datetime.now(UTC) - health.granted_at).days
        desk.note("Consent of {when} ({days} day(s) old).", when=desk.moment(health.granted_at), days=days)
    if health.checked_at:
        desk.note("Last answered as it should: {when}.", when=desk.moment(health.checked_at))
    if health.paused:
        desk.note("Publishing pauses: {why}", why=health.paused)
        desk.note("Give the consent anew with: media-service channel connect")
        return MENDABLE
    desk.note("Publishing goes on.")
    return DONE


def _require_channel(desk: Desk) -> None:
    if not desk.settings.publishing.channel:
        raise SetupError(message("No channel is set up; name one in MEDIA_SERVICE_CHANNEL."))
