"""What HTML says of the part its elements play: EPUB's structural vocabulary, DPUB-ARIA roles, usual class names."""

from __future__ import annotations

import re

from media_service.books.markup import Element, name_of, value_of
from media_service.domain.book import Role

FOUND = "data-media-service-role"
"""Attribute that `notes` gives to what it has found."""

_BY_TYPE = {
    "cover": Role.COVER,
    "titlepage": Role.TITLE_PAGE,
    "halftitlepage": Role.TITLE_PAGE,
    "copyright-page": Role.COPYRIGHT,
    "colophon": Role.COPYRIGHT,
    "imprint": Role.COPYRIGHT,
    "toc": Role.CONTENTS,
    "landmarks": Role.CONTENTS,
    "page-list": Role.CONTENTS,
    "loi": Role.CONTENTS,
    "lot": Role.CONTENTS,
    "index": Role.INDEX,
    "bibliography": Role.BIBLIOGRAPHY,
    "footnote": Role.NOTE,
    "footnotes": Role.NOTE,
    "endnote": Role.NOTE,
    "endnotes": Role.NOTE,
    "rearnote": Role.NOTE,
    "rearnotes": Role.NOTE,
    "noteref": Role.NOTE_MARK,
    "backlink": Role.NOTE_MARK,
    "pagebreak": Role.PAGE_NUMBER,
}
"""EPUB 3 Structural Semantics Vocabulary; DPUB-ARIA has the same names behind `doc-`."""
_BY_CLASS = {
    "footnote": Role.NOTE,
    "footnotes": Role.NOTE,
    "endnote": Role.NOTE,
    "endnotes": Role.NOTE,
    "noteref": Role.NOTE_MARK,
    "footnoteref": Role.NOTE_MARK,
    "footnote-ref": Role.NOTE_MARK,
    "footnote-back": Role.NOTE_MARK,
    "footnote-backref": Role.NOTE_MARK,
    "pagenum": Role.PAGE_NUMBER,
    "pagenumber": Role.PAGE_NUMBER,
    "page-number": Role.PAGE_NUMBER,
    "pagebreak": Role.PAGE_NUMBER,
    "copyright": Role.COPYRIGHT,
    "copyright-page": Role.COPYRIGHT,
    "colophon": Role.COPYRIGHT,
    "titlepage": Role.TITLE_PAGE,
    "toc": Role.CONTENTS,
    "header": Role.RUNNING_HEAD,
    "running-head": Role.RUNNING_HEAD,
    "runninghead": Role.RUNNING_HEAD,
}
_BY_NAME = {
    **dict.fromkeys(
        ("script", "style", "template", "iframe", "object", "embed", "applet", "audio", "video"), Role.CODE
    ),
    **dict.fromkeys(("noscript", "form", "button", "input", "select", "textarea", "canvas", "map", "head"), Role.CODE),
    **dict.fromkeys(("nav",), Role.CONTENTS),
    **dict.fromkeys(("rt", "rp", "rtc"), Role.RUBY),
}
_VERSE = re.compile(r"(?:^|[\s:-])(?:verse|poem|poetry|stanza|tho|lineblock|line-block|linegroup)(?:$|[\s-])")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden")


def role_of(element: Element) -> Role | None:
    """Return the part an element plays by its name, its types, its classes; None where nothing is said."""
    found = element.get(FOUND)
    if found:
        return Role(found) if found in {Role.NOTE, Role.NOTE_MARK} else None
    name = name_of(element)
    if name in _BY_NAME:
        return _BY_NAME[name]
    if name in {"header", "footer"} and _is_of_page(element):
        return Role.RUNNING_HEAD
    if element.get("hidden") is not None or _HIDDEN.search(element.get("style") or ""):
        return Role.CODE
    types = f"{value_of(element, 'type') if name not in {'ol', 'ul'} else ''} {element.get('role') or ''}".split()
    by_type = next((_BY_TYPE[one] for one in (kind.removeprefix("doc-") for kind in types) if one in _BY_TYPE), None)
    if by_type:
        return by_type
    classes = (element.get("class") or "").lower().split()
    return next((_BY_CLASS[one] for one in classes if one in _BY_CLASS and _fits(name, one)), None)


def is_verse(element: Element) -> bool:
    """Tell whether an element says that it holds verse."""
    return bool(_VERSE.search(f"{element.get('class') or ''} {value_of(element, 'type')}".lower()))


def _fits(name: str, klass: str) -> bool:
    """Tell whether a class name may mean what it says: the whole of a page may well be classed `toc` or `header`."""
    return name not in {"body", "html"} and (klass != "header" or name == "p")


def _is_of_page(element: Element) -> bool:
    """Tell whether a header or footer belongs to the page, as of a site, rather than to a text in it."""
    above = element.getparent()
    while above is not None:
        if name_of(above) in {"article", "section", "main", "blockquote", "aside"}:
            return False
        above = above.getparent()
    return not any(re.fullmatch("h[1-6]", name_of(each)) for each in element.iter())
