"""New work: a book file or a script becomes a draft; it is written, looked over, heard and handed in."""

from __future__ import annotations

import re
import secrets
import shutil
import unicodedata
from collections.abc import AsyncIterator
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

import anyio
from fastapi import Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import FileResponse, JSONResponse, Response

from media_service.domain.casting import DEFAULT_NARRATOR
from media_service.domain.draft import Wishes
from media_service.domain.pace import Age
from media_service.domain.permissions import Action
from media_service.domain.script import Kind
from media_service.errors import InputError, refused
from media_service.messages import message
from media_service.web import answering
from media_service.web.addresses import Addresses, Fields, text
from media_service.web.bench import Beginning, arrive, state_of, too_large
from media_service.web.faults import status_of
from media_service.web.guard import CSRF_HEADER, FORMS, RefusedError
from media_service.web.looked import looked_json
from media_service.web.pace import Pace
from media_service.web.pages.media import INERT, PICTURE_TYPES
from media_service.web.visitor import Asked, Visitor
from media_service.web.workshop import told
from media_service.words import BASES, PARTS

addresses = Addresses()

KINDS = {
    Kind.AUDIOBOOK: message("Audiobook: each chapter becomes a video"),
    Kind.FAIRY_TALE: message("Fairy tale"),
    Kind.BOOK_INTRODUCTION: message("Introduction of a book"),
    Kind.HERITAGE: message("Relic or custom of the province"),
}
AGES = {
    Age.YOUNG: message("3 to 6 years"),
    Age.CHILD: message("6 to 10 years"),
    Age.OLDER: message("10 years and older"),
}
MOST_PICTURE = 40_000_000
"""Bytes of a picture."""
IDLE_S = 30.0
"""An upload from which nothing comes for so long is given up."""
_BOOKS = re.compile(r"\.(epub|docx|pdf|html?|xhtml|txt|md|fb2|zip)", re.IGNORECASE)


@addresses.page("/new", Action.MAKE_WORKS)
def new(visitor: Asked) -> Response:
    """Ask what the new work begins with."""
    return visitor.page("new", _choices(visitor))


@addresses.deed("/new", Action.MAKE_WORKS)
def begin(visitor: Asked, given: Fields) -> Response:
    """Begin a draft with an empty script."""
    wanted = Beginning(
        title=text(given, "title"),
        kind=_one_of(Kind, text(given, "kind"), Kind.FAIRY_TALE),
        age=_one_of(Age, text(given, "age"), Age.CHILD),
        narrator=_voice(visitor, text(given, "narrator")),
        playlist=text(given, "playlist").strip()[:150],
        music=_music(visitor, text(given, "music")),
    )
    try:
        slug = visitor.studio.workshop.bench.begin(visitor.account.name, wanted)
    except InputError as fault:
        return visitor.page(
            "new", {**_choices(visitor), "fault": visitor.translate(fault.said), "title": wanted.title}, 422
        )
    return visitor.on(f"/drafts/{slug}")


@addresses.deed("/new/book", Action.MAKE_WORKS, Pace.UPLOAD)
async def book(visitor: Asked, request: Request, name: str = "", kind: str = "") -> Response:
    """Take a book file in as it arrives; what becomes of it is told under the ticket that is returned."""
    return JSONResponse({"ticket": await take_book(visitor, request, name, kind)}, 202)


@addresses.page("/new/book/{ticket}", Action.MAKE_WORKS)
def importing(visitor: Asked, ticket: str) -> Response:
    """Tell how an import goes."""
    one = visitor.studio.workshop.importing(visitor.account.name, ticket)
    faults = told(one.fault, visitor.translate) if one.fault else []
    return JSONResponse({"done": one.done, "draft": f"/drafts/{one.slug}" if one.slug else "", "faults": faults})


@addresses.page("/drafts/{slug}", Action.MAKE_WORKS)
def draft(visitor: Asked, slug: str) -> Response:
    """Show a draft's desk: the script, what is wrong with it, its pictures and voices."""
    bench, owner = visitor.studio.workshop.bench, visitor.account.name
    report = (bench.find(owner, slug) / "intake-report.md").is_file()
    return visitor.page("draft", {**_desk(visitor, slug), "report": report})


