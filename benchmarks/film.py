"""Films of stills and of slow motion: ours, MoviePy 2.2 and plain ffmpeg, on the same pictures in one run.

    python -m benchmarks.film [--only stills|motion|step] [--moviepy PYTHON] [--minutes 10]

MoviePy wants older libraries than ours and so has an environment of its own: PYTHON names its interpreter; without it
one is made in .venv-moviepy. The rivals encode frame by frame, so a film of theirs is as much dearer as it is longer:
they make the first two of the twelve stills, as long as in the whole film, and one of the two moves; what the whole
takes them is told from that. Prints each figure with its limit. Wall seconds mean something on a quiet machine only.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path
from typing import TypeVar

from benchmarks.film_pictures import hum, narration, pictures
from media_service.domain.motion import Move, Way, move
from media_service.ffmpeg import drawn
from media_service.ffmpeg import frames as drawing
from media_service.ffmpeg.film import FfmpegFilm
from media_service.ffmpeg.process import Ffmpeg, bundled
from media_service.ffmpeg.sound import FfmpegSound
from media_service.screens import Shown

MOVIEPY = "moviepy==2.2.1"
RATE = 30
SIZE = (1920, 1080)
MOVED_S = 8
"""Seconds of motion a picture has."""
RIVAL_STILLS, RIVAL_MOVES = 2, 1
"""What the rivals make of a film."""
AT_ONCE = 3
CEILING_MB = 400
T = TypeVar("T")


@dataclass
class Table:
    """Figures with their limits, printed as they come."""

    failed: list[str] = field(default_factory=list)

    def tell(self, what: str, figure: float, limit: str = "", *, unit: str = "s") -> None:
        """Print a figure; `limit` is `<= x` or `>= x`, empty where there is none."""
        verdict = ""
        if limit:
            sign, number = limit.split()
            passed = figure <= float(number) if sign == "<=" else figure >= float(number)
            verdict = "pass" if passed else "FAIL"
            if not passed:
                self.failed.append(what)
        print(f"{what:58} {figure:9.2f} {unit:5} {limit:>9} {verdict}", flush=True)


def timed(do: Callable[[], object]) -> float:
    """Return the wall seconds of a call."""
    begun = time.perf_counter()
    do()
    return time.perf_counter() - begun


def at_once(calls: list[Callable[[], object]]) -> None:
    """Do calls a few at a time, as the film's step does."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for done in [pool.submit(call) for call in calls]:
            done.result()


def ours_stills(film: FfmpegFilm, slides: list[Path], seconds: int, folder: Path) -> list[Path]:
    """Render stills of equal length with cross-fades between them; the sound is joined later."""
    whole, fade = seconds * RATE // len(slides), 16
    calls: list[Callable[[], object]] = []
    paths: list[Path] = []
    for number, slide in enumerate(slides):
        last = number + 1 == len(slides)
        paths.append(folder / f"{number}-still.mp4")
        frames = whole if last else whole - fade
        calls.append(lambda slide=slide, frames=frames, path=paths[-1]: film.still(Shown(slide), frames, path))
        if not last:
            paths.append(folder / f"{number}-fade.mp4")
            after = slides[number + 1]
            calls.append(lambda a=slide, b=after, path=paths[-1]: film.fade(Shown(a), Shown(b), fade, path))
    at_once(calls)
    return paths


def plain_ffmpeg(slides: list[Path], seconds: int, sound: Path, folder: Path) -> None:
    """Do what the manual of ffmpeg says: a list of pictures with durations, encoded frame by frame."""
    each = seconds / len(slides)
    lines = "".join(f"file '{slide}'\nduration {each}\n" for slide in slides)
    (folder / "list.txt").write_text(f"ffconcat version 1.0\n{lines}file '{slides[-1]}'\n", encoding="utf-8")
    command = [bundled(), "-y", "-v", "error", "-f", "concat", "-safe", "0", "-i", folder / "list.txt", "-i", sound]
    shape = ["-vf", "fps=30,format=yuv420p", "-c:v", "libx264", "-c:a", "copy", "-t", str(seconds)]
    subprocess.run([*map(str, command), *shape, str(folder / "plain.mp4")], check=True)


