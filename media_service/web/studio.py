"""What the studio's pages are given: the doors, the settings, the workshop, and what pages are made of."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from starlette.requests import Request

from media_service.filling import Pages
from media_service.settings import Settings, shipped_defaults
from media_service.stores import Stores
from media_service.web.forecasts import Forecasts
from media_service.web.pace import Paces
from media_service.web.passwords import Passwords
from media_service.web.static import StaticFiles
from media_service.web.workshop import Workshop, workshop

_PAGES = ("templates", "pages", "studio")


@dataclass(frozen=True, slots=True)
class Studio:
    """One of each."""

    settings: Settings
    stores: Stores
    pages: Pages
    static: StaticFiles
    passwords: Passwords
    workshop: Workshop
    paces: Paces = field(default_factory=Paces)
    forecasts: Forecasts = field(default_factory=Forecasts)

    def secure(self, request: Request) -> bool:
        """Tell whether cookies go over TLS only."""
        return self.settings.studio.secure or request.url.scheme == "https"


@contextmanager
def studio(settings: Settings, stores: Stores, passwords: Passwords | None = None) -> Iterator[Studio]:
    """Yield a studio over these doors; its pages are the shipped ones, none that anybody may change."""
    folder = shipped_defaults().joinpath(*_PAGES)
    with workshop(settings, stores.works) as shop:
        pages, static = Pages(folder), StaticFiles(folder / "static")
        yield Studio(settings, stores, pages, static, passwords or Passwords(), shop)
