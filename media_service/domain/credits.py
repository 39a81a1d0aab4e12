"""What an episode says of its makers and its rights when it ends: spoken facts, rows and notices of the last slide.

These are words of the work, in the script's language; they are no messages of the program.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from media_service.domain.casting import Cast
from media_service.domain.rights import Basis, Right
from media_service.domain.script import Facts

LIBRARY = "Thư viện tỉnh Bình Thuận"
"""Who makes these programmes."""


@dataclass(frozen=True, slots=True)
class _Phrases:
    """The words of one language; `{…}` are places for names."""

    voice: str
    """What voices' titles begin with, which a row of voices need not repeat."""
    rows: dict[str, str]
    deeds: dict[str, str]
    made_by: str
    work_by: str
    joint: str
    retold_by: str
    parts: dict[str, str]
    grounds: dict[Basis, str]


_LANGUAGES = {
    "vi": _Phrases(
        voice="Giọng ",
        rows={"author": "Tác giả", "reteller": "Kể lại", "translator": "Dịch", "illustrator": "Minh họa",
              "voices": "Giọng đọc", "library": "Thực hiện"},
        deeds={"author": "viết", "reteller": "kể lại", "translator": "dịch", "library": "thực hiện"},
        made_by="{name} {deeds}.",
        work_by="Tác phẩm do {name} {deeds}.",
        joint=" và ",
        retold_by="{name} kể lại",
        parts={"text": "Lời", "pictures": "Tranh", "music": "Nhạc"},
        grounds={
            Basis.OWN_WORK: "bản quyền của {holder}",
            Basis.PUBLIC_DOMAIN: "tác phẩm thuộc về công chúng",
            Basis.LICENCE: "dùng theo giấy phép của {holder}",
            Basis.PERMISSION: "dùng với sự cho phép của {holder}",
            Basis.SYNTHETIC: "do máy tạo ra",
        },
    ),
    "en": _Phrases(
        voice="",
        rows={"author": "Author", "reteller": "Retold by", "translator": "Translated by", "illustrator": "Pictures",
              "voices": "Voices", "library": "Produced by"},
        deeds={"author": "written", "reteller": "retold", "translator": "translated", "library": "produced"},
        made_by="{deeds} by {name}.",
        work_by="{deeds} by {name}.",
        joint=" and ",
        retold_by="retold by {name}",
        parts={"text": "Text", "pictures": "Pictures", "music": "Music"},
        grounds={
            Basis.OWN_WORK: "copyright {holder}",
            Basis.PUBLIC_DOMAIN: "in the public domain",
            Basis.LICENCE: "used under licence from {holder}",
            Basis.PERMISSION: "used by permission of {holder}",
            Basis.SYNTHETIC: "machine-made",
        },
    ),
}  # fmt: skip  # a row a line
_LICENSED = {"vi": "giấy phép {licence}", "en": "licence {licence}"}


def byline(facts: Facts) -> str:
    """Return whose work it is, as the opening slide shows it; empty where the script names nobody."""
    if facts.author:
        return facts.author
    return _phrases(facts).retold_by.format(name=facts.reteller) if facts.reteller else ""


def credit_rows(facts: Facts, cast: Cast, library: str) -> tuple[tuple[str, str], ...]:
    """Return (role, who) for each role that somebody has."""
    voices = dict.fromkeys(voice.title.removeprefix(_phrases(facts).voice) for voice in cast.voices())
    who = {
        "author": facts.author,
        "reteller": facts.reteller,
        "translator": facts.translator,
        "illustrator": facts.illustrator,
        "voices": ", ".join(voices),
        "library": library,
    }
    return tuple((_phrases(facts).rows[role], name) for role, name in who.items() if name)


def disclosures(cast: Cast) -> tuple[str, ...]:
    """Return what a listener is told of the voices, each sentence once."""
    return tuple(dict.fromkeys(voice.disclosure for voice in cast.voices() if voice.disclosure))


def notices(facts: Facts, cast: Cast, library: str) -> tuple[str, ...]:
    """Return the notices a viewer is owed: the grounds of text, pictures and music, then the voices' disclosure."""
    rights = {"text": facts.rights.text, "pictures": facts.rights.pictures, "music": facts.rights.music}
    by_ground: dict[str, list[str]] = {}
    for part, right in rights.items():
        if ground := _ground(right, facts, library):
            by_ground.setdefault(ground, []).append(_phrases(facts).parts[part])
    joined = {ground: _joined(parts, facts).capitalize() for ground, parts in by_ground.items()}
    return (*(f"{parts}: {ground}." for ground, parts in joined.items()), *disclosures(cast))


def spoken_credits(facts: Facts, cast: Cast, library: str) -> tuple[str, ...]:
    """Return the sentences that close an episode: who wrote or retold it, who made it, and what voices these are."""
    return (*_deeds(facts, library), *disclosures(cast))


def _deeds(facts: Facts, library: str) -> Iterator[str]:
    """Yield one sentence for each maker with all that they did, the library last."""
    phrases = _phrases(facts)
    makers = {"author": facts.author, "reteller": facts.reteller, "translator": facts.translator, "library": library}
    names = sorted(dict.fromkeys(name for name in makers.values() if name), key=lambda name: name == library)
    for name in names:
        deeds = [phrases.deeds[role] for role, who in makers.items() if who == name]
        frame = phrases.made_by if name == library else phrases.work_by
        sentence = frame.format(name=name, deeds=_joined(deeds, facts))
        yield sentence[0].upper() + sentence[1:]


def _ground(right: Right | None, facts: Facts, library: str) -> str:
    if right is None or right.basis is Basis.NONE:
        return ""
    if right.licence:
        return _LICENSED[_language(facts)].format(licence=right.licence) + (f", {right.holder}" if right.holder else "")
    return _phrases(facts).grounds[right.basis].format(holder=right.holder or library)


def _joined(words: list[str], facts: Facts) -> str:
    lower = [words[0], *(word.lower() for word in words[1:])]
    return _phrases(facts).joint.join([", ".join(lower[:-1]), lower[-1]] if len(lower) > 1 else lower)


def _language(facts: Facts) -> str:
    return facts.language if facts.language in _LANGUAGES else "vi"


def _phrases(facts: Facts) -> _Phrases:
    return _LANGUAGES[_language(facts)]
