"""A worker process for these tests: `python -m tests.queue.run_worker URL GRACE_S`."""

from __future__ import annotations

import sys

from media_service.queue.worker_process import WorkerPlan, run_worker
from tests.queue.stand_in import StandInJob, note


def horse_died(signum: int) -> None:
    note(f"died {signum}")


if __name__ == "__main__":
    plan = WorkerPlan(sys.argv[1], "speech", grace_s=float(sys.argv[2]), beat_s=1, job_class=StandInJob)
    run_worker(plan, horse_died)
