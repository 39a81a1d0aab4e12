"""What an episode's films are, and that episodes kept before there were several can still be read."""

from __future__ import annotations

import json

from media_service import values
from media_service.domain.edition import Edition, OtherFilm
from media_service.domain.episode import Filmed, grow
from media_service.domain.planning import episodes
from media_service.domain.product import Key, Product
from media_service.domain.timeline import lay_out
from tests import make


def filmed(*others: OtherFilm) -> Filmed:
    (planned,) = episodes(make.script(motion=None, editions=None), make.cast(), {})
    timeline = lay_out(planned.passages, [make.clip(one.text) for one in planned.passages])
    video: Product[int] = Product(Key("video", "a" * 20, ".mp4"), timeline.length)
    return grow(planned, Filmed, clips=(), timeline=timeline, master=video, video=video, others=others)


def test_an_episode_keeps_its_other_films() -> None:
    short = OtherFilm(Edition.SHORT, Product(Key("video", "b" * 20, ".mp4"), 48_000))
    assert values.load(values.dump(filmed(short)), Filmed) == filmed(short)


def test_an_episode_kept_before_there_were_other_films_has_none() -> None:
    kept = json.loads(values.dump(filmed()))
    del kept["others"], kept["facts"]["motion"], kept["facts"]["editions"], kept["facts"]["short"]
    assert values.load(json.dumps(kept).encode(), Filmed) == filmed()
