"""Which targets an SVG may name: parts of itself, and PNG or JPEG pictures that it carries inside."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterable

from media_service.intake.raster import raster_size

_DATA = re.compile(r"data:image/(png|jpe?g);base64,([A-Za-z0-9+/=\s]+)", re.IGNORECASE)
_URL = re.compile(r"url\s*\(\s*(?P<quote>[\"']?)(?P<target>[^\"')]*)", re.IGNORECASE)
_OTHER_LOADERS = re.compile(
    r"@import|@font-face|image-set\s*\(|(?:^|[^\w-])(?:src|image)\s*\(|expression\s*\(", re.IGNORECASE
)


def is_target_safe(target: str, name: str) -> bool:
    """Tell whether an `href` stays inside the picture `name`; carried pictures keep the same limits as others.

    Raises RefusedPictureError for a carried picture that is damaged or too large.
    """
    bare = target.strip()
    if bare.startswith("#"):
        return True
    carried = _DATA.fullmatch(bare)
    if not carried:
        return False
    try:
        data = base64.b64decode(carried[2])
    except binascii.Error:
        return False
    kind = "PNG" if carried[1].casefold() == "png" else "JPEG"
    raster_size(data, kind, name)
    return True


def is_style_safe(style: str) -> bool:
    """Tell whether CSS loads nothing: it imports nothing, and every `url()` names a part of the picture."""
    return not _OTHER_LOADERS.search(style) and is_value_safe(style)


def is_value_safe(value: str) -> bool:
    """Tell whether an attribute's value loads nothing.

    CSS escapes could write `url` in other letters, so a backslash beside a bracket or `@` is not taken either.
    """
    if "\\" in value and ("(" in value or "@" in value):
        return False
    return all(found["target"].strip().startswith("#") for found in _URL.finditer(value))


def parts_named(values: Iterable[str]) -> list[str]:
    """Return the ids of the parts that attribute values refer to (`#id`, `url(#id)`)."""
    targets = [found["target"] for value in values for found in _URL.finditer(value)]
    targets += [value for value in values if value.lstrip().startswith("#")]
    return [target.strip().removeprefix("#") for target in targets]
