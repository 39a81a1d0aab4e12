"""A long book from its script to its sound: seconds of sound a second of work, memory, gates, one edited sentence.

`python -m benchmarks.narration --hours 1` takes the path narrate, assemble, bind, M4B of a book written here from the
shipped texts, no sentence twice, by the embedded voice; `--voice hum` leaves the voice's own time out. A chapter a core
is in work at once, each as a worker of the service makes it. Pictures and films are no part of it: covers are drawn
while the clock stands; the films' sound is made for the chapters that are held to the standards. Options:
`--keep FOLDER`, `--gates N` (every N-th chapter; 0: none), `--chapter MINUTES`.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import asdict, replace
from itertools import count
from pathlib import Path
from typing import Any

from benchmarks.production import JOBS, family
from media_service import bootstrap
from media_service.domain.conclusion import BookChapter, book_chapter
from media_service.domain.episode import Bound, Filmed, Planned, grow
from media_service.domain.gates.evidence import Evidence
from media_service.domain.gates.narration import NARRATION
from media_service.domain.gates.pauses import PAUSES
from media_service.domain.gates.sound import SOUND
from media_service.domain.gates.standard import gates as standard_gates
from media_service.domain.measured import FilmFacts, Span
from media_service.domain.product import Key, Product
from media_service.domain.quality import Gate
from media_service.domain.timeline import seconds
from media_service.ports import Tools
from media_service.settings import read
from media_service.steps import take_in
from media_service.steps.assemble import assemble
from media_service.steps.at_once import at_once
from media_service.steps.bind import bind, book_part
from media_service.steps.book import bound
from media_service.steps.describe import describe, drawn
from media_service.steps.narrate import narrate
from media_service.tally import Tally

CHARACTERS_A_MINUTE = 660
"""Of Vietnamese prose at the pace for children, pauses included, as this benchmark measured it."""
LARGEST_MIB = 400
NARRATORS = {"espeak": "nu-mien-bac", "hum": "hum"}
NO_FILM = FilmFacts("", "", "", 0, 0, 0.0, ("",) * 4, "", 0, 0.0, 0.0, 0.0, 0.0, 0, moov_first=False, edit_list=False)
"""Stands where no film was made: no standard of sound looks at it."""
HUM = 'engine = "hum"\nid = "hum"\ntitle = "Ngân nga"\nlanguage = "vi"\nsample = "La la la."\n'


def main() -> None:
    """Make the book, change one sentence, make it again; print a table of figure, limit and verdict."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--hours", type=float, default=1.0)
    parser.add_argument("--voice", choices=NARRATORS, default="espeak")
    parser.add_argument("--chapter", type=float, default=12.0, help="minutes")
    parser.add_argument("--gates", type=int, default=5, help="hold every so-manieth chapter to the standards; 0: none")
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--make", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.make:
        make(asked.keep, asked.gates)
        return
    with tempfile.TemporaryDirectory() as scratch:
        folder = asked.keep or Path(scratch)
        write_book(folder, asked.hours, asked.chapter, NARRATORS[asked.voice])
        first, peaks = run(folder)
        edit(folder)
        second, _ = run(folder, asked.gates)
        show(asked.voice, first, second, peaks)
        failed = held(folder) if asked.gates else 0
    sys.exit(1 if failed else 0)


def show(voice: str, first: dict[str, float], second: dict[str, float], peaks: dict[str, int]) -> None:
    """Print what was measured against what is asked."""
    times = first["sound_s"] / first["wall_s"]
    least = 40 if voice == "espeak" else 60
    rows = [
        ("sound a second of wall time, two cores", times, f">= {least}", times >= least),
        ("sound a second of processor time", first["sound_s"] / first["cpu_s"], "", True),
        ("largest process, MiB", max(peaks.values()), f"<= {LARGEST_MIB}", max(peaks.values()) <= LARGEST_MIB),
    ]
    for name, figure in (("wall", "wall_s"), ("processor", "cpu_s")):
        share = 100 * second[figure] / first[figure]
        rows.append((f"one sentence edited, % of the whole, {name}", share, "<= 3", share <= 3))
    print(f"{first['sound_s'] / 3600:.2f} h, {first['clips']:.0f} clips, {first['episodes']:.0f} chapters; {voice}; ")
    print(f"  wall {first['wall_s']:.0f} s, processor {first['cpu_s']:.0f} s; memory in MiB: {peaks}")
    print(f"  seconds of each step, one chapter after the other: {steps_of(first)}")
    for name, figure, limit, passed in rows:
        print(f"  {name:42} {figure:10.2f}  {limit:8} {'pass' if passed else 'FAIL'}")


