"""One's own account: the password, the browsers that are signed in, tokens for programs."""

from __future__ import annotations

from starlette.datastructures import FormData
from starlette.responses import Response

from media_service.domain.account import sound_password
from media_service.domain.permissions import Action, Scope
from media_service.errors import InputError, refused
from media_service.messages import message
from media_service.web.addresses import Addresses, Fields, Number, text
from media_service.web.pages.signing import LIFETIME
from media_service.web.visitor import VISIT, Asked, Visitor

addresses = Addresses()

ROLES = {
    "staff": message("Staff: makes works"),
    "reviewer": message("Reviewer: decides on works too"),
    "administrator": message("Administrator: looks after people, channel and machine too"),
}
SCOPES = {
    Scope.READ: message("read: see works and where they stand"),
    Scope.WRITE: message("write: hand works in and change them"),
    Scope.REVIEW: message("review: approve and send back"),
    Scope.ADMINISTER: message("administer: channel, people, machine"),
}


@addresses.page("/account", Action.STAY)
def account(visitor: Asked) -> Response:
    """Show one's account."""
    return _page(visitor)


@addresses.deed("/account/password", Action.STAY)
def password(visitor: Asked, given: Fields) -> Response:
    """Change one's password; every other browser is signed out, and this one gets a new cookie."""
    people, name = visitor.studio.stores.people, visitor.account.name
    if not visitor.studio.passwords.right(text(given, "old")[:400], people.accounts.hashed(name)):
        return _page(visitor, visitor.put("The password of now is wrong; try again."))
    try:
        chosen = sound_password(text(given, "new"), name)
    except InputError as fault:
        return _page(visitor, visitor.translate(fault.said))
    people.accounts.set_password(name, visitor.studio.passwords.hashed(chosen), name)
    answer = visitor.on("/account", message("The password is changed; every other browser is signed out."))
    visitor.keep(answer, VISIT, people.visits.begin(name, LIFETIME), None)
    return answer


@addresses.deed("/account/sign-out-everywhere", Action.STAY)
def sign_out_everywhere(visitor: Asked) -> Response:
    """End all one's visits, this one too."""
    visitor.studio.stores.people.visits.end_all(visitor.account.name, visitor.account.name)
    return visitor.on("/")


@addresses.deed("/account/tokens", Action.STAY)
def make_token(visitor: Asked, given: Fields) -> Response:
    """Make a token and show it, this once."""
    title = " ".join(text(given, "title").split())[:80]
    scopes = _scopes(given)
    if not title or not scopes:
        return _page(visitor, visitor.put("A token needs a name, and at least one thing that it may do."))
    made = visitor.studio.stores.people.tokens.make(visitor.account.name, title, scopes)
    return _page(visitor, made=made)


@addresses.deed("/account/tokens/{number}/revoke", Action.STAY)
def revoke(visitor: Asked, number: Number) -> Response:
    """End a token."""
    visitor.studio.stores.people.tokens.revoke(visitor.account.name, number)
    return visitor.on("/account", message("The token is good no more."))


def _scopes(given: FormData) -> frozenset[Scope]:
    wanted = {str(one) for one in given.getlist("scope")}
    unknown = wanted - {one.value for one in Scope}
    if unknown:
        raise refused("", message("There is no such scope; choose among those of the page."))
    return frozenset(map(Scope, wanted))


def _page(visitor: Visitor, fault: str = "", made: str = "") -> Response:
    tokens = visitor.studio.stores.people.tokens.all(visitor.account.name)
    values = {"tokens": tokens, "scopes": SCOPES, "roles": ROLES, "made": made, "fault": fault}
    return visitor.page("account", values, 422 if fault else 200)
