"""One worker: takes rings of one queue and has each done by a forked child, the horse, which may take up more of them.

Built on rq's worker, minus all that would let Redis decide anything: no scheduler, no commands by channel, no
suspension, no maintenance of rq's.
"""

from __future__ import annotations

import contextlib
import os
import signal
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import FrameType
from typing import Any

from redis.exceptions import RedisError
from rq import Queue, Worker
from rq.exceptions import StopRequested
from rq.executions import Execution
from rq.job import Job
from rq.serializers import JSONSerializer
from rq.worker.base import WorkerStatus

from media_service.queue.client import Patience, patient, probing, translated
from media_service.queue.parent_death import die_with
from media_service.queue.strict_job import StrictJob
from media_service.queue.strict_queue import StrictQueue
from media_service.queue.sweeping import Sweeper, sweep_before_work

_STOPPING = {signal.SIGTERM, signal.SIGINT}


@dataclass(frozen=True, slots=True)
class WorkerPlan:
    """How one worker works; all times in seconds."""

    url: str = field(repr=False)
    queue: str
    grace_s: float = 8.0
    """How long a horse may take to hand its stage back when the worker is to stop; then it is killed."""
    idle_s: int = 15
    """For how long the worker waits for a ring before it looks after its keys."""
    beat_s: int = 5
    """How often a busy worker says that it lives."""
    job_class: type[StrictJob] = StrictJob


HorseDied = Callable[[int], None]
"""Told the signal (0: none) when a horse ended in a bad way; must not raise."""


def run_worker(plan: WorkerPlan, horse_died: HorseDied | None = None) -> bool:
    """Work until SIGTERM or SIGINT, in this process and its main thread; returns whether anything was done.

    Also returns when the server is away for two minutes: whoever started the worker starts it again. Raises
    QueueAwayError if the server is away for that long at the start.
    """
    with translated(plan.url):
        worker = DoorbellWorker(plan, horse_died)
        sweep_before_work(worker.connection, plan.queue)
        return worker.work(logging_level="WARNING")


class DoorbellWorker(Worker):
    """rq's fork worker for one queue, made safe; see the module."""

    def __init__(self, plan: WorkerPlan, horse_died: HorseDied | None = None) -> None:
        self._plan = plan
        self._patience = Patience()
        self._horse_died = horse_died
        super().__init__(
            [plan.queue],
            connection=patient(plan.url, self._patience),
            queue_class=StrictQueue,
            job_class=plan.job_class,
            serializer=JSONSerializer,
            worker_ttl=plan.idle_s + 15,
            maintenance_interval=plan.idle_s - 5,
            job_monitoring_interval=plan.beat_s,
            log_job_description=False,
        )
        self._sweeper = Sweeper(self.connection, plan.queue)

    def subscribe(self) -> None:
        """Listen to no commands: whoever can write to Redis could give them; and a thread does not go with forks."""

    def unsubscribe(self) -> None:
        """Nothing was subscribed to."""

    def check_for_suspension(self, burst: bool) -> None:
        """Pausing is a state in the database."""

    def run_maintenance_tasks(self) -> None:
        """Keep the keys in order, our own way."""
        self._sweeper.sweep()
        self.last_cleaned_at = datetime.now(UTC)  # type: ignore[assignment]

    def get_heartbeat_ttl(self, job: Job, working_time: float = 0.0) -> int:  # noqa: ARG002
        """Four beats may be missed before a job's entry runs out."""
        return self._plan.beat_s * 4

    def fork_work_horse(self, job: Job, queue: Queue) -> None:
        """Fork the horse. No signal meant for the worker may reach it before it has handlers of its own."""
        parent = os.getpid()
        signal.pthread_sigmask(signal.SIG_BLOCK, _STOPPING)
        child = os.fork()
        if child == 0:
            self._be_horse(parent, job, queue)
        with contextlib.suppress(OSError):  # the child does the same; whoever comes first
            os.setpgid(child, child)
        self._horse_pid = child
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _STOPPING)
        if self._stop_requested:
            self._end_horse()

    def _be_horse(self, parent: int, job: Job, queue: Queue) -> None:
        try:
            die_with(parent)
            os.setpgid(0, 0)
            self.main_work_horse(job, queue)
        finally:
            os._exit(1)

    def setup_work_horse_signals(self) -> None:
        """SIGTERM ends a horse until its task has a better answer; Ctrl+C is the worker's affair."""
        super().setup_work_horse_signals()  # type: ignore[no-untyped-call]
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _STOPPING)

    def maintain_heartbeats(self, job: Job, execution: Execution) -> None:
        """Say that the worker lives, if anybody hears it; meanwhile its horse must not go unwatched."""
        with self._patience.suspended(), contextlib.suppress(RedisError):
            super().maintain_heartbeats(job, execution)

    def request_stop(self, signum: int, frame: FrameType | None) -> None:
        """Stop: at once when idle, else when the horse has handed its stage back, which it is asked to do now."""
        self._patience.hurry()
        super().request_stop(signum, frame)  # type: ignore[no-untyped-call]

    def _shutdown(self) -> None:
        if self.get_state() != WorkerStatus.BUSY:
            raise StopRequested
        self._stop_requested = True
        if self._horse_pid:
            self._end_horse()

    def _end_horse(self) -> None:
        """Ask the horse to end, and kill it when its grace is over."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self._horse_pid, signal.SIGTERM)
        killer = threading.Timer(self._plan.grace_s, self.kill_horse)
        killer.daemon = True
        killer.start()

    def kill_horse(self, sig: signal.Signals = signal.SIGKILL) -> None:
        """Kill the horse and what it forked; whoever has left its group is tied to it in another way."""
        if self._horse_pid:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._horse_pid, sig)

    def wait_for_horse(self) -> Any:
        """Wait until the horse is gone, and say so at once if it went in a bad way."""
        pid, status, usage = super().wait_for_horse()
        signal.alarm(0)  # rq's, for this wait only; whoever is told may need longer
        if status and self._horse_died:
            self._horse_died(os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0)
        return pid, status, usage

    def handle_job_failure(
        self,
        job: Job,
        queue: Queue,
        started_job_registry: Any = None,
        exc_string: str = "",  # noqa: ARG002
        execution: Execution | None = None,
    ) -> None:
        """Note that a job failed, without a word why: tracebacks do not belong in Redis."""
        super().handle_job_failure(job, queue, started_job_registry, "", execution)

    def teardown(self) -> None:
        """Say goodbye if the server hears it; never wait for that."""
        self.connection = probing(self._plan.url)
        with contextlib.suppress(RedisError):
            super().teardown()  # type: ignore[no-untyped-call]
