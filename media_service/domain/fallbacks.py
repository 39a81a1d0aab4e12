"""Who may speak in a voice's place, as the profiles declare it; and what is wrong with such declarations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from media_service.domain.casting import Voice, no_such_voice
from media_service.messages import Message, message

Named = Mapping[str, tuple[str, ...]]
"""Voice -> the voices it names as fallbacks."""


def stand_ins(voice: Voice, voices: Iterable[Voice]) -> tuple[Voice, ...]:
    """Return who may speak in a voice's place, the best first: whom it names, then whom those name.

    None where it names nobody.
    """
    known = {one.name: one for one in voices}
    found: dict[str, Voice] = {}
    waiting = list(voice.fallback)
    while waiting:
        name = waiting.pop(0)
        if name in known and name not in found and name != voice.name:
            found[name] = known[name]
            waiting.extend(known[name].fallback)
    return tuple(found.values())


def wrong(named: Named, known: Iterable[str]) -> Iterator[tuple[str, Message]]:
    """Yield (voice, what is wrong with its fallbacks); `known` are all names, also of profiles with faults."""
    there = set(known)
    for voice, others in named.items():
        yield from ((voice, no_such_voice(other, there)) for other in others if other not in there)
        circle = _circle(voice, named)
        if circle:
            said = message(
                "The fallbacks lead in a circle ({circle}); take one of them out.", circle=" → ".join(circle)
            )
            yield voice, said


def _circle(voice: str, named: Named) -> tuple[str, ...]:
    """Return the shortest way from a voice back to itself; empty where there is none."""
    ways: list[tuple[str, ...]] = [(voice, other) for other in named.get(voice, ())]
    seen: set[str] = set()
    while ways:
        way = ways.pop(0)
        if way[-1] == voice:
            return way
        if way[-1] not in seen:
            seen.add(way[-1])
            ways.extend((*way, other) for other in named.get(way[-1], ()))
    return ()
