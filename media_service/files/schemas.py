"""The JSON schemas of what is written for others, drawn from the values themselves: `docs/schema/` holds them."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import msgspec

from media_service.domain.listing import Listing
from media_service.domain.manifest import Grounds, Manifest
from media_service.domain.quality import Report
from media_service.domain.timing import Timing

WRITTEN: dict[str, type] = {
    "production": Manifest,
    "rights": Grounds,
    "timing": Timing,
    "quality": Report,
    "listing": Listing,
}
"""The file each value is written to, without its ending."""


def schemas() -> dict[str, str]:
    """Return the text of every schema (JSON Schema 2020-12) by the name of its file."""
    return {f"{name}.schema.json": _text(name, kind) for name, kind in WRITTEN.items()}


def _text(name: str, kind: type) -> str:
    (drawn,), definitions = msgspec.json.schema_components([kind], ref_template="#/$defs/{name}")
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": f"{name}.json"} | drawn
    return json.dumps(schema | {"$defs": definitions}, ensure_ascii=False, indent=2) + "\n"


if __name__ == "__main__":
    for file, text in schemas().items():
        (Path(sys.argv[1]) / file).write_text(text, encoding="utf-8")
