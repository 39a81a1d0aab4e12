"""What a channel shows beside a video: title, description, tags, chapter marks, within the platform's limits.

What the words are is the affair of the templates; here is what the platform takes (standards P1, P6).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from media_service.domain.script import Facts
from media_service.domain.timeline import SAMPLE_RATE, Mark
from media_service.messages import Message, message

EDUCATION = 27
"""YouTube's category of that name."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What a listing is written from: one episode of a work, made and timed."""

    facts: Facts
    chapter: str
    """Title of the episode; empty where the work is one piece."""
    number: int
    """From 1, of `count` episodes."""
    count: int
    marks: tuple[Mark, ...]
    """Chapter marks that are fit to be shown; none where the rules of P1 cannot be met."""
    disclosures: tuple[str, ...]
    """What viewers are told of the voices, each sentence once; none where no voice is machine-made."""


@dataclass(frozen=True, slots=True)
class Localisation:
    """Title and description in one more language (BCP 47)."""

    language: str
    title: str
    description: str


@dataclass(frozen=True, slots=True)
class Listing:
    """Everything the channel shows of one episode, and the duties declared with it."""

    title: str
    description: str
    tags: tuple[str, ...]
    playlist: str
    language: str
    category: int
    made_for_kids: bool | None
    synthetic_media: bool
    localisations: tuple[Localisation, ...] = ()


@dataclass(frozen=True, slots=True)
class PlaylistText:
    """What a playlist says of itself."""

    title: str
    description: str
    language: str
    localisations: tuple[Localisation, ...] = ()


TITLE_CHARACTERS = 100
PLAYLIST_CHARACTERS = 150
"""Of a playlist's title; its description may be as long as a video's."""
DESCRIPTION_BYTES = 5000
"""In UTF-8: about 3,700 Vietnamese characters."""
TAGS_CHARACTERS = 500
"""Of all tags together, as `tags_length` counts."""
LONGEST_MARK_TITLE = 49
"""Characters of a chapter title that players show (P1)."""


def fit_marks(marks: Sequence[Mark], length: int) -> tuple[Mark, ...]:
    """Return marks that a player accepts: first at 0, rising, at least three, each at least ten seconds.

    A mark too close behind another is left out; where fewer than three remain there are none, because a broken list
    is silently ignored by the platform and reads as an error to people.
    """
    ten_seconds = 10 * SAMPLE_RATE
    kept: list[Mark] = []
    for mark in marks:
        if length - mark.start >= ten_seconds and (not kept or mark.start - kept[-1].start >= ten_seconds):
            kept.append(mark)
    return tuple(kept) if len(kept) >= 3 and kept[0].start == 0 else ()


_TIMED = re.compile(r"^(?:(\d+):)?(\d{1,2}):(\d\d)\b", re.MULTILINE)
_NUMBERED = re.compile(r"(?:[^\W\d_]+ )?(?:\d+|[IVXLC]+\b)[.:]?")
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff]")
_FORBIDDEN = str.maketrans("<>", "‹›")


