"""The program's front: options for every command, the table of commands, and what each ending means to the shell.

Exit codes: 0 done · 1 a fault of the program itself · 2 something a person can mend (input, settings, disk) ·
130 stopped by the user.
"""

from __future__ import annotations

import io
import os
import signal
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from types import FrameType
from typing import NoReturn

import typer
from rich.console import Console
from typer.core import TyperGroup

from media_service import __version__, settings
from media_service.catalogue import LANGUAGES
from media_service.cli.backup import backup
from media_service.cli.channel import channel
from media_service.cli.check import check
from media_service.cli.demo import demo
from media_service.cli.desk import BROKEN, DONE, MENDABLE, STOPPED, Desk
from media_service.cli.doctor import doctor
from media_service.cli.gc import gc
from media_service.cli.help import Program
from media_service.cli.import_book import import_
from media_service.cli.init import init
from media_service.cli.lexicon import lexicon
from media_service.cli.log import log
from media_service.cli.misunderstanding import misunderstood
from media_service.cli.produce import produce
from media_service.cli.publish import publish
from media_service.cli.quality import quality
from media_service.cli.quota import quota
from media_service.cli.read import read
from media_service.cli.restore import restore
from media_service.cli.review import review
from media_service.cli.review_reading import review_reading
from media_service.cli.slides import slides
from media_service.cli.status import status
from media_service.cli.studio import studio
from media_service.cli.submit import submit
from media_service.cli.up import up
from media_service.cli.voices import voices
from media_service.cli.wishes import cancel, pause, resume, retry
from media_service.cli.worker import worker
from media_service.errors import MediaServiceError

COMMANDS = (
    *(produce, check, quality, slides, import_, voices, read, lexicon, review_reading, doctor, init),
    *(up, worker, studio, submit, status, retry, cancel, pause, resume, review),
    *(channel, publish, quota, demo),
    *(log, backup, restore, gc),
)
"""Each adds itself to the program, in the order that help shows them."""


def run() -> NoReturn:
    """Run the command line of this process."""
    signal.signal(signal.SIGTERM, _stop)
    sys.exit(main(sys.argv[1:]))


def main(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code; every fault ends as a sentence, never as a traceback."""
    language, rest = _language(arguments)
    desk = Desk(_fallback(language), _console(stderr=False), _console(stderr=True))
    try:
        read = settings.read(os.environ | ({"MEDIA_SERVICE_LANG": language} if language else {}), Path.cwd())
        desk = Desk(read, desk.out, desk.err)
        return _ended(program(desk)(rest, prog_name="media-service", standalone_mode=False, obj=desk), desk)
    except typer.exceptions.TyperException as fault:
        return misunderstood(fault, desk)
    except MediaServiceError as fault:
        desk.complain(fault)
        return MENDABLE
    except (KeyboardInterrupt, typer.Abort):
        return _ended(STOPPED, desk)
    except BrokenPipeError:
        return DONE
    except Exception as fault:  # noqa: BLE001  # the last edge: even a bug of ours ends as a sentence
        return _broken(desk, fault)


def _console(*, stderr: bool) -> Console:
    """Return where to print: what people wrote is never taken for markup, and no letter stops the program."""
    stream = sys.stderr if stderr else sys.stdout
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(errors="backslashreplace")
    return Console(stderr=stderr, highlight=False, markup=False, emoji=False)


def program(desk: Desk) -> TyperGroup:
    """Return the whole program as typer knows it: every command with its options."""
    app = Program(
        no_args_is_help=True,
        add_completion=False,
        rich_markup_mode=None,
        help=desk.put("Turns scripts and books into narrated audio and films."),
    )

    @app.callback(invoke_without_command=True)
    def options(
        version: bool = typer.Option(False, "--version", help=desk.put("Show the version and end.")),
        lang: str = typer.Option("", "--lang", metavar="vi|en", help=desk.put("Language of messages.")),  # noqa: ARG001  # taken from the arguments before; declared here for help
    ) -> None:
        if version:
            desk.out.print(f"media-service {__version__}")
            raise typer.Exit

    for command in COMMANDS:
        command(app, desk)
    return typer.main.get_group(app)


def _ended(code: int | None, desk: Desk) -> int:
    """Say that a command was stopped, where typer has taken the interrupt and handed back its code."""
    if code == STOPPED:
        desk.err.print(desk.put("Stopped; run the same command again to go on from here."))
    return code or DONE


def _language(arguments: Sequence[str]) -> tuple[str, list[str]]:
    """Take `--lang` out of the arguments, wherever it stands, since help is written in that language too."""
    rest = list(arguments)
    for place, word in enumerate(rest):
        if word == "--lang" and place + 1 < len(rest):
            return rest[place + 1], rest[:place] + rest[place + 2 :]
        if word.startswith("--lang="):
            return word.removeprefix("--lang="), rest[:place] + rest[place + 1 :]
    return "", rest


def _fallback(language: str) -> settings.Settings:
    """Return settings enough to say in the right language what is wrong with the real ones."""
    here = Path.cwd()
    return settings.Settings(here, here / "output", None, language if language in LANGUAGES else "vi")


def _broken(desk: Desk, fault: Exception) -> int:
    if desk.settings.debug:
        traceback.print_exception(fault)
    where = traceback.extract_tb(fault.__traceback__)[-1]
    said = f"{type(fault).__name__}: {fault} ({Path(where.filename).name}:{where.lineno})"
    desk.err.print(
        desk.put(
            "A fault in the program itself ({said}), by which nothing made is lost; report it.",
            said=said,
        ),
        soft_wrap=True,
    )
    return BROKEN


def _stop(_number: int, _frame: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt
