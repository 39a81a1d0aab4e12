"""What is true of each engine whoever speaks with it: its limits, its rate, how it wants to be treated.

Values, so that no step and no engine asks by name what another engine may take.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class EngineFacts:
    """One engine; rates are Vietnamese syllables a second with pauses left out."""

    title: str
    sample_rate: int = 0
    """Of what it gives; 0 where each of its models has its own."""
    text_limit: int = 0
    """Characters that it takes at once; 0 for any number."""
    requests_per_minute: int = 0
    """How often all workers together may ask it, where a profile says nothing else; 0 for any number."""
    at_once: int = 0
    """How many requests to it may be under way on one machine; 0 where the machine's cores are the limit."""
    online: bool = False
    """Whether the text leaves this machine."""
    natural: float = 4.5
    """What its voices speak by themselves, roughly: a profile may know better, and what is made is measured."""
    rates: tuple[float, float] = (1.0, 1.0)
    """The least and the most times its natural rate that it can be asked for; the rest is done by stretching."""
    tells_words: bool = False
    """Whether it tells when each word sounds; where it does not, alignment finds out."""
    extra: str = ""
    """The extra of this program that brings it; empty where it is always there."""


FACTS: Mapping[str, EngineFacts] = {
    "espeak": EngineFacts("eSpeak NG", sample_rate=22_050, tells_words=True),
    "hum": EngineFacts("hum", sample_rate=22_050, tells_words=True),
    "gtts": EngineFacts(
        "Google Translate", 24_000, text_limit=100, requests_per_minute=40, at_once=1, online=True, natural=4.2
    ),
    "edge": EngineFacts(
        "Microsoft Edge",
        24_000,
        1_000,
        requests_per_minute=120,
        at_once=2,
        online=True,
        natural=4.8,
        rates=(0.5, 1.6),
        tells_words=True,
    ),
    "piper": EngineFacts("Piper", text_limit=1_000, natural=4.5, rates=(0.5, 1.8), extra="piper"),
    "openai": EngineFacts(
        "OpenAI API", 24_000, 2_000, requests_per_minute=50, at_once=2, online=True, natural=4.5, rates=(0.5, 1.8)
    ),
}
"""Name of an engine -> its facts. The natural rates of the four neural ones are rough: no Vietnamese voice of theirs
could be measured when they were written."""

NOTHING_KNOWN = EngineFacts("")


def facts_of(engine: str) -> EngineFacts:
    """Return what is known of an engine; of one that is not in the table, that it has no limits."""
    return FACTS.get(engine, NOTHING_KNOWN)