@addresses.deed("/drafts/{slug}/script", Action.MAKE_WORKS)
async def write(visitor: Asked, request: Request, slug: str, seen: str = "") -> Response:
    """Keep a script and tell what is wrong with it, and what it will be; `seen` is the state that was changed."""
    sent = b"".join([part async for part in flowing(request, 4_000_000)])
    return await run_in_threadpool(_written, visitor, slug, sent.decode("utf-8", "replace"), seen)


@addresses.deed("/drafts/{slug}/answers", Action.MAKE_WORKS)
def answer(visitor: Asked, given: Fields, slug: str) -> Response:
    """Write into the script on what grounds its parts are used, and whether it is for children."""
    shop, owner = visitor.studio.workshop, visitor.account.name
    script = answering.answered_script(shop, owner, slug, given)
    seen = shop.bench.write(owner, slug, script)
    if CSRF_HEADER in visitor.request.headers:
        return JSONResponse({"script": script, "seen": seen, "message": visitor.put("Written into the script.")})
    return visitor.on(f"/drafts/{slug}", message("Written into the script."))


@addresses.deed("/drafts/{slug}/pictures", Action.MAKE_WORKS, Pace.UPLOAD)
async def add_picture(visitor: Asked, request: Request, slug: str, name: str = "") -> Response:
    """Keep a picture as it arrives."""
    bench = visitor.studio.workshop.bench
    kept = await bench.add_picture(visitor.account.name, slug, unquote(name), flowing(request, MOST_PICTURE))
    return JSONResponse({"name": kept, "src": f"/drafts/{slug}/pictures/{kept}"}, 201)


@addresses.page("/drafts/{slug}/pictures/{name}", Action.MAKE_WORKS)
def picture(visitor: Asked, slug: str, name: str) -> Response:
    """Return a draft's picture to its owner."""
    path = visitor.studio.workshop.bench.picture(visitor.account.name, slug, name)
    return FileResponse(path, media_type=PICTURE_TYPES[path.suffix.lower()], headers=INERT)


@addresses.deed("/drafts/{slug}/hear", Action.MAKE_WORKS, Pace.HEAR)
def hear(visitor: Asked, slug: str) -> Response:
    """Speak a draft's first paragraph."""
    shop, owner = visitor.studio.workshop, visitor.account.name
    said = shop.first_words(owner, shop.bench.find(owner, slug))
    return JSONResponse({"clips": [{"src": f"/heard/{ticket}", "text": words} for ticket, words in said]})


@addresses.page("/heard/{ticket}", Action.MAKE_WORKS)
def heard(visitor: Asked, ticket: str) -> Response:
    """Return what was spoken for somebody."""
    found = visitor.studio.workshop.heard(visitor.account.name, ticket)
    return FileResponse(found.path, media_type="audio/flac", headers=INERT)


@addresses.deed("/voices/{name}/sample", Action.MAKE_WORKS, Pace.HEAR)
def sample(visitor: Asked, name: str) -> Response:
    """Speak a voice's sample."""
    ticket = visitor.studio.workshop.sample(visitor.account.name, name)
    return JSONResponse({"clips": [{"src": f"/heard/{ticket}", "text": ""}]})


@addresses.deed("/drafts/{slug}/hand-in", Action.MAKE_WORKS)
def hand_in(visitor: Asked, given: Fields, slug: str) -> Response:
    """Hand a draft in; where it has faults, its desk shows them."""
    shop, owner = visitor.studio.workshop, visitor.account.name
    written = text(given, "script") or shop.bench.script(owner, slug)
    try:
        shop.bench.write(owner, slug, written, text(given, "seen"))
        shop.hand_in(owner, slug)
    except InputError as fault:
        wrong = {"faults": told(fault, visitor.translate), "report": False, "script": written}
        return visitor.page("draft", {**_desk(visitor, slug), **wrong}, status_of(fault))
    return visitor.on(f"/works/{slug}", message("Handed in. You can close this page: the work goes on by itself."))


