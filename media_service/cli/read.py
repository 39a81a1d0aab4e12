"""`media-service read`: what a voice will be given for a text, and which rule says so."""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import typer

from media_service import bootstrap
from media_service.cli.desk import DONE, Desk
from media_service.domain.casting import DEFAULT_NARRATOR, no_such_voice
from media_service.domain.lexicon import Lexicon
from media_service.domain.reading.numbers import Region
from media_service.domain.spoken import Spoken, spoken
from media_service.errors import SetupError
from media_service.messages import message

RULES = {
    "capitals": message("capitals"),
    "code": message("number of a thing"),
    "date": message("date"),
    "document": message("number of a paper"),
    "footnote": message("footnote mark"),
    "fraction": message("fraction"),
    "isbn": message("number of a book"),
    "letters": message("letter by letter"),
    "lexicon": message("lexicon"),
    "link": message("hyphen"),
    "mail": message("mail address"),
    "mark": message("punctuation"),
    "measure": message("measure"),
    "minus": message("below zero"),
    "money": message("money"),
    "number": message("number"),
    "ordinal": message("ordinal number"),
    "phone": message("telephone number"),
    "place": message("place"),
    "power": message("power of a number"),
    "range": message("from … to …"),
    "ratio": message("ratio"),
    "road": message("road"),
    "roman": message("Roman numeral"),
    "score": message("score"),
    "short form": message("short form"),
    "sign": message("sign"),
    "sum": message("sum"),
    "time": message("time"),
    "times": message("times"),
    "title": message("title of a person"),
    "verse": message("verse"),
    "web": message("web address"),
    "week": message("day of the week"),
}
"""What people call the rules of reading."""


@dataclass(frozen=True, slots=True)
class _Reader:
    desk: Desk
    lexicon: Lexicon
    region: Region
    explain: bool

    def read(self, line: str) -> None:
        """Print what is said for one line, at once; a fault of ours leaves the line as it is written."""
        text = unicodedata.normalize("NFC", line)
        try:
            said = spoken(text, self.lexicon, self.region)
        except Exception as fault:  # noqa: BLE001  # whoever pipes a book through gets a line for a line
            self.desk.hint("This line could not be read ({said}) and is given as it is written.", said=repr(fault))
            said = Spoken(" ".join(text.split()), ())
        print(said.text, file=self.desk.out.file, flush=True)
        if self.explain:
            for written, heard, rule in _changes(text, said):
                what = self.desk.translate(RULES[rule])
                self.desk.note("“{written}” → “{said}” ({rule})", written=written, said=heard, rule=what)


def _changes(text: str, said: Spoken) -> Iterator[tuple[str, str, str]]:
    for span in said.spans:
        written, heard = text[span.written_first : span.written_last], said.text[span.first : span.last]
        if span.rule and span.rule != "mark":
            yield written, heard.strip(), span.rule


def read(app: typer.Typer, desk: Desk) -> None:
    """Add the command."""

    @app.command("read", help=desk.put("Show how a text will be read aloud."))
    def command(
        source: str = typer.Argument("", metavar="[-]", help=desk.put("- to read lines from the input.")),
        text: str = typer.Option("", "--text", metavar="TEXT", help=desk.put("The text.")),
        voice: str = typer.Option("", "--voice", metavar="NAME", help=desk.put("Whose region's habits to follow.")),
        lexicon: list[Path] = typer.Option(
            [], "--lexicon", metavar="FILE", help=desk.put("A lexicon that wins over the house's; may be repeated.")
        ),
        explain: bool = typer.Option(False, "--explain", help=desk.put("Show which rule said what.")),
    ) -> int:
        if source not in {"", "-"} or not (source or text):
            raise SetupError(message("Nothing to read; give --text “…”, or - and lines on the input."))
        reader = _Reader(desk, bootstrap.lexicon_of(desk.settings, lexicon), _region(voice, desk), explain)
        for line in _lines() if source else text.split("\n"):
            reader.read(line)
        return DONE


def _lines() -> Iterator[str]:
    """Yield the lines of the input as they come; bytes that are no UTF-8 become signs for lost letters."""
    for line in sys.stdin.buffer:
        yield line.decode(errors="replace").rstrip("\r\n")


def _region(name: str, desk: Desk) -> Region:
    known = {voice.name: voice.region for voice in bootstrap.voices(desk.settings)}
    if name and name not in known:
        raise SetupError(no_such_voice(name, known))
    return Region.of(known.get(name or DEFAULT_NARRATOR, ""))
