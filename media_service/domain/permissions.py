"""Who may do what in the studio: a table of actions and roles, and the scopes that a token may carry."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from enum import StrEnum


class Role(StrEnum):
    """What a person is in the house; each is allowed what the one before is."""

    STAFF = "staff"
    """Makes works."""
    REVIEWER = "reviewer"
    """Decides on works too."""
    ADMINISTRATOR = "administrator"
    """Looks after people, channel and machine too."""


class Scope(StrEnum):
    """What a token for programs may be used for; never more than its owner may do."""

    READ = "read"
    WRITE = "write"
    REVIEW = "review"
    ADMINISTER = "administer"


class Action(StrEnum):
    """What the pages and the API let people do; every address of them is for exactly one."""

    ENTER = "enter"
    """Sign in, use a one-time link, read what a page looks like: for anybody."""
    STAY = "stay"
    """Sign out, change one's own password, language, tokens: for whoever is signed in."""
    MAKE_WORKS = "make-works"
    """Draft, import, hear and hand in works of one's own."""
    SEE_WORKS = "see-works"
    """See and hear works: one's own; those of others from reviewer on."""
    REVIEW = "review"
    """See what waits, note, approve, send back, waive."""
    PUBLISH = "publish"
    """Order, schedule, pause, retry uploads and decide on unknown ones."""
    SEE_CHANNEL = "see-channel"
    """See the channel's health and figures."""
    LOOK_AFTER_PEOPLE = "look-after-people"
    """Accounts, roles, resets, the audit log."""
    LOOK_AFTER_SYSTEM = "look-after-system"
    """Workers, queues, failed steps, disk."""


_EVERYONE = frozenset(Role)
_REVIEWERS = frozenset({Role.REVIEWER, Role.ADMINISTRATOR})
_ADMINISTRATORS = frozenset({Role.ADMINISTRATOR})

MATRIX: Mapping[Action, frozenset[Role]] = {
    Action.ENTER: _EVERYONE,
    Action.STAY: _EVERYONE,
    Action.MAKE_WORKS: _EVERYONE,
    Action.SEE_WORKS: _EVERYONE,
    Action.REVIEW: _REVIEWERS,
    Action.PUBLISH: _ADMINISTRATORS,
    Action.SEE_CHANNEL: _REVIEWERS,
    Action.LOOK_AFTER_PEOPLE: _ADMINISTRATORS,
    Action.LOOK_AFTER_SYSTEM: _ADMINISTRATORS,
}
"""Which roles an action is for."""

OPEN = frozenset({Action.ENTER})
"""What nobody needs to be signed in for."""

_SCOPES: Mapping[Action, Mapping[bool, Scope]] = {
    Action.MAKE_WORKS: {False: Scope.READ, True: Scope.WRITE},
    Action.SEE_WORKS: {False: Scope.READ, True: Scope.WRITE},
    Action.REVIEW: {False: Scope.READ, True: Scope.REVIEW},
    Action.PUBLISH: {False: Scope.READ, True: Scope.ADMINISTER},
    Action.SEE_CHANNEL: {False: Scope.READ, True: Scope.ADMINISTER},
    Action.LOOK_AFTER_PEOPLE: {False: Scope.ADMINISTER, True: Scope.ADMINISTER},
    Action.LOOK_AFTER_SYSTEM: {False: Scope.READ, True: Scope.ADMINISTER},
    Action.STAY: {False: Scope.READ, True: Scope.WRITE},
    Action.ENTER: {False: Scope.READ, True: Scope.WRITE},
}


def may(role: Role | None, action: Action) -> bool:
    """Tell whether a role (None: nobody signed in) may do that."""
    return action in OPEN or (role is not None and role in MATRIX[action])


def scope_of(action: Action, *, changes: bool) -> Scope:
    """Return the scope that a token needs for an action; `changes` tells a deed from a look."""
    return _SCOPES[action][changes]


def within(scopes: Collection[Scope], action: Action, *, changes: bool) -> bool:
    """Tell whether a token's scopes reach that far."""
    return scope_of(action, changes=changes) in scopes


def sees_all(role: Role) -> bool:
    """Tell whether works of others may be seen: whoever decides on works must."""
    return role in _REVIEWERS


def may_decide(who: str, submitter: str, *, own_allowed: bool) -> bool:
    """Tell whether somebody may approve a work: nobody their own, unless the house allows it."""
    return own_allowed or who != submitter
