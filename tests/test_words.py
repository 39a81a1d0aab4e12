"""Every verb of the audit log, and every detail it is told with, has words for people."""

from __future__ import annotations

import re
from pathlib import Path

from media_service.words import DETAILS, EVENTS

TOLD = re.compile(r'\btell\(\s*run,\s*"([a-z-]+)"([^\n]*)\)')
WHERE = {"slug", "number"}


def test_every_line_of_the_audit_log_has_words() -> None:
    sources = [path.read_text(encoding="utf-8") for path in Path("media_service/database").rglob("*.py")]
    told = [match for source in sources for match in TOLD.findall(source)]
    assert len(told) > 15
    assert {what for what, _ in told} <= EVENTS.keys()
    details = {name for _, given in told for name in re.findall(r"\b([a-z_]+)=", given)}
    assert details - WHERE <= DETAILS.keys()
