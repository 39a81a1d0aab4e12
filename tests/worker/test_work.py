"""One ring on a fake state: what is done, what is told of it, and how the work is ended from outside."""

from __future__ import annotations

import errno
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from media_service import pipeline
from media_service.domain.conclusion import Conclusion, finished
from media_service.domain.episode import Narrated, Planned
from media_service.domain.manifest import StepWork
from media_service.domain.planning import episodes
from media_service.domain.service import Outcome
from media_service.domain.stage import LIMITS, Queue, Ring
from media_service.errors import (
    DatabaseAwayError,
    InputError,
    NoSpaceError,
    PermanentError,
    ProductGoneError,
    SetupError,
    ToolFailedError,
    ToolKilledError,
    refused,
)
from media_service.messages import message
from media_service.ports import Progress, Tools
from media_service.settings import Settings
from media_service.worker import work
from media_service.worker.faults import Ending
from media_service.worker.stop import Stop
from media_service.worker.work import work_on, work_one
from tests import fakes, make
from tests.worker.state import AWAY, FakeBell, FakeSchedule, FakeStages, assignment, post, settings, stores

SAID = message("It is so.")


def planned() -> Planned:
    (episode,) = episodes(make.script(), make.cast(), {})
    return episode


def opener(folder: Path, **doors: object) -> Callable[[Settings, Progress], object]:
    @contextmanager
    def opened(_: Settings, progress: Progress) -> Iterator[Tools]:
        shelf = fakes.FolderShelf(folder / "output" / ".shelf", progress)
        yield fakes.tools(folder, make.script(), shelf=shelf, progress=progress, **doors)

    return opened


class Raising(fakes.FakeSpeech):
    def __init__(self, fault: Exception) -> None:
        super().__init__()
        self.fault = fault

    def speak(self, *_: object) -> object:
        raise self.fault


class Blocking(fakes.FakeSpeech):
    """Speaks only after it was allowed to; then the program it waited for was killed."""

    def __init__(self) -> None:
        super().__init__()
        self.begun, self.halted = threading.Event(), threading.Event()

    def speak(self, *_: object) -> object:
        self.begun.set()
        assert self.halted.wait(10), "nobody halted it"
        raise ToolKilledError(message("killed"))


@pytest.fixture
def stop() -> Iterator[Stop]:
    one = Stop()
    yield one
    one.close()


def outcome_of(stages: FakeStages) -> Outcome:
    ((what, outcome),) = stages.told
    assert what == "finish"
    return outcome


def test_a_piece_is_told_with_what_was_made_and_spoken(tmp_path: Path, stop: Stop) -> None:
    stages = FakeStages(assignment(), planned())
    assert work_one(7, 1, post(tmp_path, stages, opener(tmp_path)), stop) is Ending.DONE
    outcome = outcome_of(stages)
    assert (outcome.episode, outcome.next_step, outcome.pieces) == (None, None, 0)
    assert {made.key.product for made in outcome.products} == {"clip"}
    assert all(made.size and made.seconds is not None for made in outcome.products)
    assert outcome.engine == "hum"
    assert outcome.sound_s > 0


def test_a_piece_found_on_the_shelf_is_told_as_found(tmp_path: Path, stop: Stop) -> None:
    for expected in (True, False):
        stages = FakeStages(assignment(), planned())
        work_one(7, 1, post(tmp_path, stages, opener(tmp_path)), stop)
        outcome = outcome_of(stages)
        assert all((made.seconds is not None) is expected for made in outcome.products)
        assert bool(outcome.sound_s) is expected


def test_a_step_tells_the_episode_as_it_is_now_and_what_comes_next(tmp_path: Path, stop: Stop) -> None:
    stages = FakeStages(assignment(piece=None), planned())
    work_one(7, 1, post(tmp_path, stages, opener(tmp_path)), stop)
    outcome = outcome_of(stages)
    assert isinstance(outcome.episode, Narrated)
    assert outcome.next_step == "assemble"


