"""Who is started, who is started again, and when."""

from __future__ import annotations

from media_service.domain.stage import Queue
from media_service.worker.crew import FIRST_PAUSE_S, LONGEST_PAUSE_S, Crew


class FakeHand:
    def __init__(self, pid: int) -> None:
        self.pid, self.code, self.asked = pid, None, False

    def poll(self) -> int | None:
        return self.code

    def terminate(self) -> None:
        self.asked = True

    def kill(self) -> None:
        self.code = -9


class Stage:
    """A crew on a clock of its own."""

    def __init__(self, *queues: Queue) -> None:
        self.now, self.hands = 0.0, []
        self.crew = Crew(queues, self.start, lambda: self.now)
        self.crew.tend()

    def start(self, queue: Queue) -> FakeHand:
        self.hands.append(FakeHand(len(self.hands) + 1))
        return self.hands[-1]

    def later(self, seconds: float) -> None:
        self.now += seconds
        self.crew.tend()


def test_every_place_is_manned() -> None:
    stage = Stage(Queue.FILM, Queue.FILM, Queue.MISC)
    assert stage.crew.hands() == ((1, Queue.FILM), (2, Queue.FILM), (3, Queue.MISC))


def test_a_dead_worker_is_replaced_soon_and_its_queue_stays_served() -> None:
    stage = Stage(Queue.FILM, Queue.MISC)
    stage.later(60)
    stage.hands[0].code = -9
    stage.later(0)
    assert stage.crew.hands() == ((2, Queue.MISC),)
    stage.later(FIRST_PAUSE_S)
    assert stage.crew.hands() == ((3, Queue.FILM), (2, Queue.MISC))


def test_who_dies_again_and_again_is_started_more_slowly_up_to_a_bound() -> None:
    stage = Stage(Queue.FILM)
    pauses = []
    for _ in range(8):
        stage.hands[-1].code = 1
        count, begun = len(stage.hands), stage.now
        while len(stage.hands) == count:
            stage.later(0.125)
        pauses.append(stage.now - begun)
    assert pauses == sorted(pauses)
    assert pauses[0] < 0.5
    assert pauses[-1] - LONGEST_PAUSE_S < 0.3


def test_a_machine_without_room_for_a_process_is_asked_again_later() -> None:
    tries = []

    def start(queue: Queue) -> FakeHand:
        tries.append(queue)
        if len(tries) == 1:
            raise BlockingIOError
        return FakeHand(1)

    now = [0.0]
    crew = Crew([Queue.FILM], start, lambda: now[0])
    crew.tend()
    assert crew.hands() == ()
    now[0] = 10.0
    crew.tend()
    assert crew.hands() == ((1, Queue.FILM),)


def test_all_are_asked_to_end_and_those_who_do_not_are_killed() -> None:
    stage = Stage(Queue.FILM, Queue.MISC)
    stage.crew.ask_to_end()
    assert all(hand.asked for hand in stage.hands)
    stage.hands[0].code = 0
    assert not stage.crew.gone()
    stage.crew.kill()
    assert stage.crew.gone()
