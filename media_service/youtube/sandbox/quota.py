"""What each call costs, and the two buckets of a Pacific day from which it is paid; every call is written down."""

from __future__ import annotations

from media_service.youtube.sandbox.answers import RefusedError
from media_service.youtube.sandbox.clock import written
from media_service.youtube.sandbox.sandbox import Sandbox

UPLOADS, UNITS = "uploads", "units"

_COSTS = {
    "captions.list": 50,
    "captions.insert": 400,
    "captions.update": 450,
    "captions.delete": 50,
    "captions.download": 200,
}
_WRITING = 50
_READING = 1
_UPLOADS_SPENT = (
    "Quota exceeded for quota metric 'Video Uploads' and limit 'Video Uploads per day' of service "
    "'youtube.googleapis.com' for consumer 'project_number:975000000000'."
)
_UNITS_SPENT = (
    'The request cannot be completed because you have exceeded your <a href="/youtube/v3/getting-started#quota">'
    "quota</a>."
)


def cost(method: str) -> tuple[str, int]:
    """Return from which bucket a call is paid, and how much."""
    if method == "videos.insert":
        return UPLOADS, 1
    return UNITS, _COSTS.get(method, _READING if method.endswith(".list") else _WRITING)


def charge(sandbox: Sandbox, method: str) -> int:
    """Pay for a call and return its number; raises RefusedError, as YouTube does, where today's bucket is empty."""
    bucket, units = cost(method)
    if spent(sandbox, bucket) + units > _limits(sandbox)[bucket] or _emptied(sandbox, bucket):
        refused = _spent(bucket)
        settled(sandbox, _write(sandbox, method, 0), refused.status, refused.reason)
        raise refused
    return _write(sandbox, method, units)


def spent(sandbox: Sandbox, bucket: str) -> int:
    """Return what was paid from a bucket today."""
    found = sandbox.storage.run.execute(
        "SELECT coalesce(sum(cost), 0) FROM calls WHERE day = ? AND bucket = ?", (sandbox.clock.day(), bucket)
    ).fetchone()
    return int(found[0])


def empty(sandbox: Sandbox, bucket: str) -> None:
    """Let a bucket be empty for the rest of today, whatever was paid from it."""
    with sandbox.storage.change():
        sandbox.storage.keep_note(f"emptied {bucket if bucket in {UPLOADS, UNITS} else UNITS}", sandbox.clock.day())


def settled(sandbox: Sandbox, number: int, status: int, reason: str = "") -> None:
    """Note how a call ended."""
    with sandbox.storage.change() as run:
        run.execute("UPDATE calls SET status = ?, reason = ? WHERE number = ?", (status, reason, number))


def _spent(bucket: str) -> RefusedError:
    if bucket == UPLOADS:
        return RefusedError(429, "rateLimitExceeded", _UPLOADS_SPENT)
    return RefusedError(403, "quotaExceeded", _UNITS_SPENT)


def _limits(sandbox: Sandbox) -> dict[str, int]:
    return {UPLOADS: sandbox.options.uploads, UNITS: sandbox.options.units}


def _emptied(sandbox: Sandbox, bucket: str) -> bool:
    return sandbox.storage.note(f"emptied {bucket}") == sandbox.clock.day()


def _write(sandbox: Sandbox, method: str, units: int) -> int:
    bucket, _ = cost(method)
    row = (written(sandbox.clock.now()), sandbox.clock.day(), method, bucket, units)
    with sandbox.storage.change() as run:
        run.execute("INSERT INTO calls (at, day, method, bucket, cost) VALUES (?, ?, ?, ?, ?)", row)
        return int(run.execute("SELECT last_insert_rowid()").fetchone()[0])
