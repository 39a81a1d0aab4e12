"""The storyboard: a work passage by passage, with picture, spoken form, voice, length; each heard and mended alone."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import unquote

from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, Response

from media_service.domain.episode import Narrated, Planned
from media_service.domain.passages import Passage, Role
from media_service.domain.permissions import Action
from media_service.domain.script import Picture
from media_service.domain.timeline import seconds
from media_service.messages import message
from media_service.web import mending
from media_service.web.addresses import Addresses, Fields, Number, text
from media_service.web.pace import Pace
from media_service.web.pages.drafts import flowing
from media_service.web.pages.media import nothing, visible
from media_service.web.pages.works import own
from media_service.web.visitor import Asked

addresses = Addresses()

A_PAGE = 100
"""Passages on one page: a chapter of an hour has six hundred."""


@dataclass(frozen=True, slots=True)
class Row:
    """One passage as it is shown."""

    index: int
    passage: Passage
    spoken: str
    """Empty where it is said as it is written."""
    length_s: float | None
    """None until it is narrated."""
    picture: Picture | None
    """What stands while it is said."""
    mendable: bool
    """Whether its words come from the script."""


@addresses.page("/works/{slug}/{number}/storyboard", Action.SEE_WORKS)
def storyboard(visitor: Asked, slug: str, number: Number, page: int = 1) -> Response:
    """Show an episode passage by passage."""
    visible(visitor, slug)
    episode = visitor.studio.stores.works.episode(slug, number)
    pages = max(1, -(-len(episode.passages) // A_PAGE))
    page = min(max(1, page), pages)
    shown = rows(episode)[(page - 1) * A_PAGE :][:A_PAGE]
    mine = visitor.studio.stores.works.submitter(slug) == visitor.account.name
    values = {"episode": episode, "slug": slug, "rows": shown, "page": page, "pages": pages, "mine": mine}
    return visitor.page("storyboard", {**values, "narrated": isinstance(episode, Narrated)})


@addresses.deed("/works/{slug}/{number}/passages/{index}/hear", Action.SEE_WORKS, Pace.HEAR)
def hear(visitor: Asked, slug: str, number: Number, index: Number) -> Response:
    """Speak one passage, or find what was spoken."""
    visible(visitor, slug)
    episode = visitor.studio.stores.works.episode(slug, number)
    if not 0 <= index < len(episode.passages):
        raise nothing()
    ticket, words = visitor.studio.workshop.speak(visitor.account.name, episode.passages[index], episode)
    return JSONResponse({"clips": [{"src": f"/heard/{ticket}", "text": words}]})


@addresses.deed("/works/{slug}/{number}/reading", Action.MAKE_WORKS)
def reading(visitor: Asked, given: Fields, slug: str, number: Number) -> Response:
    """Put how a word is read into the work's lexicon; only what says it is made again."""
    own(visitor, slug)
    entry = mending.entry(text(given, "written"), text(given, "said"), visitor.account.name)
    changed = mending.reading(visitor.studio.workshop, slug, entry, visitor.account.name)
    said = message(
        "Noted in the work's lexicon; only the sentences that say it are made again: {count} episode(s).", count=changed
    )
    return visitor.on(f"/works/{slug}/{number}/storyboard", said)


@addresses.deed("/works/{slug}/{number}/picture", Action.MAKE_WORKS, Pace.UPLOAD)
async def picture(visitor: Asked, slug: str, number: Number, line: int = 0, name: str = "") -> Response:
    """Put another picture in the place of the one that stands at a line; only what shows it is made again."""
    await run_in_threadpool(own, visitor, slug)
    shop, owner = visitor.studio.workshop, visitor.account.name
    with shop.bench.aside(owner) as aside:
        kept = await mending.arrived(aside, unquote(name), flowing(visitor.request, 40_000_000))
        await run_in_threadpool(mending.picture, shop, slug, (line, kept), owner)
    return JSONResponse({"next": f"/works/{slug}/{number}/storyboard"})


def rows(episode: Planned) -> list[Row]:
    """Return an episode's passages with the picture that stands at each."""
    shown, found = None, []
    for index, passage in enumerate(episode.passages):
        if passage.slide is not None:
            shown = getattr(passage.slide, "picture", None) or getattr(passage.slide, "background", None)
        spoken = passage.spoken().text
        length = seconds(episode.clips[index].facts.length) if isinstance(episode, Narrated) else None
        said = "" if spoken == passage.text else spoken
        mendable = passage.role is not Role.CREDIT
        found.append(Row(index, passage, said, length, shown, mendable))
    return found
