"""Clips and silences joined into an episode's master: one level, one ceiling, room tone throughout, sample for sample.

The parts flow through one by one; what is kept is a file beside the master, removed whatever happens.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from media_service.ffmpeg import command, loudness
from media_service.ffmpeg.clip import LEVEL_LUFS
from media_service.ffmpeg.command import Chain
from media_service.ffmpeg.loudness import Aim, Loudness
from media_service.ffmpeg.process import Ffmpeg
from media_service.ffmpeg.streams import samples
from media_service.ports import Silence

AIM = Aim(lufs=-19.0, peak_dbtp=-3.3)
"""Standards A1 and A3; the peak with something in hand for the codecs that follow."""
LIMIT_DB = -3.5
MOST_LIMITED_DB = 6.0
"""Peaks that would lose more than this to the limiter go through the compressor first."""
COMPRESSED_DB = 4.0
"""What the compressor is expected to take from the loudness of such speech."""
PIECE = 48_000
"""Samples of silence written at a time."""
BYTES = 2
"""Of one gathered sample."""


def master(ffmpeg: Ffmpeg, parts: Iterable[Path | Silence], path: Path) -> int:
    """Write the master and return its length, which is that of all parts together; see `ports.Sound.master`."""
    gathered = path.with_name(f"{path.name}.pcm")
    try:
        heard = loudness.read(ffmpeg.run(command.gather(gathered), feed=_flow(parts), heed=True))
        length = gathered.stat().st_size // BYTES

        def render(chain: Chain) -> Loudness:
            return loudness.read(ffmpeg.run(command.master(gathered, length, chain, path), heed=True))

        loudness.settle(AIM, first_chain(heard), render)
        return length
    finally:
        gathered.unlink(missing_ok=True)


def first_chain(heard: Loudness) -> Chain:
    """Return the chain to begin with; what is too short to be measured is taken to lie where clips are levelled."""
    level = LEVEL_LUFS if heard.lufs is None else heard.lufs
    gain = AIM.lufs - level
    if heard.peak_dbtp + gain - LIMIT_DB <= MOST_LIMITED_DB:
        return Chain(gain, LIMIT_DB)
    return Chain(gain + COMPRESSED_DB, LIMIT_DB, threshold_db=level + 4.0)


def _flow(parts: Iterable[Path | Silence]) -> Iterator[bytes]:
    for part in parts:
        if isinstance(part, Silence):
            for start in range(0, part.length, PIECE):
                yield bytes(BYTES * min(PIECE, part.length - start))
        else:
            yield from (piece.tobytes() for piece in samples(part))
