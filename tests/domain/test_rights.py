"""Which grounds a person still has to give."""

from __future__ import annotations

from media_service.domain.rights import Basis, Right, Rights

OWN = Right(Basis.OWN_WORK)


def test_what_nobody_has_answered_is_named_in_the_order_of_the_front_matter() -> None:
    assert Rights().unanswered() == ("text", "pictures", "music", "voice")
    assert Rights(pictures=OWN, voice=OWN).unanswered() == ("text", "music")


def test_an_answer_of_none_is_an_answer() -> None:
    assert Rights(text=OWN, pictures=OWN, music=Right(Basis.NONE), voice=OWN).unanswered() == ()