def steps_of(figures: dict[str, float]) -> str:
    """Name the steps with their seconds."""
    return "  ".join(f"{name.removeprefix('step ')} {s:.0f}" for name, s in figures.items() if name.startswith("step "))


def sentences() -> Iterator[str]:
    """Yield sentences of the shipped texts for ever, each time in other words than before."""
    known: list[str] = []
    for job in JOBS:
        body = (Path("jobs") / job / "script.md").read_text(encoding="utf-8").split("---")[-1]
        plain = [line for line in body.split("\n") if line.strip() and line[0] not in "#![>:|-*"]
        for line in plain:
            known += re.findall(r"[^.!?…]{25,}[.!?…]+", line.split(": ", 1)[-1])
    for turn in count(1):
        for said in known:
            words = said.strip()
            yield words if turn == 1 else f"Lần thứ {turn}, {words[0].lower()}{words[1:]}"


def write_book(folder: Path, hours: float, minutes: float, narrator: str) -> None:
    """Write a job folder with a script of so many hours."""
    job = folder / "jobs" / "sach-dai"
    job.mkdir(parents=True, exist_ok=True)
    (folder / "voices").mkdir(exist_ok=True)
    (folder / "voices" / "hum.toml").write_text(HUM, encoding="utf-8")
    told = sentences()
    lines = [
        "---", "title: Sách dài", "kind: audiobook", "age: 6-10", "author: Thư viện tỉnh Bình Thuận",
        "summary: Một cuốn sách dài để đo.", f"narrator: {narrator}", "year: 2026", "music: none", "---", "",
    ]  # fmt: skip
    for chapter in range(1, max(1, round(hours * 60 / minutes)) + 1):
        lines += [f"# Chương {chapter}", ""]
        length = 0
        while length < minutes * CHARACTERS_A_MINUTE:
            paragraph = " ".join(next(told) for _ in range(4))
            lines += [paragraph, ""]
            length += len(paragraph)
    (job / "script.md").write_text("\n".join(lines), encoding="utf-8")


