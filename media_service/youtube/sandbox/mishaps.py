"""Carries out on one request what the plan of faults has for its step."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass

import anyio
from starlette.requests import Request

from media_service.youtube.sandbox import quota
from media_service.youtube.sandbox.answers import RefusedError
from media_service.youtube.sandbox.faults import Mishap, Rule
from media_service.youtube.sandbox.sandbox import Sandbox

_SAID = {
    "backendError": "Backend Error",
    "internalError": "Internal error encountered.",
    "authError": "Invalid Credentials",
    "alreadyExists": "Requested entity already exists",
    "rateLimitExceeded": "Rate Limit Exceeded",
    "userRateLimitExceeded": "User Rate Limit Exceeded",
    "quotaExceeded": 'The request cannot be completed because you have exceeded your <a href="/youtube/v3/getting-'
    'started#quota">quota</a>.',
    "dailyLimitExceeded": "Daily Limit Exceeded. The quota will be reset at midnight Pacific Time (PT).",
    "uploadLimitExceeded": "The user has exceeded the number of videos they may upload.",
    "uploadRateLimitExceeded": "The channel has uploaded too many thumbnails recently. Please try the request again "
    "later.",
    "youtubeSignupRequired": "Unauthorized",
    "insufficientPermissions": "Request had insufficient authentication scopes.",
}


class ExpiredError(Exception):
    """The session that was asked for is gone; `status` is 404 or 410."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


@dataclass(frozen=True, slots=True)
class Trouble:
    """What goes wrong with one request."""

    sandbox: Sandbox
    request: Request
    rules: tuple[Rule, ...]

    def _of(self, *kinds: Mishap) -> Iterator[Rule]:
        return (rule for rule in self.rules if rule.do in kinds)

    async def before(self) -> None:
        """Let happen what happens before anything is done; raises what ends the request."""
        for rule in self._of(Mishap.SLOW):
            await anyio.sleep(rule.seconds)
        for _ in self._of(Mishap.SILENT):
            self.sandbox.lines.cut(self.request.scope)
        for rule in self._of(Mishap.EMPTY):
            quota.empty(self.sandbox, rule.reason)
        for rule in self._of(Mishap.EXPIRE):
            raise ExpiredError(410 if rule.status == 410 else 404)
        for rule in self._of(Mishap.ANSWER):
            if rule.after == 0:
                raise _answered(rule)

    async def pieces(self) -> AsyncIterator[bytes]:
        """Yield the request's body, as much of it as comes through."""
        rule = next(self._of(Mishap.CUT, Mishap.ANSWER), None)
        room = rule.after if rule else 0
        async for piece in self.request.stream():
            if rule is None:
                yield piece
                continue
            yield piece[:room]
            room -= min(len(piece), room)
            if room == 0:
                break
        if rule is not None and rule.do is Mishap.CUT:
            self.sandbox.lines.cut(self.request.scope)
        if rule is not None:
            raise _answered(rule)

    def forgotten(self) -> int | None:
        """Return how much of what arrived is still held, where some is forgotten."""
        return next((rule.after for rule in self._of(Mishap.FORGET)), None)

    def of_video(self) -> dict[str, str | float]:
        """Return what goes wrong with the video that this request brings."""
        names = {Mishap.HIDE: "hidden_s", Mishap.REJECT: "rejection", Mishap.FAIL: "failure"}
        return {names[rule.do]: rule.seconds if rule.do is Mishap.HIDE else rule.reason for rule in self._of(*names)}

    def after(self) -> None:
        """Let the answer be lost, where it is to be."""
        for _ in self._of(Mishap.LOSE):
            self.sandbox.lines.cut(self.request.scope)


def trouble(sandbox: Sandbox, request: Request, step: str) -> Trouble:
    """Return what goes wrong with a request, which is counted as one step."""
    size = request.headers.get("content-length", "")
    return Trouble(sandbox, request, tuple(sandbox.faults.at(step, int(size) if size.isdecimal() else 0)))


def _answered(rule: Rule) -> RefusedError:
    said = rule.message or _SAID.get(rule.reason, rule.reason)
    place = "Authorization" if rule.status == 401 else ""
    domain = "usageLimits" if rule.reason in {"rateLimitExceeded", "userRateLimitExceeded"} else ""
    return RefusedError(rule.status, rule.reason, said, place=place, domain=domain)
