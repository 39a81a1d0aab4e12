"""The written form of a text turned into what a voice is given, with a way back to the written characters.

A chain of small rules, each a pattern and what is said instead; captions and highlights go on showing what the author
wrote. Numbers, dates and abbreviations are left as they stand: engines read them, and better rules can join the chain.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Span:
    """Spoken characters `first:last` stand for written ones `written_first:written_last`.

    Where both stretches are equally long they stand for each other one by one.
    """

    first: int
    last: int
    written_first: int
    written_last: int

    @property
    def one_by_one(self) -> bool:
        """Whether each spoken character stands for one written character."""
        return self.last - self.first == self.written_last - self.written_first


@dataclass(frozen=True, slots=True)
class Spoken:
    """What a voice is given; empty where a text has nothing that can be said (`***`)."""

    text: str
    spans: tuple[Span, ...]
    """Cover the spoken text without holes, in order; the written stretches never go backwards."""

    def written(self, first: int, last: int) -> tuple[int, int]:
        """Return the characters of the written text that spoken characters `first:last` stand for; (0, 0) for none."""
        touched = [span for span in self.spans if span.first < last and span.last > first]
        if not touched:
            return (0, 0)
        begin, end = touched[0], touched[-1]
        ahead = max(first - begin.first, 0) if begin.one_by_one else 0
        short = max(end.last - last, 0) if end.one_by_one else 0
        return begin.written_first + ahead, end.written_last - short


@dataclass(frozen=True, slots=True)
class _Draft:
    """A text on its way: `origins` gives for each character the written characters it stands for."""

    text: str
    origins: tuple[tuple[int, int], ...]

    def replaced(self, pattern: re.Pattern[str], say: Callable[[re.Match[str]], str]) -> _Draft:
        """Return the draft with every match replaced; where lengths differ the new text stands for the whole match."""
        texts: list[str] = []
        origins: list[tuple[int, int]] = []
        place = 0
        for match in pattern.finditer(self.text):
            first, last, new = match.start(), match.end(), say(match)
            texts += [self.text[place:first], new]
            origins += self.origins[place:first]
            origins += self._origins(first, last, len(new))
            place = last
        return _Draft("".join([*texts, self.text[place:]]), (*origins, *self.origins[place:]))

    def _origins(self, first: int, last: int, length: int) -> Sequence[tuple[int, int]]:
        if last - first == length:
            return self.origins[first:last]
        return [(self.origins[first][0], self.origins[last - 1][1])] * length


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of reading: where `pattern` matches (never emptily), `say` is said."""

    pattern: re.Pattern[str]
    say: Callable[[re.Match[str]], str]


def spoken(text: str) -> Spoken:
    """Return what a voice is given for a written text; any text is taken, none is refused."""
    draft = _Draft(text, tuple((place, place + 1) for place in range(len(text))))
    for rule in RULES:
        draft = draft.replaced(rule.pattern, rule.say)
    if not any(character.isalnum() for character in draft.text):
        return Spoken("", ())
    return Spoken(draft.text, _spans(draft.origins))


def _spans(origins: Sequence[tuple[int, int]]) -> tuple[Span, ...]:
    """Fold origins into spans: runs of single neighbours together, and each replaced stretch for itself."""
    ends = [place for place, (one, two) in enumerate(pairwise(origins), 1) if not _go_together(one, two)]
    cuts = [0, *ends, len(origins)]
    return tuple(Span(a, b, origins[a][0], origins[b - 1][1]) for a, b in pairwise(cuts))


def _go_together(one: tuple[int, int], two: tuple[int, int]) -> bool:
    next_letter = one[1] == two[0] and one[1] - one[0] == 1 and two[1] - two[0] == 1
    return next_letter or (one == two and one[1] - one[0] != 1)


def _literally(new: str) -> Callable[[re.Match[str]], str]:
    return lambda _: new


def _lowered(match: re.Match[str]) -> str:
    """Say a word in capitals as a word; numerals, and letters without a vowel, are none (XIX, NXB)."""
    word = match[0]
    if not word.isupper() or _ROMAN.fullmatch(word) or not _VOWEL.search(word):
        return word
    return word[0] + word[1:].lower()


def _pause_or_end(match: re.Match[str]) -> str:
    """Say an ellipsis as a comma where the sentence goes on, as its end where another begins."""
    goes_on = match.string[match.end() :].lstrip()[:1].islower()
    return "," if goes_on else "."


_ROMAN = re.compile(r"X{0,3}(?:IX|IV|V?I{0,3})")
_VOWEL = re.compile(r"[AEIOUYÀ-ÖØ-ÝĂĨŨƠƯẠ-Ỹ]")

RULES: tuple[Rule, ...] = (
    Rule(re.compile(r"[\s\u200b\ufeff]+"), _literally(" ")),
    Rule(re.compile(r"\[\d{1,3}\]|(?<=\w)[¹²³⁴-⁹]+(?!\w)"), _literally("")),  # footnote marks
    Rule(re.compile(r"[*_#`~^|\\]+"), _literally("")),  # espeak-ng names these marks
    Rule(re.compile(r"[^\W\d_]{2,}"), _lowered),
    Rule(re.compile(r"^\W*[–—-] +"), _literally("")),  # the dash that opens speech
    Rule(re.compile(r"(?<=[.,;:?!…”»\"]) [–—-]+ "), _literally(" ")),
    Rule(re.compile(r"(?<![\dIVXL]) [–—-]+ | [–—-]+ (?![\dIVXL])"), _literally(", ")),  # 5 – 7 waits for number rules
    Rule(re.compile(r"(?<=\w)[“”„«»\"](?=\w)"), _literally(" ")),
    Rule(re.compile(r"[“”„‟«»‹›\"]+|(?<!\w)[‘’']+|[‘’']+(?!\w)"), _literally("")),
    Rule(re.compile(r" *[(\[{]+ *"), _literally(", ")),
    Rule(re.compile(r" *[)\]}]+ *(?=[.,;:?!…]|$)"), _literally("")),
    Rule(re.compile(r" *[)\]}]+ *"), _literally(", ")),
    Rule(re.compile(r"(?:\.{2,}|…)+[.…]*(?= *[^\W\d_])"), _pause_or_end),
    Rule(re.compile(r"(?:\.{2,}|…)+[.…]*"), _literally(".")),
    Rule(re.compile(r"[.,;: ]*([?!])[?!., ]*(?= |$)"), lambda match: match[1]),
    Rule(re.compile(r"^[ .,;:?!]+| +$"), _literally("")),
    Rule(re.compile(r" +(?=[.,;:?!])"), _literally("")),
    Rule(re.compile(r"[,;:]+(?=[.?!])|(?<=[.?!;:]),|,(?=,)"), _literally("")),
    Rule(re.compile(r"  +"), _literally(" ")),
)
"""The rules, in the order they are applied."""
