"""An EPUB's package: metadata, reading order, contents list, cover, and what part it says each file plays.

EPUB 2 (OPF 2.0, NCX, guide) and EPUB 3 (nav, landmarks) alike.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from media_service.books.markup import Element, found, html_of, name_of, value_of, words_of
from media_service.domain.book import Metadata, Role
from media_service.domain.mending import mended

_GUIDE = {
    "cover": Role.COVER,
    "title-page": Role.TITLE_PAGE,
    "titlepage": Role.TITLE_PAGE,
    "toc": Role.CONTENTS,
    "copyright-page": Role.COPYRIGHT,
    "colophon": Role.COPYRIGHT,
    "index": Role.INDEX,
    "bibliography": Role.BIBLIOGRAPHY,
    "notes": Role.NOTE,
    "footnotes": Role.NOTE,
    "endnotes": Role.NOTE,
    "rearnotes": Role.NOTE,
    "loi": Role.CONTENTS,
    "lot": Role.CONTENTS,
}


@dataclass(frozen=True, slots=True)
class Item:
    """A file of the package by its name in the archive."""

    name: str
    kind: str
    properties: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Package:
    """What an OPF file says; `spine` are names of files in reading order."""

    metadata: Metadata
    items: Mapping[str, Item]
    spine: tuple[str, ...]
    roles: Mapping[str, Role]
    nav: str
    ncx: str
    cover: str


@dataclass(frozen=True, slots=True)
class NavPoint:
    """A line of a contents list; `target` is `part#id`, the id empty for the part's beginning."""

    title: str
    depth: int
    target: str


def read_package(root: Element, name: str) -> Package:
    """Read an OPF file that lies at `name` in the archive."""
    items = {
        value_of(item, "id"): Item(
            resolved(name, value_of(item, "href")).partition("#")[0],
            value_of(item, "media-type"),
            tuple(value_of(item, "properties").split()),
        )
        for item in found(root, "item")
    }
    spine = next(found(root, "spine"), None)
    refs = [value_of(reference, "idref") for reference in found(root, "itemref")]
    ncx = items.get(value_of(spine, "toc")) if spine is not None else None
    ncx = ncx or next((item for item in items.values() if item.kind == "application/x-dtbncx+xml"), None)
    nav = next((item for item in items.values() if "nav" in item.properties), None)
    roles = {
        resolved(name, value_of(reference, "href")).partition("#")[0]: _GUIDE[value_of(reference, "type").lower()]
        for reference in found(root, "reference")
        if value_of(reference, "type").lower() in _GUIDE
    }
    return Package(
        read_metadata(root),
        items,
        tuple(dict.fromkeys(items[ref].name for ref in refs if ref in items)),
        roles,
        nav.name if nav else "",
        ncx.name if ncx else "",
        _cover(root, items),
    )


def resolved(base: str, address: str) -> str:
    """Return what an address inside a file means, as `part#id`; empty for what lies outside the book."""
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:|//", address.strip()):
        return ""
    path, _, fragment = address.strip().partition("#")
    name = base if not path else posixpath.normpath(posixpath.join(posixpath.dirname(base), unquote(path)))
    return f"{name}#{unquote(fragment)}"


def read_ncx(root: Element, name: str) -> Iterator[NavPoint]:
    """Yield the contents list of an NCX file."""
    for nav_map in found(root, "navmap"):
        yield from _ncx_points(nav_map, name, 1)


def read_nav(text: str, name: str) -> tuple[tuple[NavPoint, ...], Mapping[str, Role]]:
    """Return the contents list of a nav document, and the roles of files that its landmarks tell."""
    root = html_of(text)
    if root is None:
        return (), {}
    navs = list(found(root, "nav"))
    toc = next((nav for nav in navs if "toc" in value_of(nav, "type").split()), navs[0] if navs else None)
    points = tuple(_nav_points(toc, name, 0)) if toc is not None else ()
    roles = {
        resolved(name, value_of(link, "href")).partition("#")[0]: _GUIDE[value_of(link, "type")]
        for nav in navs
        if "landmarks" in value_of(nav, "type").split()
        for link in found(nav, "a")
        if value_of(link, "type") in _GUIDE
    }
    return points, roles


