"""How many spoilt clips the quality report finds, and how many good ones it blames, on all sentences of our works.

Each sentence is spoken by its own voice, then spoilt in each of these ways: half of it cut off, said twice, silence put
into its middle, overdriven, read by an English voice, another sentence in its place. A fifth of an episode is spoilt at
a time. `python -m benchmarks.spoilt_clips`
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table

from media_service import actions
from media_service.domain.episode import Planned
from media_service.domain.gates.narration import NARRATION
from media_service.domain.gates.standard import gates
from media_service.domain.passages import Passage
from media_service.domain.timeline import Clip, lay_out, seconds
from media_service.domain.workload import syllables
from media_service.ffmpeg.process import bundled
from media_service.ffmpeg.sound import FfmpegSound
from media_service.intake.folder import JobFolders
from media_service.ports import Recording
from media_service.speech.engines import Engines
from media_service.speech.profiles import load
from tests.domain.test_gates import good

ROOT = Path(__file__).parents[1]
JOBS = ("rua-con-ve-bien", "su-tich-dua-hau", "gioi-thieu-de-men", "thap-po-sah-inu")
AT_A_TIME = 5
"""One clip in so many is spoilt at once."""
LEAST_SYLLABLES = 4
"""What is shorter has no length to go by: half of “Hây dô!” is a syllable, and so is a slow one."""
ENGLISH = "en-us"

Spoil = Callable[[Recording], Recording]


@dataclass(frozen=True)
class Spoken:
    """A passage, what its voice gave, and the clip of it."""

    passage: Passage
    recording: Recording
    clip: Clip


def half(recording: Recording) -> Recording:
    """Cut the second half off."""
    return replace(recording, pcm=recording.pcm[: len(recording.pcm) // 4 * 2])


def twice(recording: Recording) -> Recording:
    """Say it twice."""
    return replace(recording, pcm=recording.pcm * 2)


def silent_inside(recording: Recording) -> Recording:
    """Put a second and a half of silence into the middle."""
    middle = len(recording.pcm) // 4 * 2
    silence = bytes(recording.sample_rate * 3)  # a second and a half
    return replace(recording, pcm=recording.pcm[:middle] + silence + recording.pcm[middle:])


def overdriven(recording: Recording) -> Recording:
    """Turn it up twelvefold, beyond what samples can hold."""
    sound = np.frombuffer(recording.pcm, "<i2").astype(np.int32) * 12
    return replace(recording, pcm=np.clip(sound, -32768, 32767).astype("<i2").tobytes())


SPOILT: dict[str, tuple[Spoil, set[str]]] = {
    "half cut off": (half, {"N2"}),
    "said twice": (twice, {"N3"}),
    "silence inside": (silent_inside, {"N5"}),
    "overdriven": (overdriven, {"N4"}),
}
"""How, and which standards must find it."""


class Studio:
    """Speaks the passages of an episode and listens to what becomes of them when they are spoilt."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "clip.flac"
        self._speech, self._sound = Engines(), FfmpegSound(bundled())

    def speak(self, episode: Planned, english: bool = False) -> list[Spoken]:
        """Speak every passage, by its own voice or by an English one."""
        return [self._spoken(passage, episode, english) for passage in episode.passages]

    def _spoken(self, passage: Passage, episode: Planned, english: bool) -> Spoken:
        voice = replace(passage.voice, id=ENGLISH) if english else passage.voice
        recording = replace(self._speech.speak(passage.spoken().text, voice, episode.pace.articulation), words=())
        return Spoken(passage, recording, self.clip(recording))

    def clip(self, recording: Recording) -> Clip:
        """Make a recording a clip, as a production does."""
        return self._sound.clip(recording, self._path)


def blamed(episode: Planned, clips: Sequence[Clip]) -> Counter[int]:
    """Return the places of the clips that the report blames; {place: how many standards}."""
    timeline = lay_out(episode.passages, clips)
    evidence = replace(good(), timeline=timeline, clips=tuple(clips), pace=episode.pace, levels=())
    place = {seconds(said.start): number for number, said in enumerate(timeline.utterances)}
    return Counter(place[flaw.at_s] for gate in gates(NARRATION, evidence) for flaw in gate.flaws)


def spoilt(episode: Planned, spoken: Sequence[Spoken], others: Sequence[Clip]) -> Iterator[tuple[bool, bool]]:
    """Yield of every passage long enough whether it is found when spoilt, and whether a good one is blamed."""
    for first in range(AT_A_TIME):
        bad = set(range(first, len(spoken), AT_A_TIME))
        found = blamed(episode, [others[place] if place in bad else one.clip for place, one in enumerate(spoken)])
        for place in bad:
            if syllables(spoken[place].passage.spoken().text) >= LEAST_SYLLABLES:
                yield place in found, bool(found.keys() - bad)


def episodes(job: str) -> tuple[Planned, ...]:
    """Return the episodes of a shipped job."""
    return actions.look_over(ROOT / "jobs" / job, JobFolders(()), load((ROOT / "voices",)))[1]


def measure(episode: Planned, studio: Studio) -> tuple[int, dict[str, list[bool]], int]:
    """Return the false alarms on the episode as it is, what was found of each way to spoil it, and its passages."""
    spoken = studio.speak(episode)
    ways = {name: [studio.clip(way(one.recording)) for one in spoken] for name, (way, _) in SPOILT.items()}
    ways["an English voice"] = [one.clip for one in studio.speak(episode, english=True)]
    ways["another sentence"] = [after.clip for _, after in pairwise([*spoken, spoken[0]])]
    found = {name: [was for was, _ in spoilt(episode, spoken, others)] for name, others in ways.items()}
    return len(blamed(episode, [one.clip for one in spoken])), found, len(spoken)


def main() -> int:
    """Measure, print a table, and return 1 where a limit is not kept."""
    table = Table("spoilt", "clips", "found", "limit", "holds")
    found: dict[str, list[bool]] = {}
    alarms = passages = 0
    with tempfile.TemporaryDirectory() as folder:
        studio = Studio(Path(folder))
        for job in JOBS:
            for episode in episodes(job):
                wrong, ways, count = measure(episode, studio)
                alarms, passages = alarms + wrong, passages + count
                for name, was in ways.items():
                    found.setdefault(name, []).extend(was)
    kept = alarms == 0
    for name, was in found.items():
        limit = 0.95 if name in SPOILT else None
        holds = limit is None or sum(was) / len(was) >= limit
        kept &= holds
        table.add_row(
            name,
            str(len(was)),
            f"{sum(was) / len(was):.1%}",
            f"≥ {limit:.0%}" if limit else "told",
            "yes" if holds else "NO",
        )
    table.add_row("as they are", str(passages), f"{alarms} blamed", "0", "yes" if alarms == 0 else "NO")
    Console().print(table)
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