@addresses.deed("/drafts/{slug}/drop", Action.MAKE_WORKS)
def drop(visitor: Asked, slug: str) -> Response:
    """Throw a draft away."""
    visitor.studio.workshop.bench.drop(visitor.account.name, slug)
    return visitor.on("/works", message("The draft is thrown away."))


async def take_book(visitor: Visitor, request: Request, name: str, kind: str) -> str:
    """Keep a book file as it arrives and begin to read it; returns the import's ticket."""
    shop, owner = visitor.studio.workshop, visitor.account.name
    path = PurePosixPath(unquote(name).replace("\\", "/"))
    if not _BOOKS.fullmatch(path.suffix):
        raise refused("", message("A book is an EPUB, DOCX, PDF, HTML or text file; choose one of these."))
    folder = shop.bench.folder / ".arriving" / secrets.token_hex(8)
    await run_in_threadpool(lambda: folder.mkdir(parents=True))
    file = folder / f"{_plain(path.stem)}{path.suffix.lower()}"
    try:
        await arrive(
            flowing(request, visitor.studio.settings.studio.upload_bytes),
            file,
            visitor.studio.settings.studio.upload_bytes,
        )
        ticket = shop.begin_import(owner, file, Wishes(Kind(_one_of(Kind, kind, Kind.AUDIOBOOK))))
    except BaseException:
        with anyio.CancelScope(shield=True):
            await run_in_threadpool(_clear, folder)
        raise
    return ticket


async def flowing(request: Request, most: int) -> AsyncIterator[bytes]:
    """Yield a request's body as it arrives; raises RefusedError where it stalls, InputError where it is too large."""
    if request.headers.get("content-type", "").startswith(FORMS):
        raise RefusedError(415, message("A file or a script is sent as it is, not as a form."))
    length = request.headers.get("content-length", "")
    if length.isdigit() and int(length) > most:
        raise too_large(most)
    parts = request.stream().__aiter__()
    while True:
        try:
            with anyio.fail_after(IDLE_S):
                part = await anext(parts)
        except StopAsyncIteration:
            return
        except TimeoutError as exc:
            raise RefusedError(
                408, message("The upload stalled; look at the network, then choose the file again.")
            ) from exc
        yield part


def _written(visitor: Visitor, slug: str, script: str, seen: str) -> Response:
    shop, owner = visitor.studio.workshop, visitor.account.name
    now = shop.bench.write(owner, slug, script, seen)
    return JSONResponse({**looked_json(shop.look_over(shop.bench.find(owner, slug)), visitor), "seen": now})


def _plain(stem: str) -> str:
    """Return a book file's name in letters, digits and spaces: where a book names no title, its file does."""
    kept = (one if one.isalnum() else " " for one in unicodedata.normalize("NFC", stem))
    return " ".join("".join(kept).split())[:60].strip() or "sach"


def _clear(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)


def _desk(visitor: Visitor, slug: str) -> dict[str, object]:
    bench, owner = visitor.studio.workshop.bench, visitor.account.name
    script = bench.script(owner, slug)
    known = {"slug": slug, "title": bench.title(owner, slug), "script": script, "seen": state_of(script)}
    return {**known, "pictures": bench.pictures(owner, slug), **_choices(visitor)}


def _choices(visitor: Visitor) -> dict[str, object]:
    tools = visitor.studio.workshop.tools
    known = {"kinds": KINDS, "ages": AGES, "voices": tools.voices, "narrator": DEFAULT_NARRATOR}
    return {**known, "music": tools.music, "parts": PARTS, "bases": BASES}


def _voice(visitor: Visitor, name: str) -> str:
    known = [voice.name for voice in visitor.studio.workshop.tools.voices]
    return name if name in known else DEFAULT_NARRATOR


def _music(visitor: Visitor, name: str) -> str:
    known = [piece.name for piece in visitor.studio.workshop.tools.music]
    return name if name in known else "none"


def _one_of(among: type[Kind | Age], written: str, default: Kind | Age) -> str:
    return written if written in {one.value for one in among} else default.value