def _ncx_points(element: Element, name: str, depth: int) -> Iterator[NavPoint]:
    for point in element:
        if name_of(point) != "navpoint" or depth > 10:
            continue
        label = next((child for child in point if name_of(child) == "navlabel"), None)
        content = next((child for child in point if name_of(child) == "content"), None)
        address = value_of(content, "src") if content is not None else ""
        yield NavPoint(mended(words_of(label)), depth, resolved(name, address) if address else "")
        yield from _ncx_points(point, name, depth + 1)


def _nav_points(element: Element, name: str, depth: int) -> Iterator[NavPoint]:
    for child in element:
        kind = name_of(child)
        if kind == "ol" and depth < 10:
            yield from _nav_points(child, name, depth + 1)
        elif kind == "li":
            label = next((each for each in child if name_of(each) in {"a", "span"}), None)
            if label is None:
                label = next((each for each in child.iter() if name_of(each) == "a"), None)
            if label is not None:
                address = value_of(label, "href")
                yield NavPoint(mended(words_of(label)), max(depth, 1), resolved(name, address) if address else "")
            yield from _nav_points(child, name, depth)
        elif kind in {"div", "section"}:
            yield from _nav_points(child, name, depth)


def _cover(root: Element, items: Mapping[str, Item]) -> str:
    named = next((value_of(meta, "content") for meta in found(root, "meta") if value_of(meta, "name") == "cover"), "")
    item = next((item for item in items.values() if "cover-image" in item.properties), items.get(named))
    return item.name if item and item.kind.startswith("image/") else ""


def read_metadata(root: Element) -> Metadata:
    """Return the Dublin Core metadata that stand under an element."""
    values: dict[str, list[tuple[str, str]]] = {}
    refined = {
        value_of(meta, "refines").lstrip("#"): words_of(meta)
        for meta in found(root, "meta")
        if value_of(meta, "property") == "role"
    }
    for element in root.iter():
        name = name_of(element)
        if name in _DUBLIN_CORE and (words := mended(words_of(element))):
            role = value_of(element, "role") or refined.get(value_of(element, "id"), "")
            values.setdefault(name, []).append((words, role))
    makers = [*values.get("creator", ()), *values.get("contributor", ())]
    authors = [words for words, role in values.get("creator", ()) if role in {"", "aut"}]
    texts = {name: [words for words, _ in given] for name, given in values.items()}
    return Metadata(
        title=next(iter(texts.get("title", ())), ""),
        author=", ".join(dict.fromkeys(authors)),
        translator=", ".join(words for words, role in makers if role == "trl"),
        publisher=next(iter(texts.get("publisher", ())), ""),
        year=year_in(*texts.get("date", ())),
        isbn=isbn_in(*texts.get("identifier", ())),
        language=next(iter(texts.get("language", ())), ""),
        description=_without_tags(next(iter(texts.get("description", ())), "")),
        subjects=tuple(dict.fromkeys(texts.get("subject", ()))),
    )


_DUBLIN_CORE = frozenset(
    ("title", "creator", "contributor", "publisher", "date", "identifier", "language", "description", "subject")
)


def year_in(*texts: str) -> str:
    """Return the first year that stands in texts."""
    found_year = next((year for text in texts if (year := re.search(r"\b(1[4-9]\d\d|20\d\d)\b", text))), None)
    return found_year[1] if found_year else ""


def isbn_in(*texts: str) -> str:
    """Return the first ISBN in texts, digits alone, its check digit right."""
    for text in texts:
        for candidate in re.findall(r"(?:97[89][- ]?)?\d(?:[- ]?\d){8}[- ]?[\dXx]", text):
            digits = re.sub(r"[- ]", "", candidate).upper()
            if _checks(digits):
                return digits
    return ""


def _checks(isbn: str) -> bool:
    if len(isbn) == 13 and isbn.isdigit():
        return sum(int(digit) * (3 if at % 2 else 1) for at, digit in enumerate(isbn)) % 10 == 0
    values = [10 if digit == "X" else int(digit) for digit in isbn]
    return (
        len(isbn) == 10
        and 10 not in values[:-1]
        and sum(value * (10 - at) for at, value in enumerate(values)) % 11 == 0
    )


def _without_tags(text: str) -> str:
    return mended(re.sub(r"<[^<>]*>", " ", text)) if "<" in text else text
