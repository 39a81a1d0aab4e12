"""Lines of the audit log: written in the same transaction as what they tell, and never changed."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import Connection, insert

from media_service.database.clock import Now
from media_service.database.tables import audit

_LINE = insert(audit).values(at=Now())


def tell(run: Connection, what: str, who: str, slug: str = "", number: int = 0, **details: Any) -> None:
    """Add a line; details are kept as text."""
    said = json.dumps({name: str(value) for name, value in details.items()}, ensure_ascii=False)
    line = {"what": what, "who": who, "slug": slug, "number": number, "details": said}
    run.execute(_LINE, line)
