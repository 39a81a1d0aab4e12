"""Never twice, never lost: whatever breaks and whoever is killed, each film is on the channel once, and whole.

`HYPOTHESIS_PROFILE=prove` sends 1,000 small films and 20 of 200 MB.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections import Counter
from dataclasses import asdict, dataclass
from pathlib import Path

import pytest

from media_service.domain.publication import UploadState
from tests.steps.publishing import presented
from tests.youtube.scene import QUANTUM, Scene, channel
from tests.youtube.storm import Ledger, Plan, publication, sent

pytestmark = [
    pytest.mark.enable_socket,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="the uploader's lives are forked"),
]

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Weather:
    """How many films of which size, and how bad it is."""

    films: int
    size: int
    chunk: int
    share: float
    """Of all steps of sending that go wrong."""
    lists: int
    """Each so manieth call for the channel's list of videos goes wrong; a search asks for it page by page."""
    life_s: tuple[float, float]
    patience_s: float


SMALL = Weather(40, 3 * QUANTUM, QUANTUM, 0.2, 5, (0.1, 1.0), 240)
MANY = Weather(1000, 3 * QUANTUM, QUANTUM, 0.2, 50, (0.5, 20.0), 3600)
LARGE = Weather(40, 200_000_000, 8 << 20, 0.1, 5, (1.0, 8.0), 3600)
WEATHERS = {"many": MANY, "large": LARGE} if os.environ.get("HYPOTHESIS_PROFILE") == "prove" else {"some": SMALL}


def write(plan: Plan, weather: Weather) -> dict[int, str]:
    """Write the films, every other one a single chunk, unlike all others; returns their hashes."""
    hashes = {}
    for number in range(weather.films):
        head = os.urandom(min(weather.size, 1 << 20) - number)
        content = head * (weather.size // len(head) + 1)
        film = content[: (weather.size if number % 2 else weather.chunk // 2) + number * 13]
        plan.film(number).write_bytes(film)
        hashes[number] = hashlib.sha256(film).hexdigest()
    return hashes


def rules(weather: Weather) -> list[dict[str, object]]:
    """Let go wrong what a storm seldom hits: the answer to the last bytes, sessions when they are asked, the search."""
    ends = [
        *({"on": "videos.insert:bytes", "do": "lose", "skip": 4 * n} for n in range(1, weather.films)),
        *({"on": "videos.insert:ask", "do": "expire", "skip": 5 * n} for n in range(1, weather.films // 2)),
    ]
    lists = [
        {"on": name, "do": do, "skip": weather.lists * number}
        for name in ("channels.list", "playlistItems.list", "videos.list")
        for number, do in enumerate(("silent", "lose", "answer") * 20, 1)
    ]
    return [
        *ends,
        *lists,
        *({"on": "token", "do": do, "skip": 7 * n} for n, do in enumerate(("silent", "lose", "answer") * 9)),
    ]


@pytest.mark.parametrize("weather", WEATHERS.values(), ids=WEATHERS)
def test_each_film_arrives_once_and_whole(tmp_path: Path, weather: Weather, capsys: pytest.CaptureFixture[str]) -> None:
    with channel(tmp_path / "channel") as running:
        scene = Scene(running, tmp_path)
        token = scene.access().refresh_token
        plan = Plan(str(tmp_path), running.url, token, weather.films, weather.chunk, 20, weather.life_s)
        wanted = write(plan, weather)
        scene.ask(
            "faults", {"storm": {"seed": 20, "share": weather.share, "on": "videos.insert*"}, "rules": rules(weather)}
        )
        command = [sys.executable, "-m", "tests.youtube.storm", json.dumps(asdict(plan))]
        ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=weather.patience_s, check=False)
        assert ran.returncode == 0, ran.stderr
        there = scene.ask("state")
    ledger = Ledger(plan)
    kept = {number: ledger.of(number) for number in wanted}
    assert all(upload.state is UploadState.ARRIVED and not upload.session for upload in kept.values())
    assert {upload.video: wanted[number] for number, upload in kept.items()} == {
        video["id"]: video["file"]["sha256"] for video in there["videos"]
    }
    assert len(there["videos"]) == weather.films
    for video in there["videos"]:
        assert video["status"]["privacyStatus"] == "private"
    marks = Counter(tag for video in there["videos"] for tag in video["snippet"]["tags"] if tag.startswith("bt-"))
    assert marks == Counter(publication(number, upload).marker for number, upload in kept.items())
    kills, (unknown, adopted) = int(ran.stdout), ledger.lost_and_found()
    asked = Counter(f"{call['method']} {call['status']}" for call in there["calls"])
    sessions = sum(count for name, count in asked.items() if name.startswith("videos.insert"))
    ledger.close()
    assert kills > 0
    assert unknown > 0
    assert sessions > weather.films
    with capsys.disabled():
        print(
            f"\n{weather.films} films: {kills} kills, {sessions} calls of videos.insert,"
            f" {unknown} times unknown, {adopted} then found"
        )


def test_a_film_that_nobody_heard_of_arriving_is_found_and_not_sent_again(scene: Scene) -> None:
    plan = Plan(str(scene.folder), scene.running.url, "", 1, QUANTUM, 0, (0.0, 0.0))
    plan.film(0).write_bytes(os.urandom(1000))
    episode, _ = presented(scene.folder / "episode")
    ledger = Ledger(plan)
    lost = [{"on": "videos.insert:bytes", "do": "lose"}, {"on": "videos.insert:ask", "do": "expire", "skip": 1}]
    scene.ask("faults", {"rules": lost})
    before = len(scene.ask("state")["videos"])
    while not sent(0, episode, ledger, scene.channel(), plan):
        pass
    assert len(scene.ask("state")["videos"]) == before + 1
    assert scene.calls.count("videos.insert") == 1
    assert ledger.lost_and_found() == (1, 1)
    ledger.close()
