"""Script -> planned episodes: each chapter of an audiobook is one episode, every other work is a single one."""

from __future__ import annotations

from collections.abc import Mapping

from media_service.domain.casting import Cast
from media_service.domain.episode import Planned
from media_service.domain.pace import PACES
from media_service.domain.product import Product
from media_service.domain.script import Picture, Script
from media_service.domain.splitting import passages


def episodes(script: Script, cast: Cast, pictures: Mapping[str, Product[Picture]]) -> tuple[Planned, ...]:
    """Plan every episode of a script, in the order of its chapters."""
    pace = PACES[script.facts.age]
    return tuple(
        Planned(
            facts=script.facts,
            cast=cast,
            number=number,
            count=len(script.chapters),
            title=chapter.title,
            passages=passages(script, chapter, cast, pace),
            file=script.file,
            pictures=pictures,
        )
        for number, chapter in enumerate(script.chapters, 1)
    )
