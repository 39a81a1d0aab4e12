"""Makes one shot of every kind on a shelf, as a film's step does: `python -m tests.ffmpeg.shooting FOLDER`.

FOLDER holds the slides; each shot that is there is told on the output.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from media_service.domain.motion import Way, move
from media_service.domain.product import Key
from media_service.domain.read_along import Box, Lettering, Lit
from media_service.ffmpeg.film import FfmpegFilm
from media_service.ffmpeg.process import bundled
from media_service.files.shelf import FolderShelf
from media_service.screens import Lettered, Shown
from media_service.tally import Tally


def main(folder: Path) -> None:
    """Make the shots."""
    film, shelf = FfmpegFilm(bundled()), FolderShelf(folder / "shelf", Tally())
    one, other = folder / "one.png", folder / "other.png"
    letters = Lettered(folder / "block.png", Lettering(Box(560, 800, 1360, 1000), (Box(600, 820, 800, 900),)))
    shots: dict[str, Callable[[Path], None]] = {
        "still": lambda path: film.still(Shown(one), 90, path),
        "fade": lambda path: film.fade(Shown(one), Shown(other), 8, path),
        "nearer": lambda path: film.moving(other, move(Way.NEARER, 100), range(8), path),
        "passed": lambda path: film.moving(other, move(Way.RIGHTWARD, 100), range(8), path),
        "read": lambda path: film.read(Shown(one, letters=letters), (Lit(0, 0, 9), Lit(0, 1, 20)), path),
    }
    for name, make in shots.items():
        shelf.obtain(Key("shot", name, ".mp4"), type(None), make)
        print(name, flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
