"""Finds notes that nothing names: a small link leads on to a block that begins with the same mark or leads back.

What is found is written into the trees, where `roles` reads it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from media_service.books.markup import Element, found, name_of, words_of
from media_service.books.roles import FOUND
from media_service.domain.book import Role

_MARK = re.compile(r"[\[(]?\s*(\d{1,4}|[*†‡§]{1,3}|[a-z])\s*[\])]?")
_HOLDERS = frozenset({"p", "li", "aside", "dd", "dt", "div", "section", "td", "tr"})
_UNITS = re.compile(r"(?:^|[\s\d(])(?:[dckm]?m|ha|km/h|x|y|n|10)$")


@dataclass(frozen=True, slots=True)
class _Link:
    element: Element
    mark: str
    source: str
    target: str
    order: int


def find_notes(parts: Mapping[str, Element], target_of: Callable[[str, str], str]) -> None:
    """Mark note texts, and the links that lead to them, in the trees of a book's parts in order.

    `target_of(part, address)` gives what an address means, as `part#id`.
    """
    links, places = _survey(parts, target_of)
    for link in links:
        place = places.get(link.target)
        if place is None or place[1] <= link.order:
            continue
        holder = _holder(place[0])
        if holder is not None and _is_note(holder, link):
            holder.set(FOUND, Role.NOTE)
            link.element.set(FOUND, Role.NOTE_MARK)
    for root in parts.values():
        _bare_marks(found(root, "sup"))


def _survey(
    parts: Mapping[str, Element], target_of: Callable[[str, str], str]
) -> tuple[list[_Link], dict[str, tuple[Element, int]]]:
    links: list[_Link] = []
    places: dict[str, tuple[Element, int]] = {}
    order = 0
    for part, root in parts.items():
        for element in root.iter():
            order += 1
            for key in ("id", "name"):
                if element.get(key):
                    places.setdefault(f"{part}#{element.get(key)}", (element, order))
            address = element.get("href") if name_of(element) == "a" else None
            if address and "#" in address:
                mark = _MARK.fullmatch(words_of(element))
                if mark:
                    links.append(_Link(element, mark[1], part, target_of(part, address), order))
    return links, places


def _holder(element: Element) -> Element | None:
    """Return the block that begins with an element, or the element where it is a block; None where it stands inside."""
    at: Element | None = element
    while at is not None and name_of(at) not in _HOLDERS:
        parent = at.getparent()
        if parent is None or (parent.text or "").strip() or parent[0] is not at:
            return None
        at = parent
    return at


def _is_note(holder: Element, link: _Link) -> bool:
    if any(name_of(each) in {"h1", "h2", "h3", "h4", "h5", "h6"} for each in holder.iter()):
        return False
    begins = _MARK.match(words_of(holder))
    leads_back = any(name_of(each) == "a" and (each.get("href") or "").partition("#")[2] for each in holder.iter())
    return leads_back or (begins is not None and begins[1] == link.mark)


def _bare_marks(raised: Iterable[Element]) -> None:
    """Mark raised numbers behind words that are no unit of measure, though nothing says where their notes are."""
    for element in raised:
        said = words_of(element)
        before = _before(element)
        if (
            re.fullmatch(r"[\[(]?\d{1,3}[\])]?|\*{1,3}", said)
            and before[-1:].strip()
            and not _UNITS.search(before[-6:])
        ):
            element.set(FOUND, Role.NOTE_MARK)


def _before(element: Element) -> str:
    """Return the text that stands directly before an element inside its parent."""
    previous = element.getprevious()
    if previous is not None:
        return (previous.tail or "") or words_of(previous)
    parent = element.getparent()
    return "" if parent is None else parent.text or ""