def test_a_production_is_concluded_by_its_manifest(tmp_path: Path, stop: Stop) -> None:
    with opener(tmp_path)(settings(tmp_path), fakes.Tally()) as tools:
        shown = finished(pipeline.finish(planned(), tools))
    stages = FakeStages(assignment(step="conclude", episode=None, number=0, piece=None))
    stages.concludes = Conclusion("cay-khe", make.facts(), (shown,), StepWork({"clip": 2}, {}, {"narrate": 1.0}))
    assert work_one(7, 1, post(tmp_path, stages, opener(tmp_path)), stop) is Ending.DONE
    assert '"made_at": "2026-03-02T' in (tmp_path / "output" / "cay-khe" / "production.json").read_text()


def test_a_ring_whose_stage_is_not_to_be_had_does_nothing(tmp_path: Path, stop: Stop) -> None:
    stages = FakeStages(None)
    assert work_one(7, 1, post(tmp_path, stages, opener(tmp_path)), stop) is Ending.FENCED
    assert stages.told == []


def test_what_follows_is_rung_for_at_once(tmp_path: Path, stop: Stop) -> None:
    stages, bell = FakeStages(assignment(), planned()), FakeBell()
    stages.follows = (Queue.FILM,)
    due = [Ring(8, 1, queue, timedelta(1)) for queue in (Queue.SPEECH, Queue.FILM, Queue.MISC)]
    state = stores(stages, FakeSchedule(*due))
    work_one(7, 1, post(tmp_path, stages, opener(tmp_path), stores=state, bell=bell), stop)
    assert {ring.queue for ring in bell.rung} == {Queue.SPEECH, Queue.FILM}


def test_a_redis_that_is_away_takes_nothing_from_the_work(tmp_path: Path, stop: Stop) -> None:
    stages, bell = FakeStages(assignment(), planned()), FakeBell()
    bell.away = True
    assert work_one(7, 1, post(tmp_path, stages, opener(tmp_path), bell=bell), stop) is Ending.DONE
    assert outcome_of(stages).products


FAULTS = {
    "nobody's fault": (NoSpaceError(SAID), Ending.POSTPONED, ("postpone", "It is so.", "", timedelta(seconds=30))),
    "a fault that may pass": (ToolKilledError(SAID), Ending.FAILED, ("postpone", "It is so.", "", None)),
    "a lost product": (ProductGoneError(SAID), Ending.STARTED_OVER, ("start over",)),
    "a fault of this machine": (SetupError(SAID), Ending.FAILED, ("postpone", "It is so.", "", None)),
    "a fault for a person": (PermanentError(SAID), Ending.QUARANTINED, ("quarantine", "It is so.", "")),
    "a refusal": (ToolFailedError(SAID, "last words"), Ending.QUARANTINED, ("quarantine", "It is so.", "last words")),
    "a fault with a place": (
        refused("script.md", SAID, 12),
        Ending.QUARANTINED,
        ("quarantine", "script.md:12: It is so.", ""),
    ),
}


@pytest.mark.parametrize(("fault", "ending", "told"), FAULTS.values(), ids=FAULTS)
def test_a_fault_becomes_what_it_means(
    fault: Exception, ending: Ending, told: tuple[object, ...], tmp_path: Path, stop: Stop
) -> None:
    stages = FakeStages(assignment(), planned())
    assert work_one(7, 1, post(tmp_path, stages, opener(tmp_path, speech=Raising(fault))), stop) is ending
    assert stages.told == [told]


def test_further_faults_of_an_input_are_kept(tmp_path: Path, stop: Stop) -> None:
    faults = [refused("a.md", SAID, line).faults[0] for line in (3, 1)]
    stages = FakeStages(assignment(), planned())
    work_one(7, 1, post(tmp_path, stages, opener(tmp_path, speech=Raising(InputError(faults)))), stop)
    assert stages.told == [("quarantine", "a.md:1: It is so.", "a.md:3: It is so.")]