def moviepy(python: str, mode: str, slides: list[Path], seconds: float, sound: Path) -> None:
    """Let MoviePy make the same film, beside its sound."""
    script = Path(__file__).with_name("film_by_moviepy.py")
    made = sound.with_name("moviepy.mp4")
    subprocess.run(
        [python, str(script), mode, str(seconds), str(sound), str(made), *map(str, slides)],
        check=True,
        stdout=subprocess.DEVNULL,
    )


def moviepy_python(given: str | None) -> str:
    """Return an interpreter that has MoviePy."""
    if given:
        return given
    folder = Path(".venv-moviepy")
    python = folder / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
        subprocess.run([str(python), "-m", "pip", "install", "--quiet", MOVIEPY], check=True)
    return str(python.absolute())


def stills(table: Table, python: str, minutes: int, folder: Path) -> None:
    """Twelve stills: ten minutes three ways, an hour our way."""
    film, slides = FfmpegFilm(bundled()), pictures(folder)
    seconds = minutes * 60
    sound = hum(seconds, folder / "hum.m4a")
    shots: list[Path] = []
    picture_s = timed(lambda: shots.extend(ours_stills(film, slides, seconds, folder)))
    joined_s = timed(lambda: film.join(shots, sound, "vi", folder / "ours.mp4"))
    ours = picture_s + joined_s
    table.tell(f"{minutes} min of stills, ours: pictures", picture_s)
    table.tell(f"{minutes} min of stills, ours: joining with the sound", joined_s)
    hour_folder = folder / "hour"
    hour_folder.mkdir()
    hour = timed(lambda: ours_stills(film, slides, 3600, hour_folder))
    table.tell("1 hour of stills, ours: pictures", hour)
    table.tell("1 hour : ten minutes, pictures", hour / picture_s, "<= 1.5", unit="x")
    share = len(slides) / RIVAL_STILLS
    part, part_s = slides[:RIVAL_STILLS], int(seconds / share)
    plain = share * timed(lambda: plain_ffmpeg(part, part_s, sound, folder))
    table.tell(f"{minutes} min of stills, plain ffmpeg ({share:g} x {part_s} s)", plain)
    table.tell("plain ffmpeg : ours", plain / ours, ">= 15", unit="x")
    theirs = share * timed(lambda: moviepy(python, "stills", part, part_s, sound))
    table.tell(f"{minutes} min of stills, MoviePy ({share:g} x {part_s} s)", theirs)
    table.tell("MoviePy : ours", theirs / ours, ">= 40", unit="x")


def motion(table: Table, python: str, folder: Path) -> None:
    """Slow motion: ours, x264 alone with the same frames drawn beforehand, MoviePy."""
    slides = pictures(folder)[:2]
    plans = [move(way, MOVED_S * RATE) for way in (Way.NEARER, Way.RIGHTWARD)]

    moving, own, child = apart(moves, slides, plans, folder)
    program = Ffmpeg(bundled())
    frames = [drawn_beforehand(program, slide, plan, folder) for slide, plan in zip(slides, plans, strict=True)]

    def alone(number: int) -> None:
        arguments = drawn.encoded(SIZE, drawn.groups(len(frames[number])), drawn.MOVING_CRF, folder / f"{number}.mp4")
        program.run(arguments, frames[number])

    encoding = timed(lambda: at_once([lambda: alone(0), lambda: alone(1)]))
    frames.clear()
    table.tell(f"{len(slides)} moves of {MOVED_S} s, x264 alone on frames in memory", encoding)
    table.tell(f"{len(slides)} moves of {MOVED_S} s, ours", moving)
    table.tell("ours : x264 alone", moving / encoding, "<= 1.3", unit="x")
    peaks(table, "moves", own, child)
    share = len(slides) / RIVAL_MOVES
    sound = hum(MOVED_S, folder / "hum.m4a")
    theirs = share * timed(lambda: moviepy(python, "motion", slides[:RIVAL_MOVES], MOVED_S * RIVAL_MOVES, sound))
    table.tell(f"{len(slides)} moves of {MOVED_S} s, MoviePy ({share:g} x {MOVED_S} s)", theirs)
    table.tell("MoviePy : ours", theirs / moving, ">= 3", unit="x")


