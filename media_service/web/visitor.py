"""Who asks, in which language and light, and how they are answered: every page's first argument."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated

from fastapi import Depends, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from media_service.catalogue import LANGUAGES, translate
from media_service.domain.account import Account, Bearer, Visit
from media_service.domain.permissions import Action, may
from media_service.errors import MediaServiceError
from media_service.messages import Message, message
from media_service.web.navigation import NAVIGATION
from media_service.web.studio import Studio
from media_service.web.wording import Wording

VISIT, GUEST, LANGUAGE, THEME, SAID = "visit", "guest", "language", "theme", "said"
"""Names of cookies."""
THEMES = ("auto", "light", "dark")


@dataclass(frozen=True, slots=True)
class Visitor:
    """One request of somebody."""

    studio: Studio
    request: Request
    visit: Visit | None = None
    bearer: Bearer | None = None
    guest: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    """What binds forms to a browser in which nobody is signed in."""

    @property
    def account(self) -> Account:
        """Who it is; only for addresses that are not open to everybody."""
        known = self.visit or self.bearer
        assert known is not None  # noqa: S101  # the guard of each address has let nobody else in
        return known.account

    @property
    def language(self) -> str:
        """In which language to answer: the one chosen, else the house's."""
        chosen = self.request.cookies.get(LANGUAGE, "")
        return chosen if chosen in LANGUAGES else self.studio.settings.language

    @property
    def theme(self) -> str:
        """In which light: `auto` leaves it to the browser."""
        chosen = self.request.cookies.get(THEME, "")
        return chosen if chosen in THEMES else "auto"

    @property
    def csrf(self) -> str:
        """What this visitor's forms carry."""
        return self.visit.csrf if self.visit else hashlib.sha256(f"guest {self.guest}".encode()).hexdigest()

    def may(self, action: Action) -> bool:
        """Tell whether the visitor may do that."""
        known = self.visit or self.bearer
        return may(known.account.role if known else None, action)

    def translate(self, said: Message) -> str:
        """Return a message in the visitor's language."""
        return translate(said, self.language)

    def put(self, key: str, /, **values: object) -> str:
        """Return a sentence of the catalogue in the visitor's language."""
        return self.translate(message(key, **values))

    def page(self, name: str, values: Mapping[str, object] | None = None, status: int = 200) -> Response:
        """Return a page from its template, `values` beside what every page has."""
        said, page = self._said(), self.request.url.path
        known = {
            "_": self.put,
            "translate": self.translate,
            "word": Wording(self.language),
            "static": self.studio.static.address,
            "account": self.visit.account if self.visit else None,
            "csrf": self.csrf,
            "language": self.language,
            "theme": self.theme,
            "here": page,
            "may": self.may,
            "actions": Action,
            "navigation": [one for one in NAVIGATION if self.visit and self.may(one.action)],
            "said": said,
        }
        answer = HTMLResponse(self.studio.pages.fill(f"{name}.html.j2", {**known, **(values or {})}), status)
        if said:
            answer.delete_cookie(SAID, path="/")
        if self.visit is None and self.request.cookies.get(GUEST) != self.guest:
            self.keep(answer, GUEST, self.guest, None)
        return answer

    def on(self, address: str, said: Message | None = None) -> Response:
        """Send the browser on to an address of ours, where it is told what has been done."""
        answer = RedirectResponse(address, 303)
        if said is not None:
            packed = json.dumps({"key": said.key, "values": {name: str(v) for name, v in said.values.items()}})
            self.keep(answer, SAID, base64.urlsafe_b64encode(packed.encode()).decode(), 60)
        return answer

    def keep(self, answer: Response, name: str, value: str, seconds: int | None) -> None:
        """Set a cookie that no script can read."""
        answer.set_cookie(
            name,
            value,
            max_age=seconds,
            path="/",
            httponly=True,
            samesite="lax",
            secure=self.studio.secure(self.request),
        )

    def _said(self) -> str:
        packed = self.request.cookies.get(SAID, "")
        try:
            told = json.loads(base64.urlsafe_b64decode(packed.encode())) if packed else {}
            return self.put(str(told["key"]), **told["values"]) if told else ""
        except (binascii.Error, ValueError, TypeError, KeyError, IndexError, AttributeError, MediaServiceError):
            return ""  # a cookie that we have not written


def _visitor(request: Request) -> Visitor:
    visitor: Visitor = request.state.visitor
    return visitor


Asked = Annotated[Visitor, Depends(_visitor)]
"""The visitor, once the address's guard has let them in."""