def clean(text: str) -> str:
    """Return text fit for the platform: NFC, `‹ ›` for angle brackets, nothing unseen, one empty line at most."""
    seen = _UNSEEN.sub("", text.translate(_FORBIDDEN))
    lines = [line.rstrip() for line in unicodedata.normalize("NFC", seen).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def shortened(text: str, characters: int) -> str:
    """Return text of at most that many characters, cut behind a word, with `…` where something is missing."""
    if len(text) <= characters:
        return text
    room = max(characters - 1, 0)
    cut = text[:room]
    if not text[room].isspace() and " " in cut:
        cut = cut[: cut.rindex(" ")]
    return (cut.rstrip(" ,.;:–-") + "…")[:characters]


def fit_playlist_title(title: str) -> str:
    """Return a playlist's title of at most 150 characters in one line."""
    return shortened(" ".join(clean(title).split()), PLAYLIST_CHARACTERS)


def fit_title(title: str, chapter: str = "") -> str:
    """Return a title of at most 100 characters in one line; a chapter's number stands however long the rest is."""
    line = " ".join(clean(title).split())
    number = _NUMBERED.match(" ".join(clean(chapter).split()))
    at = line.rfind(number.group()) if number else -1
    if number is None or at <= 0 or len(line) <= TITLE_CHARACTERS:
        return shortened(line, TITLE_CHARACTERS)
    kept = line[at : at + len(number.group())]
    before, after = line[:at], line[at + len(kept) :]
    name = before.rstrip(" –-|·:,")
    between = before[len(name) :]
    head = shortened(name, TITLE_CHARACTERS - len(between) - len(kept) - min(len(after), TITLE_CHARACTERS // 3))
    return shortened(head + between + kept + after, TITLE_CHARACTERS)


def tags_length(tags: Sequence[str]) -> int:
    """Count tags as YouTube does: the commas between them, and two quotation marks for a tag with a space."""
    return sum(len(tag) + 2 * (" " in tag) for tag in tags) + max(len(tags) - 1, 0)


def fit_tags(tags: Sequence[str]) -> tuple[str, ...]:
    """Return tags in their order, each once whatever its capitals, without those that find no room."""
    fitting: dict[str, str] = {}
    for given in tags:
        tag = " ".join(clean(re.sub(r"[,\"#‹›<>]", " ", given)).split())
        known = not tag or tag.casefold() in fitting
        if not known and tags_length([*fitting.values(), tag]) <= TAGS_CHARACTERS:
            fitting[tag.casefold()] = tag
    return tuple(fitting.values())


def timecode(start: int) -> str:
    """Return a place in the sound as a chapter line gives it: M:SS, from one hour on H:MM:SS."""
    minutes, second = divmod(start // SAMPLE_RATE, 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02}:{second:02}" if hours else f"{minute}:{second:02}"


def chapter_times(description: str) -> tuple[int, ...]:
    """Return the seconds of every line that begins with a time, as the platform reads them."""
    return tuple(
        int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds)
        for hours, minutes, seconds in _TIMED.findall(description)
    )


def faults(listing: Listing) -> tuple[Message, ...]:
    """Say all that the platform would refuse or silently ignore; nothing for what `fit_…` made."""
    return (
        *_text_faults(listing.title, listing.description, TITLE_CHARACTERS),
        *_tag_faults(listing.tags),
        *_chapter_faults(listing.description),
        *_elsewhere(listing.localisations, TITLE_CHARACTERS),
    )


def playlist_faults(text: PlaylistText) -> tuple[Message, ...]:
    """Say all that the platform would refuse of a playlist's texts, as `faults` does of a video's."""
    own = _text_faults(text.title, text.description, PLAYLIST_CHARACTERS)
    found = (*own, *_elsewhere(text.localisations, PLAYLIST_CHARACTERS))
    return tuple(message("Playlist: {fault}", fault=fault) for fault in found)


def _elsewhere(localisations: Sequence[Localisation], characters: int) -> Iterator[Message]:
    for one in localisations:
        for fault in _text_faults(one.title, one.description, characters):
            yield message("In the language {language}: {fault}", language=one.language, fault=fault)


def _text_faults(title: str, description: str, characters: int) -> Iterator[Message]:
    size = len(description.encode(errors="replace"))
    if not title.strip():
        yield message("The title is empty; give the work one.")
    if len(title) > characters:
        yield message("The title has {count} characters; shorten it to {limit}.", count=len(title), limit=characters)
    if size > DESCRIPTION_BYTES:
        yield message("The description has {count} bytes; shorten it to {limit}.", count=size, limit=DESCRIPTION_BYTES)
    yield from _sign_faults(message("title"), title)
    yield from _sign_faults(message("description"), description)


def _sign_faults(name: Message, text: str) -> Iterator[Message]:
    if set("<>") & set(text):
        yield message("The {field} has “<” or “>”, which the platform refuses; write ‹ ›.", field=name)
    if not unicodedata.is_normalized("NFC", text):
        yield message("The {field} is not in composed letters (NFC); type it again.", field=name)


def _tag_faults(tags: Sequence[str]) -> Iterator[Message]:
    count = tags_length(tags)
    if count > TAGS_CHARACTERS:
        yield message(
            "The tags have {count} characters together; shorten them to {limit}.", count=count, limit=TAGS_CHARACTERS
        )
    yield from _sign_faults(message("tags"), "".join(tags))
    if any(not tag.strip() or "," in tag for tag in tags):
        yield message("A tag is empty or has a comma; write one thing a tag.")


def _chapter_faults(description: str) -> Iterator[Message]:
    times = chapter_times(description)
    if times and not (times[0] == 0 and len(times) >= 3 and all(late - early >= 10 for early, late in pairwise(times))):
        yield message(
            "The chapter times must begin at 0:00, rise by 10 seconds or more, and be three at least; "
            "correct the description."
        )
