"""A Markdown file into a Book: through HTML, as CommonMark reads it; front matter tells of the book, notes stay out."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt

from media_service.books.gathering import Gathering
from media_service.books.html_file import walk_html
from media_service.books.source import Source
from media_service.domain.book import Book, Format, Metadata, Place, Role
from media_service.domain.encodings import decoded
from media_service.domain.mending import mended
from media_service.errors import refused
from media_service.messages import message

_FRONT = re.compile(r"\A\s*---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*\n", re.DOTALL)
_KEY = re.compile(r"^([a-z_]+):[ \t]*(.+)$", re.MULTILINE)
_NOTE = re.compile(r"^\[\^([^\]\n]{1,40})\]:[ \t]*(.*(?:\n(?:[ \t]+.*|)(?=\n|\Z))*)", re.MULTILINE)
_DEEPEST = 90
"""Quotations within one another; a little deeper the parser leaves words out without a word."""
_QUOTED = re.compile(rf"^(?:[ \t]*>){{{_DEEPEST + 1}}}", re.MULTILINE)
_MARK = re.compile(r"\[\^([^\]\n]{1,40})\]")


def read_markdown(source: Source, data: bytes) -> Book:
    """Read a Markdown file; raises InputError where it has no text."""
    read = decoded(data)
    text = read.text.replace("\r\n", "\n").replace("\r", "\n")
    front = _FRONT.match(text)
    if deep := _QUOTED.search(text):
        said = message("This line is a quotation more than {most} times over; take > signs out.", most=_DEEPEST)
        raise refused(source.named, said, text.count("\n", 0, deep.start()) + 1)
    into = Gathering()
    body = _without_notes(text[front.end() :] if front else text, into)
    html = MarkdownIt("commonmark", {"html": True, "maxNesting": 100}).enable("table").render(body)
    walk_html(source, f"<html><body>{html}</body></html>", into, fonts=False)
    if not into.blocks:
        raise refused(source.named, message("There is no text in this file."))
    return Book(
        Format.MARKDOWN,
        tuple(into.blocks),
        read.encoding,
        _metadata(front[1]) if front else Metadata(),
        remarks=tuple(into.remarks),
        omitted=into.omissions(),
    )


def _without_notes(text: str, into: Gathering) -> str:
    """Take out notes (`[^1]: …`) and their marks."""
    for note in _NOTE.finditer(text):
        into.leave_out(note[2], Role.NOTE, Place())
    plain = _NOTE.sub("", text)
    for mark in _MARK.finditer(plain):
        into.leave_out(mark[1], Role.NOTE_MARK, Place())
    return _MARK.sub("", plain)


def _metadata(front: str) -> Metadata:
    """Read the plain lines of front matter; what else YAML can say is left to people."""
    given = {key: mended(value.strip().strip("\"'")) for key, value in _KEY.findall(front)}
    return Metadata(
        title=given.get("title", ""),
        author=given.get("author", ""),
        translator=given.get("translator", ""),
        publisher=given.get("publisher", ""),
        year=given.get("year", given.get("date", ""))[:4],
        isbn=given.get("isbn", ""),
        language=given.get("language", given.get("lang", "")),
        description=given.get("summary", given.get("description", "")),
        subjects=tuple(one.strip() for one in given.get("tags", "").strip("[]").split(",") if one.strip()),
    )
