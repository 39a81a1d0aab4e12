"""`media-service voices`: which voices a script may name, how each sounds, and how more are had."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import typer
from rich.text import Text

from media_service import bootstrap
from media_service.cli.desk import DONE, MENDABLE, Desk
from media_service.cli.help import Program
from media_service.cli.installing import install
from media_service.domain.casting import Voice, no_such_voice
from media_service.domain.pace import PACES, Age
from media_service.domain.spoken import spoken
from media_service.errors import refused
from media_service.messages import Message, message

TITLES = (
    message("name"),
    message("voice"),
    message("region"),
    message("gender"),
    message("engine"),
    message("state"),
)
"""Of the columns of the list."""
FACTS = (
    message("engine"),
    message("id"),
    message("language"),
    message("region"),
    message("gender"),
    message("rate"),
    message("pitch"),
    message("gain"),
    message("licence"),
    message("disclosure"),
    message("fallback"),
    message("sample"),
)
"""What is shown of a voice, by the keys of its profile."""


def voices(app: typer.Typer, desk: Desk) -> None:
    """Add the group of commands."""
    group = Program(no_args_is_help=True, help=desk.put("Voices that a script may name."))
    app.add_typer(group, name="voices")
    for command in (_list, _show, _preview, install, _doctor):
        command(group, desk)


def _list(group: typer.Typer, desk: Desk) -> None:
    @group.command("list", help=desk.put("List the voices."))
    def command() -> int:
        outlook = bootstrap.outlook(desk.settings)
        lacking = {voice.name for voice, _ in outlook.unable}
        table = desk.table(*TITLES)
        for voice in bootstrap.voices(desk.settings):
            state = desk.put("draft") if voice.draft else desk.put("ready")
            state = desk.put("not installed") if voice.name in lacking else state
            table.add_row(voice.name, voice.title, voice.region, voice.gender, voice.engine, state)
        desk.out.print(table)
        return DONE


def _show(group: typer.Typer, desk: Desk) -> None:
    @group.command("show", help=desk.put("Show all that is known of a voice."))
    def command(name: str = typer.Argument(metavar="NAME", help=desk.put("Name of the voice."))) -> int:
        voice = find(name, desk)
        desk.out.print(Text(f"{voice.name}: {voice.title}", style="bold"))
        for fact in FACTS:
            value = getattr(voice, fact.key)
            told = ", ".join(value) if isinstance(value, tuple) else " ".join(str(value).split())
            desk.out.print(Text(f"  {desk.translate(fact)}: {told or '–'}"), soft_wrap=True)
        if voice.draft:
            desk.say("The voice is a draft: good to check the work by ear, not to publish it.")
        for said in (said for one, said in bootstrap.outlook(desk.settings).unable if one == voice):
            desk.add(said)
        return DONE


def _preview(group: typer.Typer, desk: Desk) -> None:
    @group.command("preview", help=desk.put("Let a voice speak, into a sound file."))
    def command(
        name: str = typer.Argument(metavar="NAME", help=desk.put("Name of the voice.")),
        text: str = typer.Option("", "--text", help=desk.put("What to say; its sample unless given.")),
        output: Path | None = typer.Option(None, "--output", metavar="FILE", help=desk.put("Where to write it.")),
    ) -> int:
        voice = find(name, desk)
        said = spoken(" ".join((text or voice.sample).split()), bootstrap.lexicon_of(desk.settings))
        path = output or desk.settings.output / "voices" / f"{_plain(voice.name)}.flac"
        clip = bootstrap.preview(voice, said.text, PACES[Age.OLDER].articulation, path, desk.settings)
        desk.say(
            "{voice} speaks for {length}: {path}",
            voice=voice.name,
            length=desk.length(timedelta(seconds=round(clip.length / 48_000))),
            path=path,
        )
        return DONE


def _doctor(group: typer.Typer, desk: Desk) -> None:
    @group.command("doctor", help=desk.put("Say which voices work here, and how to get better ones."))
    def command() -> int:
        outlook = bootstrap.outlook(desk.settings)
        for voice in outlook.able:
            desk.out.print(Text("✓ ", style="green") + Text(f"{voice.name} ({voice.engine})"))
        for voice, said in outlook.unable:
            desk.out.print(Text("✗ ", style="red") + Text(f"{voice.name}: {desk.translate(said)}"), soft_wrap=True)
        if outlook.best is None:
            desk.add(outlook.advice)
            return MENDABLE
        best = message("The best voice for Vietnamese that works here: {voice}.", voice=outlook.best.name)
        desk.add(best)
        desk.add(outlook.advice)
        return DONE


def find(name: str, desk: Desk) -> Voice:
    """Return the voice of that name; raises InputError, naming the nearest, where there is none."""
    known = {voice.name: voice for voice in bootstrap.voices(desk.settings)}
    if name not in known:
        raise refused("", _unknown(name, known))
    return known[name]


def _unknown(name: str, known: dict[str, Voice]) -> Message:
    return no_such_voice(name, known)


def _plain(name: str) -> str:
    return re.sub(r"[^\w.-]+", "-", name)
