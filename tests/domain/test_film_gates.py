"""The gates of how a film moves, is read along, and of the films beside it: each breaks by the one fact it is about."""

from __future__ import annotations

from dataclasses import replace

import pytest

from media_service.domain.edition import Edition
from media_service.domain.gates.evidence import Evidence, OtherEvidence
from media_service.domain.gates.films import FILMS
from media_service.domain.gates.standard import gates
from media_service.domain.look import Canvas
from media_service.domain.measured import FilmFacts, Span
from media_service.domain.motion import WHOLE, Move, View, Way, move
from media_service.domain.read_along import Block, Lit
from media_service.domain.reels import Reel
from media_service.domain.storyboard import Fade, Moving, Read, Scene, Still
from tests import make
from tests.domain.test_gates import good

SLIDE = make.picture_slide()
SCENE = Scene(SLIDE, block=Block(("Một",)))
LIT = Read(SCENE, (Lit(0, 0, 3), Lit(0, 1, 6), Lit(1, 1, 3)))
GOOD_MOVES = Moving(SLIDE, move(Way.NEARER, 240)), Moving(SLIDE, move(Way.RIGHTWARD, 240))


def moving(plan: Move) -> tuple[Moving]:
    return (Moving(SLIDE, plan),)


def other(reel: Reel, **facts: object) -> OtherEvidence:
    length = sum(shot.frames for shot in reel.shots) / 30
    plain = FilmFacts(
        "h264", "High", "yuv420p", *reel.canvas.size, 30.0, ("bt709",) * 3 + ("tv",), "aac", 48_000,
        0.0, 0.0, length, length, 15, moov_first=True, edit_list=False,
    )  # fmt: skip
    return OtherEvidence(reel, replace(plain, **facts), good().seen, good().film_sound)


def otherwise(film: OtherEvidence, **facts: object) -> OtherEvidence:
    """Something else is seen, or heard, of a film."""
    assert film.seen
    assert film.sound
    seen = {name: fact for name, fact in facts.items() if hasattr(film.seen, name)}
    heard = {name: fact for name, fact in facts.items() if name not in seen}
    return replace(film, seen=replace(film.seen, **seen), sound=replace(film.sound, **heard))


def showing(*lines: str) -> Reel:
    """Return a film in which these lines are read."""
    return replace(READ_ALONG, shots=(replace(LIT, scene=Scene(SLIDE, block=Block(lines))),))


READ_ALONG = Reel(Edition.READ_ALONG, Canvas.WIDE, (LIT,))
BRIEFLY_LIT = replace(READ_ALONG, shots=(Read(SCENE, (Lit(0, 1, 4), Lit(1, 1, 9))),))
SHORT = Reel(Edition.SHORT, Canvas.TALL, (Still(SCENE, 900),))


def evidence(*others: OtherEvidence, shots: tuple[object, ...] = (*GOOD_MOVES, Fade(SCENE, SCENE, 16))) -> Evidence:
    return replace(good(), shots=shots, others=others or (other(READ_ALONG), other(SHORT)))


def failed(of: Evidence) -> list[str]:
    return [f"{gate.id} {gate.name}" for gate in gates(FILMS, of) if not gate.passed]


def test_a_good_film_and_good_other_films_keep_every_gate() -> None:
    assert failed(evidence()) == []
    assert len(list(gates(FILMS, evidence()))) == len(FILMS)


def test_an_episode_with_one_still_film_has_none_of_these_gates() -> None:
    assert list(gates(FILMS, replace(good(), shots=(Still(SCENE, 90),)))) == []


@pytest.mark.parametrize(
    ("of", "gate"),
    [
        (evidence(shots=moving(Move(WHOLE, View(1.1, 0.5, 0.5), 60))), "V9 fastest zoom"),
        (evidence(shots=moving(Move(WHOLE, View(1.13, 0.5, 0.5), 900))), "V9 farthest zoom"),
        (evidence(shots=moving(Move(View(1.2, 0.45, 0.5), View(1.2, 0.55, 0.5), 90))), "V9 fastest pan"),
        (evidence(shots=(Fade(SCENE, SCENE, 30),)), "V10 length of cross-fades"),
        (evidence(other(BRIEFLY_LIT)), "C8 shortest light on a word"),
        (evidence(other(SHORT, width=1920, height=1080)), "V1 canvas of the other films"),
        (evidence(other(replace(SHORT, shots=(Still(SCENE, 5_500),)))), "V1 length of the short film"),
        (evidence(other(SHORT, profile="Main")), "V2 coding of the other films"),
        (evidence(other(SHORT, moov_first=False)), "V2 coding of the other films"),
        (replace(evidence(), unmade=(Edition.SHORT,)), "V1 films that were asked for and not made"),
        (evidence(other(showing("a" * 33))), "C1 longest line in the picture"),
        (evidence(other(replace(showing("a" * 23), canvas=Canvas.TALL))), "C1 longest line in the picture"),
        (evidence(other(showing("Một", "hai", "ba"))), "C2 lines in the picture"),
        (evidence(otherwise(other(SHORT), loudness_lufs=-16.0)), "A2 loudness of the other films"),
        (evidence(otherwise(other(SHORT), true_peak_dbtp=-0.5)), "A3 true peak of the other films"),
        (evidence(otherwise(other(SHORT), flashes=1.5)), "V8 flashes of the other films"),
        (evidence(otherwise(other(SHORT), black=(Span(1, 2),))), "V12 empty pictures of the other films"),
        (evidence(other(SHORT, audio_duration_s=29.0)), "V3 beginning and end of the other films"),
    ],
)  # fmt: skip
def test_each_gate_breaks_by_what_it_is_about(of: Evidence, gate: str) -> None:
    assert failed(of) == [gate]
