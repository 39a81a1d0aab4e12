"""How rq names its keys; what rq keeps private is said once, here."""

from __future__ import annotations

from rq.defaults import RQ_KEY_PREFIX

QUEUES = f"{RQ_KEY_PREFIX}:queues"
WORKERS = f"{RQ_KEY_PREFIX}:workers"
A_WORKER = f"{RQ_KEY_PREFIX}:worker:"


def listed(queue: str) -> str:
    """Name the list of what waits in a queue."""
    return f"{RQ_KEY_PREFIX}:queue:{queue}"


def popped(queue: str) -> str:
    """Name the list of what a worker has taken but not begun."""
    return f"{listed(queue)}:intermediate"


def begun(queue: str) -> str:
    """Name the sorted set of what is being worked on, as `job:execution`, by the time at which the entry runs out."""
    return f"{RQ_KEY_PREFIX}:wip:{queue}"


def failed(queue: str) -> str:
    """Name the sorted set of what failed."""
    return f"{RQ_KEY_PREFIX}:failed:{queue}"


def workers(queue: str) -> str:
    """Name the set of a queue's workers."""
    return f"{WORKERS}:{queue}"


def job(name: str) -> str:
    """Name the hash of one job."""
    return f"{RQ_KEY_PREFIX}:job:{name}"