def test_a_fault_of_the_program_counts_as_a_try_and_shows_where_it_was(tmp_path: Path, stop: Stop) -> None:
    stages = FakeStages(assignment(), planned())
    fault = OSError(errno.EIO, "the disk is odd")
    work_one(7, 1, post(tmp_path, stages, opener(tmp_path, speech=Raising(fault))), stop)
    ((what, said, lines, after),) = stages.told
    assert (what, after) == ("postpone", None)
    assert "the disk is odd" in said
    assert "in speak" in lines


def test_nothing_is_begun_where_the_disk_has_no_room(tmp_path: Path, stop: Stop) -> None:
    stages, speech = FakeStages(assignment(), planned()), fakes.FakeSpeech()
    full = settings(tmp_path, free_bytes=10**18)
    work_one(7, 1, post(tmp_path, stages, opener(tmp_path, speech=speech), settings=full), stop)
    assert stages.told[0][0] == "postpone"
    assert stages.told[0][-1] == timedelta(seconds=30)
    assert not speech.spoken


class Broken(FakeSchedule):
    """Cannot say what is due."""

    def __init__(self, fault: Exception) -> None:
        super().__init__()
        self.fault = fault

    def due(self, *_: object) -> tuple[Ring, ...]:
        raise self.fault


@pytest.mark.parametrize("fault", [NoSpaceError(SAID), KeyError("a step of tomorrow")], ids=["full disk", "odd row"])
def test_what_keeps_others_from_being_rung_for_takes_nothing_from_the_work(
    fault: Exception, tmp_path: Path, stop: Stop
) -> None:
    stages = FakeStages(assignment(), planned())
    state = stores(stages, Broken(fault))
    assert work_one(7, 1, post(tmp_path, stages, opener(tmp_path), stores=state), stop) is Ending.DONE
    assert outcome_of(stages).products


class Slow(FakeBell):
    """A Redis that hangs for longer than a lease."""

    def length(self, queue: Queue) -> int:
        time.sleep(0.5)
        return super().length(queue)


def test_a_redis_that_hangs_does_not_cost_the_lease(tmp_path: Path, stop: Stop) -> None:
    stages, beats = FakeStages(assignment(), planned()), list[int]()

    class Noting(fakes.FakeSpeech):
        def speak(self, *given: object) -> object:
            beats.append(stages.beats)
            return super().speak(*given)

    place = post(tmp_path, stages, opener(tmp_path, speech=Noting()), bell=Slow())
    assert work_one(7, 1, place, stop) is Ending.DONE
    assert beats[0]


@pytest.mark.parametrize("fault", [AWAY, NoSpaceError(SAID)], ids=["away", "full"])
def test_a_database_away_for_a_moment_is_told_in_the_end(fault: Exception, tmp_path: Path, stop: Stop) -> None:
    stages = FakeStages(assignment(), planned())
    stages.away, stages.fault = 1, fault
    patient = settings(tmp_path, lease=timedelta(seconds=5))
    assert work_one(7, 1, post(tmp_path, stages, opener(tmp_path), settings=patient), stop) is Ending.DONE
    assert outcome_of(stages).products


def test_a_database_away_until_the_lease_is_over_is_given_up(tmp_path: Path, stop: Stop) -> None:
    stages = FakeStages(assignment(), planned())
    stages.away = 10**9
    begun = time.monotonic()
    patient = settings(tmp_path, lease=timedelta(seconds=2))
    with pytest.raises(DatabaseAwayError):
        work_one(7, 1, post(tmp_path, stages, opener(tmp_path), settings=patient), stop)
    assert time.monotonic() - begun < 4
    assert stages.told == []


