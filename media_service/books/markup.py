"""XML and HTML into trees by lxml, as hostile bytes are to be read: no entities of their own, no network, no files.

What the trees say is the affair of the formats' readers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.entities import html5
from typing import TypeAlias

from lxml import etree

from media_service.domain.encodings import as_declared

Element: TypeAlias = "etree._Element"  # noqa: SLF001  # the library gives its one public type a private name
"""An element of a tree."""

_DOCTYPE = re.compile(r"<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>", re.DOTALL | re.IGNORECASE)
_XML_HEAD = re.compile(r"^\s*<\?xml[^>]*\?>")
_NAMED = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,30});")
_OF_XML = frozenset({"amp", "lt", "gt", "quot", "apos"})


def xml(data: bytes) -> Element | None:
    """Return the root of an XML file, mended where it is broken; None where nothing can be made of it."""
    return _tree(_plain_xml(as_declared(data)), _xml_parser(recover=True))


def html_of(text: str) -> Element | None:
    """Return the root of (X)HTML: as XML where it is that without a fault, else as browsers read it."""
    if "xmlns" in text[:4000]:
        root = _tree(_plain_xml(text), _xml_parser(recover=False))
        if root is not None:
            return root
    return _tree(_XML_HEAD.sub("", text), etree.HTMLParser(**_TERMS))


def name_of(element: Element) -> str:
    """Return an element's name without its namespace, in small letters; empty for what is no element."""
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def value_of(element: Element, name: str) -> str:
    """Return an attribute by its name without namespace, empty where it is not there."""
    plain = element.get(name)
    if plain is not None:
        return str(plain)
    return next((str(value) for key, value in element.attrib.items() if str(key).rpartition("}")[2] == name), "")


def found(root: Element, name: str) -> Iterator[Element]:
    """Yield the elements of a name (in small letters) at any depth, in order, whatever their namespace."""
    return (element for element in root.iter() if name_of(element) == name)


def first(root: Element, name: str) -> Element | None:
    """Return the first element of a name at any depth."""
    return next(found(root, name), None)


def words_of(element: Element | None) -> str:
    """Return all the text inside an element, on one line."""
    return "" if element is None else " ".join("".join(map(str, element.itertext())).split())


_TERMS = {
    "encoding": "utf-8",
    "no_network": True,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
}


def _xml_parser(*, recover: bool) -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, load_dtd=False, recover=recover, **_TERMS)


def _tree(text: str, parser: etree.XMLParser | etree.HTMLParser) -> Element | None:
    try:
        root: Element | None = etree.fromstring(text.encode("utf-8", errors="replace"), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    return root


def _plain_xml(text: str) -> str:
    """Return XML without its DOCTYPE, whose entities might be bombs; letters that HTML names are put in."""
    return _NAMED.sub(_named, _XML_HEAD.sub("", _DOCTYPE.sub("", text, count=1)))


def _named(entity: re.Match[str]) -> str:
    return entity[0] if entity[1] in _OF_XML else html5.get(entity[1] + ";", "")
