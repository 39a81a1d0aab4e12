"""EPUB 2 and 3 into a Book: files in spine order, the book's own contents list, notes found across its files."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import partial

from media_service.books.archive import Archive, LostEntryError
from media_service.books.gathering import Gathering
from media_service.books.html_blocks import HtmlWalk, fonts_of_classes
from media_service.books.markup import Element, found, html_of, value_of, xml
from media_service.books.notes import find_notes
from media_service.books.package import NavPoint, Package, read_nav, read_ncx, read_package, resolved
from media_service.books.pictures import DecorationError, NoPictureError
from media_service.books.source import Source
from media_service.domain.book import Book, Entry, Format, Place, Role
from media_service.domain.encodings import Encoding, decoded
from media_service.errors import refused
from media_service.messages import message

CONTAINER = "META-INF/container.xml"
_FONT_ALGORITHMS = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
"""Hide fonts, not text."""
_DOCUMENTS = re.compile(r"\.x?html?$|\.xml$", re.IGNORECASE)


def read_epub(source: Source, archive: Archive) -> Book:
    """Read an EPUB; raises InputError where it is locked or holds no text."""
    _expect_open(source, archive)
    into = Gathering()
    package = _package(archive, source, into)
    parts, encoding = _parts(archive, package, into)
    find_notes(parts, resolved)
    points, landmarks = _contents(archive, package)
    roles = {**package.roles, **landmarks, **({package.nav: Role.CONTENTS} if package.nav else {})}
    take = _picture_taker(source, archive, into)
    for part, root in parts.items():
        into.anchor(f"{part}#")
        walk = HtmlWalk(into, part, partial(take, part), fonts=encoding.name.startswith("UTF"))
        walk.font_of_class = fonts_of_classes(root)
        walk.walk(root, roles.get(part, Role.TEXT))
    cover = take("", package.cover) if package.cover else ""
    for name in dict.fromkeys(archive.damaged):
        into.remark(message("This part of the file is damaged; what could be read of it was kept."), Place(name))
    if not any(block.role is Role.TEXT and getattr(block, "text", "") for block in into.blocks):
        raise refused(source.named, message("There is no text in this EPUB; perhaps its pages are pictures."))
    return Book(
        Format.EPUB,
        tuple(into.blocks),
        into.encoding(encoding),
        package.metadata,
        tuple(_entries(points, into)),
        cover,
        tuple(into.remarks),
        into.omissions(),
    )


def _expect_open(source: Source, archive: Archive) -> None:
    """Refuse a book behind digital locks; obfuscated fonts are none."""
    locked = message("This EPUB is locked (DRM), so it cannot be read; ask its publisher for an open one.")
    if "META-INF/sinf.xml" in archive:
        raise refused(source.named, locked)
    listed = archive.find("META-INF/encryption.xml")
    root = xml(archive.read(listed)) if listed else None
    if root is None:
        return
    for encrypted in found(root, "encrypteddata"):
        methods = {value_of(method, "Algorithm") for method in found(encrypted, "encryptionmethod")}
        names = [value_of(reference, "URI") for reference in found(encrypted, "cipherreference")]
        if not methods <= set(_FONT_ALGORITHMS) and any(
            _DOCUMENTS.search(name) or not re.search(r"\.(?:ttf|otf|woff2?)$", name, re.IGNORECASE) for name in names
        ):
            raise refused(source.named, locked)


def _package(archive: Archive, source: Source, into: Gathering) -> Package:
    """Return the package that the container names, or the one that is there."""
    if archive.salvaged:
        into.remark(message("This file is damaged: its list of contents is lost. What could be found was read."))
    name = ""
    if (container := archive.find(CONTAINER)) and (root := _tree(archive, container)) is not None:
        paths = [value_of(one, "full-path") for one in found(root, "rootfile")]
        name = next((entry for path in paths if (entry := archive.find(path))), "")
    name = name or next((entry for entry in archive.names if entry.lower().endswith(".opf")), "")
    root = _tree(archive, name) if name else None
    package = read_package(root, name) if root is not None else None
    if package is None or not package.spine:
        return _without_package(archive, source, into)
    return package


def _without_package(archive: Archive, source: Source, into: Gathering) -> Package:
    """Return a package of the documents that are there, in the order of their names."""
    documents = sorted(name for name in archive.names if re.search(r"\.x?html?$", name, re.IGNORECASE))
    if not documents:
        raise refused(source.named, message("This EPUB names no documents and holds none; save it anew."))
    into.remark(message("This EPUB does not say in which order it is read; its files are taken by name."))
    root = xml(b"<package/>")
    if root is None:  # cannot be
        raise LostEntryError
    empty = read_package(root, "")
    return Package(empty.metadata, {}, tuple(documents), {}, "", "", "")


def _parts(archive: Archive, package: Package, into: Gathering) -> tuple[Mapping[str, Element], Encoding]:
    """Return the tree of each document in reading order, and the least certain of their encodings."""
    parts: dict[str, Element] = {}
    encoding = Encoding()
    kinds = {item.name: item.kind for item in package.items.values()}
    for name in package.spine:
        if kinds.get(name, "").startswith("image/") and "svg" not in kinds[name]:
            continue
        try:
            read = decoded(archive.read(archive.find(name)))
        except LostEntryError:
            into.remark(
                message("This part of the book is not in the file, or is damaged; it is missing here."), Place(name)
            )
            continue
        root = html_of(read.text)
        if root is not None:
            parts[name] = root
            if read.encoding.confidence < encoding.confidence:
                encoding = read.encoding
    return parts, encoding


def _contents(archive: Archive, package: Package) -> tuple[tuple[NavPoint, ...], Mapping[str, Role]]:
    """Return the contents list: the nav's, else the NCX's."""
    points: tuple[NavPoint, ...] = ()
    roles: Mapping[str, Role] = {}
    if package.nav and (entry := archive.find(package.nav)):
        points, roles = read_nav(decoded(_bytes(archive, entry)).text, package.nav)
    if not points and package.ncx and (entry := archive.find(package.ncx)):
        root = _tree(archive, entry)
        points = tuple(read_ncx(root, package.ncx)) if root is not None else ()
    return points, roles


def _entries(points: Iterable[NavPoint], into: Gathering) -> Iterable[Entry]:
    """Yield the contents list with the blocks it leads to; lines that lead nowhere take the place of the next."""
    waiting: list[NavPoint] = []
    for point in points:
        part, _, _ = point.target.partition("#")
        block = into.anchors.get(point.target, into.anchors.get(f"{part}#")) if point.target else None
        if not point.title:
            continue
        if block is None:
            if not point.target:
                waiting.append(point)
            else:
                into.remark(message("The contents list leads to “{title}”, which is not there.", title=point.title))
            continue
        for before in waiting:
            yield Entry(before.title, before.depth, block)
        waiting = []
        yield Entry(point.title, point.depth, block)


def _picture_taker(source: Source, archive: Archive, into: Gathering) -> Callable[[str, str], str]:
    taken: dict[str, str] = {}

    def take(base: str, address: str) -> str:
        name = archive.find(resolved(base, address).partition("#")[0])
        if not name:
            remote = re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", address)
            into.leave_out(address[:60], Role.CODE if remote else Role.DECORATION, Place(base))
            return ""
        if name not in taken:
            try:
                taken[name] = source.pictures.take(archive.read(name), name.rpartition("/")[2].rpartition(".")[0])
            except DecorationError:
                taken[name] = ""
            except (NoPictureError, LostEntryError):
                taken[name] = ""
                into.remark(message("The picture {name} cannot be used; it is left out.", name=name), Place(base))
        return taken[name]

    return take


def _tree(archive: Archive, name: str) -> Element | None:
    data = _bytes(archive, name)
    return xml(data) if data else None


def _bytes(archive: Archive, name: str) -> bytes:
    try:
        return archive.read(name)
    except LostEntryError:
        return b""
