"""What is to go wrong, and when: a plan of rules and a seeded storm. How it goes wrong is for `mishaps`.

A *step* is what a client does: `videos.insert` (a call, a session's opening), `videos.insert:bytes` (bytes sent into a
session), `videos.insert:ask` (a session asked how far it is), `token` (an access token wanted).
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from enum import StrEnum
from fnmatch import fnmatchcase
from typing import Any


class Mishap(StrEnum):
    """In which way a step goes wrong."""

    CUT = "cut"
    """The connection breaks after `after` bytes of the body; whole quanta of these are held."""
    ANSWER = "answer"
    """It is answered with `status` and `reason`; of a body `after` bytes are taken before."""
    SILENT = "silent"
    """The connection closes, nothing is done, no answer."""
    LOSE = "lose"
    """All is done, but the answer is lost."""
    FORGET = "forget"
    """All but `after` bytes of what the session holds are lost, then it goes on."""
    EXPIRE = "expire"
    """The session is gone from now on (`status` 404 or 410)."""
    SLOW = "slow"
    """It takes `seconds` longer."""
    EMPTY = "empty"
    """The bucket of the day is empty from now on."""
    HIDE = "hide"
    """The new video is not found for `seconds`."""
    REJECT = "reject"
    """The new video is rejected for `reason` when it is processed."""
    FAIL = "fail"
    """The new video's processing fails for `reason`."""


@dataclass(slots=True)
class Rule:
    """One thing that is to go wrong: at steps that match `on`, after `skip` of them, `times` times."""

    on: str
    do: Mishap
    after: int = 0
    status: int = 503
    reason: str = "backendError"
    message: str = ""
    seconds: float = 0.0
    skip: int = 0
    times: int = 1

    def __post_init__(self) -> None:
        self.do = Mishap(self.do)

    def strikes(self, step: str) -> bool:
        """Tell whether it goes wrong now, and count it."""
        if self.times <= 0 or not fnmatchcase(step, self.on):
            return False
        if self.skip > 0:
            self.skip -= 1
            return False
        self.times -= 1
        return True


@dataclass(slots=True)
class Storm:
    """Random mishaps, the same for the same seed and steps: `share` of all steps that match `on` go wrong."""

    seed: int
    share: float
    on: str = "*"
    expiring: float = 0.05
    """Share of mishaps to bytes and questions by which the session is gone."""
    chance: random.Random = field(init=False)

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)  # noqa: S311  # a repeatable storm, no secret

    def strike(self, step: str, size: int) -> Rule | None:
        """Return what goes wrong at a step whose body is of that size, if anything does."""
        if not fnmatchcase(step, self.on) or self.chance.random() >= self.share:
            return None
        after = self.chance.randrange(size + 1)
        if ":" in step and self.chance.random() < self.expiring:
            return Rule(step, Mishap.EXPIRE, status=self.chance.choice((404, 410)))
        kinds = [Rule(step, Mishap.SILENT), Rule(step, Mishap.LOSE), Rule(step, Mishap.ANSWER, after)]
        if step.endswith(":bytes"):
            cut, forget = Rule(step, Mishap.CUT, after), Rule(step, Mishap.FORGET, after)
            kinds += [cut, cut, forget, Rule(step, Mishap.ANSWER, after, 500, "internalError")]
        elif step == "videos.insert":
            kinds.append(Rule(step, Mishap.ANSWER, 0, 409, "alreadyExists"))
        if step != "token":
            kinds.append(Rule(step, Mishap.ANSWER, 0, 401, "authError"))
        return self.chance.choice(kinds)


@dataclass(slots=True)
class Faults:
    """All that is to go wrong."""

    rules: list[Rule] = field(default_factory=list)
    storm: Storm | None = None

    def plan(self, written: Mapping[str, Any]) -> None:
        """Take a plan in place of the one before: `{"rules": [...], "storm": {...}}`; raises ValueError."""
        rules = [Rule(**_known(Rule, each)) for each in written.get("rules", ())]
        storm = Storm(**_known(Storm, written["storm"])) if written.get("storm") else None
        self.rules, self.storm = rules, storm

    def at(self, step: str, size: int = 0) -> Sequence[Rule]:
        """Return all that goes wrong at this step, now: the plan's, else the storm's."""
        struck = [rule for rule in self.rules if rule.strikes(step)]
        if struck or self.storm is None:
            return struck
        one = self.storm.strike(step, size)
        return [one] if one else []


def _known(of: type, written: Mapping[str, Any]) -> dict[str, Any]:
    known = {each.name for each in fields(of) if each.init}
    if unknown := sorted(set(written) - known):
        raise ValueError(f"unknown: {', '.join(unknown)}")
    return dict(written)