def ended_from_outside(tmp_path: Path, stop: Stop, stages: FakeStages, meanwhile: Callable[[], None]) -> float:
    """Work on something that never ends by itself, while something happens; returns how long it took to end it."""
    speech, codes = Blocking(), []
    place = post(tmp_path, stages, opener(tmp_path, speech=speech), halt=speech.halted.set, leave=codes.append)
    happened: list[float] = []

    def happen() -> None:
        assert speech.begun.wait(10)
        happened.append(time.monotonic())
        meanwhile()

    beside = threading.Thread(target=happen)
    beside.start()
    assert work_one(7, 1, place, stop) is Ending.LEFT
    beside.join()
    assert codes == [0]
    return time.monotonic() - happened[0]


def test_a_worker_asked_to_stop_halts_its_programs_and_hands_its_stage_back(tmp_path: Path, stop: Stop) -> None:
    stages = FakeStages(assignment(), planned())
    assert ended_from_outside(tmp_path, stop, stages, stop.ask) < 2
    assert stages.told == [("hand back",)]


def test_a_stage_that_is_cancelled_is_stopped_at_the_next_beat(tmp_path: Path, stop: Stop) -> None:
    stages = FakeStages(assignment(), planned())
    assert ended_from_outside(tmp_path, stop, stages, lambda: setattr(stages, "ours", False)) < 2
    assert stages.told == []


@pytest.mark.parametrize("fault", [AWAY, NoSpaceError(SAID), OSError("odd")], ids=["away", "full", "odd"])
def test_a_worker_that_cannot_say_that_it_lives_stops_when_its_lease_is_over(
    fault: Exception, tmp_path: Path, stop: Stop
) -> None:
    stages = FakeStages(assignment(), planned())
    stages.fault = fault
    assert ended_from_outside(tmp_path, stop, stages, lambda: setattr(stages, "away", 10**9)) < 2
    assert stages.told == []


def test_what_takes_far_too_long_is_stopped_and_counted(
    tmp_path: Path, stop: Stop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(LIMITS, "narrate", timedelta(seconds=0.2))
    stages = FakeStages(assignment(), planned())
    ended_from_outside(tmp_path, stop, stages, lambda: None)
    ((what, said, _, after),) = stages.told
    assert (what, after) == ("postpone", None)
    assert "longer than 0 minutes" in said


def test_long_work_keeps_its_lease(tmp_path: Path, stop: Stop) -> None:
    stages = FakeStages(assignment(), planned())

    class Slow(fakes.FakeSpeech):
        def speak(self, *given: object) -> object:
            deadline = time.monotonic() + 10
            while stages.beats < 4:
                assert time.monotonic() < deadline
                time.sleep(0.01)
            return super().speak(*given)

    assert work_one(7, 1, post(tmp_path, stages, opener(tmp_path, speech=Slow())), stop) is Ending.DONE


WAITING = [Ring(stage, 1, Queue.SPEECH, timedelta(minutes=1)) for stage in (8, 9)]


def test_a_child_goes_on_with_what_waits(tmp_path: Path, stop: Stop) -> None:
    stages, bell = FakeStages(assignment(), planned()), FakeBell(*WAITING)
    work_on((7, 1), post(tmp_path, stages, opener(tmp_path), bell=bell), stop)
    assert [what for what, *_ in stages.told] == ["finish"] * 3
    assert bell.rung == []


@pytest.mark.parametrize("why", ["its shift is over", "it is to stop", "the work went wrong", "redis is away"])
def test_a_child_begins_nothing_more_where(
    why: str, tmp_path: Path, stop: Stop, monkeypatch: pytest.MonkeyPatch
) -> None:
    stages, bell = FakeStages(assignment(), planned()), FakeBell(*WAITING)
    faults = {"speech": Raising(ToolKilledError(SAID))} if why == "the work went wrong" else {}
    if why == "its shift is over":
        monkeypatch.setattr(work, "SHIFT_S", 0.0)
    if why == "it is to stop":
        monkeypatch.setattr(stages, "finish", lambda *_: stop.ask() or ())
    bell.away = why == "redis is away"
    work_on((7, 1), post(tmp_path, stages, opener(tmp_path, **faults), bell=bell), stop)
    assert len(bell.rung) == 2
    assert len(stages.told) <= 1