def edit(folder: Path) -> None:
    """Change one sentence in the middle of the book."""
    script = folder / "jobs" / "sach-dai" / "script.md"
    lines = script.read_text(encoding="utf-8").split("\n")
    at = next(number for number in range(len(lines) // 2, len(lines)) if len(lines[number]) > 100)
    lines[at] = f"Câu này vừa được sửa lại. {lines[at]}"
    script.write_text("\n".join(lines), encoding="utf-8")


def run(folder: Path, every: int = 0) -> tuple[dict[str, float], dict[str, int]]:
    """Make the book in a process of its own; return what it measured, and the peak memory in MiB by program."""
    command = [sys.executable, "-m", "benchmarks.narration", "--make", "--keep", str(folder)]
    command += ["--gates", str(every)]
    peaks: dict[str, int] = defaultdict(int)
    with subprocess.Popen(command) as child:
        while child.poll() is None:
            for program, peak in family(child.pid):
                peaks[program] = max(peaks[program], peak)
            time.sleep(0.2)
        if child.returncode:
            sys.exit(f"{' '.join(command)} ended with {child.returncode}")
    return json.loads((folder / "made.json").read_text(encoding="utf-8")), dict(peaks)


def make(folder: Path, every: int) -> None:
    """Take the book from its script to its M4B and write down what that took; then hold chapters to the standards."""
    settings = replace(read({}, folder), home=folder, output=folder / "output")
    begun, tally = time.monotonic(), Tally()

    def whole(episode: Planned) -> Bound:
        assembled = assemble(narrate(episode, tools), tools)
        no_film = Product(Key("video", assembled.master.key.fingerprint, ".mp4"), assembled.timeline.length)
        return bind(describe(grow(assembled, Filmed, video=no_film), tools), tools)

    def kept(episode: Planned) -> tuple[BookChapter, int]:
        """As `produce` does, keep of a chapter no more than the book needs; and the number of its clips."""
        made = whole(episode)
        return book_chapter(made), len(made.clips)

    with bootstrap.tools(settings, tally) as opened:
        tools = replace(opened, at_once=1)
        production = take_in.take_in(folder / "jobs" / "sach-dai", tools)
        begun += drawing(production.episodes, tools)
        made = at_once(kept, production.episodes, os.cpu_count() or 1)
        chapters = [chapter for chapter, _ in made]
        tally.begin("book", production.facts.title)
        bound(production.facts, chapters, tools)
        figures = {
            "sound_s": sum(chapter.length for chapter in chapters) / 48_000,
            "wall_s": time.monotonic() - begun,
            "clips": sum(clips for _, clips in made),
            "episodes": len(chapters),
            **{f"step {step}": spent for step, spent in tally.work().seconds.items()},
        }
        spent = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
        figures["cpu_s"] = sum(one.ru_utime + one.ru_stime for one in spent)
        (folder / "made.json").write_text(json.dumps(figures), encoding="utf-8")
        some = production.episodes[::every] if every else ()
        found = [asdict(gate) for one in some for gate in hold(whole(one), folder, tools)]
        (folder / "gates.json").write_text(json.dumps(found, default=str), encoding="utf-8")


def drawing(episodes: Iterable[Planned], tools: Tools) -> float:
    """Draw the covers; returns how many seconds that took."""
    begun = time.monotonic()
    for episode in episodes:
        drawn(episode, tools)
    return time.monotonic() - begun


def hold(episode: Bound, place: Path, tools: Tools) -> Iterator[Gate]:
    """Hold a chapter's sound, a film's and the book's among it, to the standards of sound, pauses and passages."""
    reach, film_sound = tools.shelf.reach, place / "film.m4a"
    tools.sound.film_sound(reach(episode.master.key), film_sound)
    mp3, part = reach(episode.mp3.key), reach(book_part(episode.master.key, tools))
    spans = [Span(seconds(said.start), seconds(said.end)) for said in episode.timeline.utterances]
    evidence = Evidence(
        timeline=episode.timeline,
        pace=episode.pace,
        captions=episode.captions,
        listing=episode.listing,
        film=NO_FILM,
        film_sound=tools.inspector.sound(film_sound),
        mp3=tools.inspector.sound(mp3),
        clips=tuple(clip.facts for clip in episode.clips),
        levels=tools.inspector.levels(mp3, spans),
        master=tools.inspector.coding(reach(episode.master.key)),
        mp3_coding=tools.inspector.coding(mp3),
        book_part=tools.inspector.book_part(part),
    )
    yield from standard_gates((*SOUND, *PAUSES, *NARRATION), evidence)


def held(folder: Path) -> int:
    """Print the lowest and the highest of what each standard found in the chapters; returns how many do not hold."""
    found: dict[tuple[str, str, str], list[dict[str, Any]]] = defaultdict(list)
    for gate in json.loads((folder / "gates.json").read_text(encoding="utf-8")):
        found[gate["id"], gate["name"], gate["wanted"]].append(gate)
    for (id_, name, wanted), gates in found.items():
        values = sorted(
            (gate["value"] for gate in gates),
            key=lambda value: float(value.split()[0].rstrip("%")) if value[0] in "-0123456789" else 0.0,
        )
        verdict = "pass" if all(gate["passed"] for gate in gates) else "FAIL"
        print(f"  {id_:4} {name:48} {values[0]:>24} ... {values[-1]:24} {wanted:24} {verdict}")
    return sum(not gate["passed"] for gates in found.values() for gate in gates)


if __name__ == "__main__":
    main()