def moves(slides: list[Path], plans: list[Move], folder: Path) -> float:
    """Make two moves at once; return the wall seconds."""
    film = FfmpegFilm(bundled())

    def ours(number: int) -> None:
        plan = plans[number]
        film.moving(slides[number], plan, range(plan.frames), folder / f"ours-{number}.mp4")

    return timed(lambda: at_once([lambda: ours(0), lambda: ours(1)]))


def drawn_beforehand(program: Ffmpeg, slide: Path, plan: Move, folder: Path) -> list[bytes]:
    """Return every frame of a move, in memory."""
    size = (SIZE[0] * drawing.FINER, SIZE[1] * drawing.FINER)
    program.run(drawn.plain(slide, size, folder / "sheet"))
    (sheet,) = drawing.read(folder / "sheet", size)
    return [bytes(one) for one in drawing.moved(sheet, plan, range(plan.frames), SIZE)]


def apart(what: Callable[..., T], *given: object) -> tuple[T, float, float]:
    """Do something in a fresh process; return what came of it, and the most memory, in MiB, of it and of a child."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as one:
        return one.submit(_weighed, what, *given).result()


def _weighed(what: Callable[..., T], *given: object) -> tuple[T, float, float]:
    made = what(*given)
    status = Path("/proc/self/status").read_text(encoding="utf-8")  # the other count begins with our parent's memory
    own = int(status.split("VmHWM:")[1].split()[0]) / 1024
    return made, own, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def whole_step(master: Path, slides: list[Path], seconds: int, folder: Path) -> float:
    """Make a still film and its sound; return the wall seconds."""
    film, sound = FfmpegFilm(bundled()), FfmpegSound(bundled())
    shots: list[Path] = []

    def shoot() -> None:
        shots.extend(ours_stills(film, slides, seconds, folder))

    def whole() -> None:
        with ThreadPoolExecutor(1) as beside:
            heard = beside.submit(sound.film_sound, master, folder / "film.m4a")
            shoot()
            heard.result()
        film.join(shots, folder / "film.m4a", "vi", folder / "film.mp4")

    return timed(whole)


def step(table: Table, minutes: int, folder: Path) -> None:
    """Make the whole of an audiobook's still film, its sound encoded too: against the clock, and its memory."""
    seconds = minutes * 60
    master = folder / "master.flac"
    narration(seconds, master)
    took, own, child = apart(whole_step, master, pictures(folder), seconds, folder)
    table.tell(f"film step of {minutes} min with its sound", took)
    table.tell("times real time", seconds / took, ">= 60", unit="x")
    peaks(table, "film step", own, child)


def peaks(table: Table, what: str, own: float, child: float) -> None:
    """Tell the most memory that two processes took."""
    table.tell(f"peak memory of the {what}", own, f"<= {CEILING_MB}", unit="MiB")
    table.tell(f"peak memory of a child of the {what}", child, f"<= {CEILING_MB}", unit="MiB")


def main() -> int:
    """Measure and print a table; 1 where a limit does not hold."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", choices=("stills", "motion", "step"))
    parser.add_argument("--moviepy", metavar="PYTHON")
    parser.add_argument("--minutes", type=int, default=10)
    asked = parser.parse_args()
    table = Table()
    python = moviepy_python(asked.moviepy) if asked.only != "step" else ""
    parts: dict[str, Callable[[Path], None]] = {
        "step": lambda folder: step(table, 6 * asked.minutes, folder),
        "motion": lambda folder: motion(table, python, folder),
        "stills": lambda folder: stills(table, python, asked.minutes, folder),
    }
    for name, part in parts.items():
        if asked.only in {None, name}:
            with tempfile.TemporaryDirectory() as folder:
                part(Path(folder))
    return 1 if table.failed else 0


if __name__ == "__main__":
    sys.exit(main())
