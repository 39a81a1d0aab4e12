"""The studio's pages over a real database, asked in-process; one account of each role."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from starlette.testclient import TestClient

from media_service.database.connection import Database
from media_service.database.engine import stores as doors
from media_service.database.migrating import bring_up_to_date
from media_service.database.outlet import Outlet
from media_service.domain.permissions import Role
from media_service.sealing import Sealing
from media_service.settings import Publishing, Settings, Studio
from media_service.stores import Stores
from media_service.web.app import application
from media_service.web.passwords import Passwords
from media_service.web.studio import studio
from tests.database.conftest import hasty

PASSWORD = "bốn từ chẳng ai biết"
CHEAP = Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
HASHED = CHEAP.hashed(PASSWORD)
WHO = {Role.STAFF: "lan", Role.REVIEWER: "hoa", Role.ADMINISTRATOR: "minh"}
"""Who has which role; `mai` is staff too."""


class Browser(TestClient):
    """A browser that fills forms in: it finds their token on the page that it sees."""

    def do(self, page: str, address: str, **fields: Any) -> Any:
        """Look at a page and send a form from it; what follows is followed."""
        return self.post(address, data={"csrf": token(self.get(page).text), **fields})


def token(page: str) -> str:
    found = re.search(r'name="csrf" (?:content|value)="([^"]+)"', page)
    assert found, page
    return found[1]


@dataclass(frozen=True)
class Place:
    """A studio, and browsers that look at it."""

    settings: Settings
    stores: Stores
    app: Any

    def browser(self, role: Role | None = None, name: str = "") -> Browser:
        """Return a browser, signed in as who has that role, or that name."""
        browser = Browser(self.app, base_url="http://studio.test")
        if who := name or (WHO[role] if role else ""):
            browser.cookies.set("visit", self.stores.people.visits.begin(who, timedelta(hours=1)))
        return browser


@pytest.fixture(scope="session")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database that is up to date and knows people."""
    file = tmp_path_factory.mktemp("studio") / "ready.db"
    ready = hasty(f"sqlite:///{file}")
    bring_up_to_date(ready)
    people = doors(ready).people
    for role, name in (*WHO.items(), (Role.STAFF, "mai")):
        people.accounts.add(name, name.title(), role, "test")
        people.accounts.set_password(name, HASHED, "test")
    ready.close()
    return file


@pytest.fixture(scope="module")
def shared(furnished: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """A studio for many tests that change nothing."""
    folder = tmp_path_factory.mktemp("shared")
    shutil.copy(furnished, folder / "studio.db")
    opened = hasty(f"sqlite:///{folder / 'studio.db'}")
    settings = Settings(folder, folder / "output", None, "vi")
    stores = doors(opened)
    with studio(settings, stores, CHEAP) as one:
        yield Place(settings, stores, application(one))
    opened.close()


@pytest.fixture
def open_place(furnished: Path, tmp_path: Path) -> Iterator[Callable[..., Place]]:
    with ExitStack() as opened:

        def make(**chosen: Any) -> Place:
            file = tmp_path / f"studio{len(list(tmp_path.glob('*.db')))}.db"
            shutil.copy(furnished, file)
            database = hasty(f"sqlite:///{file}")
            opened.callback(database.close)
            settings = Settings(tmp_path, tmp_path / "output", None, "vi", studio=replace(Studio(), **chosen))
            stores = doors(database)
            return Place(settings, stores, application(opened.enter_context(studio(settings, stores, CHEAP))))

        yield make


@pytest.fixture
def place(open_place: Callable[..., Place]) -> Place:
    return open_place()


@pytest.fixture
def house(furnished: Path, tmp_path: Path) -> Iterator[tuple[Place, Database]]:
    """A studio with a channel, where nobody answers."""
    file = tmp_path / "studio.db"
    file.write_bytes(furnished.read_bytes())
    opened = hasty(f"sqlite:///{file}")
    publishing = Publishing(channel="sandbox", sandbox="http://127.0.0.1:9")
    settings = Settings(tmp_path, tmp_path / "output", None, "vi", publishing=publishing)
    stores = doors(opened, Outlet("sandbox", sealing=Sealing(tmp_path / "key", ours=True)))
    with studio(settings, stores, CHEAP) as one:
        yield Place(settings, stores, application(one)), opened
    opened.close()
