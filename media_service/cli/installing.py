"""`media-service voices install`: the model of a voice is fetched, checked and laid where voices find it."""

from __future__ import annotations

import sys

import typer
from rich.progress import DownloadColumn, Progress, TextColumn, TransferSpeedColumn

from media_service import bootstrap
from media_service.cli.desk import DONE, MENDABLE, Desk
from media_service.domain.casting import Voice, no_such_voice
from media_service.errors import refused
from media_service.messages import message
from media_service.speech.fetching import Source
from media_service.speech.fetching import install as fetch
from media_service.speech.offers import OFFERS, Offer


def install(group: typer.Typer, desk: Desk) -> None:
    """Add the command."""

    @group.command("install", help=desk.put("Fetch a voice that speaks on this machine."))
    def command(
        name: str = typer.Argument(metavar="NAME", help=desk.put("Name of the voice.")),
        yes: bool = typer.Option(False, "--yes", help=desk.put("Accept its licence without being asked.")),
    ) -> int:
        offer = _offered(name, {voice.name: voice for voice in bootstrap.voices(desk.settings)})
        desk.say("{model}, {size}", model=offer.name, size=desk.size(offer.size))
        desk.say("Licence: {licence} ({url})", licence=offer.licence, url=offer.url)
        if not offer.publishable:
            desk.say("What it speaks may not simply be published; it is for checking works by ear.")
        if not offer.model.sha256:
            desk.say("No checksum of it is published: what comes is believed this once, and kept as its measure.")
        if not yes and not _accepted(desk):
            desk.say("Nothing is installed.")
            return MENDABLE
        with Progress(
            TextColumn("{task.description}"), DownloadColumn(), TransferSpeedColumn(), console=desk.err
        ) as bar:
            task = bar.add_task(offer.name, total=offer.size)
            source = Source(
                desk.settings.speaking.repository, lambda there, total: bar.update(task, completed=there, total=total)
            )
            model = fetch(offer, desk.settings.models, source)
        desk.say(
            "{model} is installed: {path} (SHA-256 {sha256})", model=offer.name, path=model.path, sha256=model.sha256
        )
        return DONE


def _offered(name: str, known: dict[str, Voice]) -> Offer:
    if name in OFFERS:
        return OFFERS[name]
    if name not in known:
        raise refused("", no_such_voice(name, known))
    model = known[name].id.partition("#")[0]
    if known[name].engine != "piper" or model not in OFFERS:
        able = ", ".join(sorted(one.name for one in known.values() if one.id in OFFERS))
        said = message("There is nothing to install for “{voice}”; these can be: {known}.", voice=name, known=able)
        raise refused("", said)
    return OFFERS[model]


def _accepted(desk: Desk) -> bool:
    if not sys.stdin.isatty():
        desk.say("To accept the licence without being asked, add --yes.")
        return False
    return typer.confirm(desk.put("Do you accept this licence?"))
