"""Works that were made on fakes, as a studio's reviewers and administrators find them."""

from __future__ import annotations

from typing import Any

from media_service.domain.service import Verdict
from media_service.stores import Decision, Stores
from tests.database.scene import IN_ORDER, Maker, accept
from tests.web.conftest import Place


def furnish(place: Place, *texts: str, slug: str = "cay-khe", who: str = "lan", **facts: Any) -> Maker:
    """Have a work made, its products on the studio's own shelf."""
    maker = Maker(place.settings.home)
    accept(place.stores, *(texts or ("Ngày xưa có hai anh em.",)), slug=slug, who=who, **{**IN_ORDER, **facts})
    maker.work(place.stores)
    return maker


def approve(stores: Stores, slug: str = "cay-khe", number: int = 1) -> None:
    stores.reviews.decide(slug, number, Decision(Verdict.APPROVED, "hoa", waiver="để thử"))


def seen(place: Place, slug: str = "cay-khe", number: int = 1) -> dict[str, str]:
    """Return what a page of a review carries of what it shows."""
    (item,) = place.stores.reviews.show(slug, number)
    return {"content": item.content, "seen": item.verdict.value}
