"""What an SVG may refer to: parts of itself, and PNG or JPEG pictures that it carries inside; nothing else, ever.

Attributes are named as expat names them: their name space, if any, and a space before the name. Reading SVG is for
others.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_TARGETS = {"href", "src"}
_CARRIED = re.compile(r"\s*data:image/(png|jpe?g);base64,", re.IGNORECASE)
_URL = re.compile(r"url\s*\(\s*(?P<quote>[\"']?)(?P<target>[^\"')]*)", re.IGNORECASE)
_OTHER_LOADERS = re.compile(
    r"@import|@font-face|image-set\s*\(|(?:^|[^\w-])(?:src|image)\s*\(|expression\s*\(", re.IGNORECASE
)


def is_attribute_safe(key: str, value: str) -> bool:
    """Tell whether an attribute leads nowhere outside the drawing."""
    local = _local(key)
    if local in _TARGETS:
        return value.lstrip().startswith("#") or _CARRIED.match(value) is not None
    if local == "style":
        return is_style_safe(value)
    # what editors note for themselves (inkscape:…, data-…) is drawn by nobody
    return local != "base" and (" " in key or local.startswith(("data-", "aria-")) or _is_value_safe(value))


def is_style_safe(style: str) -> bool:
    """Tell whether CSS loads nothing: it imports nothing, and every `url()` names a part of the drawing."""
    return not _OTHER_LOADERS.search(style) and _is_value_safe(style)


def carried(key: str, value: str) -> tuple[str, str] | None:
    """Return kind (`PNG` or `JPEG`) and Base64 of a picture that an attribute carries, None where it carries none."""
    found = _CARRIED.match(value) if _local(key) in _TARGETS else None
    if not found:
        return None
    return "PNG" if found[1].casefold() == "png" else "JPEG", value[found.end() :]


def parts_named(values: Iterable[str]) -> list[str]:
    """Return the ids of the parts that attribute values refer to (`#id`, `url(#id)`)."""
    targets = [found["target"] for value in values for found in _URL.finditer(value)]
    targets += [value for value in values if value.lstrip().startswith("#")]
    return [target.strip().removeprefix("#") for target in targets]


def _local(key: str) -> str:
    return key.rpartition(" ")[2].casefold()


def _is_value_safe(value: str) -> bool:
    """CSS escapes could write `url` in other letters, so a backslash beside a bracket or `@` is not taken either."""
    if "\\" in value and ("(" in value or "@" in value):
        return False
    return all(found["target"].strip().startswith("#") for found in _URL.finditer(value))
