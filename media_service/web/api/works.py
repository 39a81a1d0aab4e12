"""Works, drafts and voices for programs."""

from __future__ import annotations

from media_service.domain.casting import DEFAULT_NARRATOR
from media_service.domain.permissions import Action
from media_service.web.api import shapes
from media_service.web.api.calls import Calls
from media_service.web.bench import Beginning
from media_service.web.looked import looked_json
from media_service.web.pages.media import visible
from media_service.web.pages.works import own
from media_service.web.visitor import Asked

calls = Calls(prefix="/api", tags=["works"])


@calls.look("/me", Action.STAY)
def me(visitor: Asked) -> shapes.Me:
    """Return whose token it is."""
    return shapes.me(visitor.account, frozenset(visitor.bearer.scopes if visitor.bearer else ()))


@calls.look("/voices", Action.MAKE_WORKS)
def voices(visitor: Asked) -> list[shapes.Voice]:
    """Return the voices that may be cast."""
    return [
        shapes.Voice(name=one.name, title=one.title, language=one.language, region=one.region, draft=one.draft)
        for one in visitor.studio.workshop.tools.voices
    ]


@calls.look("/works", Action.SEE_WORKS)
def works(visitor: Asked) -> list[shapes.Work]:
    """Return one's own works, the newest first."""
    return [shapes.work(one, visitor) for one in visitor.studio.stores.works.of(visitor.account.name)]


@calls.look("/works/{slug}", Action.SEE_WORKS)
def work(visitor: Asked, slug: str) -> shapes.Work:
    """Return where a work stands."""
    visible(visitor, slug)
    return shapes.work(visitor.studio.stores.works.status(slug)[0], visitor)


@calls.do("/works/{slug}/want", Action.MAKE_WORKS)
def want(visitor: Asked, slug: str, wish: shapes.Wish) -> shapes.Work:
    """Pause, resume or cancel one's own work."""
    own(visitor, slug)
    visitor.studio.stores.works.want(slug, wish.will, visitor.account.name)
    return shapes.work(visitor.studio.stores.works.status(slug)[0], visitor)


@calls.do("/works/{slug}/retry", Action.MAKE_WORKS)
def retry(visitor: Asked, slug: str) -> shapes.Work:
    """Try again what was put aside of one's own work."""
    own(visitor, slug)
    visitor.studio.stores.works.retry(slug, visitor.account.name)
    return shapes.work(visitor.studio.stores.works.status(slug)[0], visitor)


@calls.look("/drafts", Action.MAKE_WORKS)
def drafts(visitor: Asked) -> list[shapes.Draft]:
    """Return one's own drafts, what was changed last first."""
    found = visitor.studio.workshop.bench.all(visitor.account.name)
    return [shapes.Draft(slug=one.slug, title=one.title, changed_at=one.changed_at) for one in found]


@calls.do("/drafts", Action.MAKE_WORKS, 201)
def begin(visitor: Asked, wanted: shapes.NewDraft) -> shapes.ScriptText:
    """Begin a draft; its slug is made of its title."""
    bench, owner = visitor.studio.workshop.bench, visitor.account.name
    voice = wanted.narrator or DEFAULT_NARRATOR
    beginning = Beginning(wanted.title, wanted.kind, wanted.age, voice, wanted.playlist, wanted.music)
    return shapes.ScriptText(script=bench.script(owner, bench.begin(owner, beginning)))


@calls.look("/drafts/{slug}", Action.MAKE_WORKS)
def script(visitor: Asked, slug: str) -> shapes.ScriptText:
    """Return a draft's script."""
    return shapes.ScriptText(script=visitor.studio.workshop.bench.script(visitor.account.name, slug))


@calls.do("/drafts/{slug}", Action.MAKE_WORKS)
def write(visitor: Asked, slug: str, text: shapes.ScriptText) -> shapes.Looked:
    """Keep a draft's script and look it over."""
    shop, owner = visitor.studio.workshop, visitor.account.name
    shop.bench.write(owner, slug, text.script)
    return shapes.Looked.model_validate(looked_json(shop.look_over(shop.bench.find(owner, slug)), visitor))


@calls.do("/drafts/{slug}/hand-in", Action.MAKE_WORKS)
def hand_in(visitor: Asked, slug: str) -> shapes.Handed:
    """Hand a draft in."""
    accepted = visitor.studio.workshop.hand_in(visitor.account.name, slug).accepted
    return shapes.Handed(slug=accepted.slug, changed=list(accepted.changed), kept=list(accepted.kept))
