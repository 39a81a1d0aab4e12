"""What an episode says of its makers and its rights when it ends: spoken facts, rows and notices of the last slide.

These are words of the work, in the script's language; they are no messages of the program.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from media_service.domain.casting import Cast
from media_service.domain.rights import Basis, Right
from media_service.domain.script import Facts, Kind

LIBRARY = "Thư viện tỉnh Bình Thuận"
"""Who makes these programmes."""


@dataclass(frozen=True, slots=True)
class _Phrases:
    """The words of one language; `{…}` are places for names."""

    voice: str
    """What voices' titles begin with, which a row of voices need not repeat."""
    machine: str
    """Who reads where every voice is machine-made."""
    rows: dict[str, str]
    rows_of: dict[Kind, dict[str, str]]
    """What roles are called in one kind of work only."""
    genre: dict[Kind, str]
    """What sort of work this is, said where its title alone would pass for another."""
    deeds: dict[str, str]
    made_by: str
    work_by: str
    introduction_by: str
    joint: str
    author: str
    retold_by: str
    parts: dict[str, str]
    grounds: dict[Basis, str]
    someone: str
    """Who holds a right that the script gives nobody for."""
    free: str
    licensed: str


_LANGUAGES = {
    "vi": _Phrases(
        voice="Giọng ",
        machine="tổng hợp bằng máy",
        rows={"author": "Tác giả", "reteller": "Kể lại", "translator": "Dịch", "presenter": "Lời giới thiệu",
              "illustrator": "Minh họa", "voices": "Giọng đọc", "library": "Thực hiện"},
        rows_of={Kind.BOOK_INTRODUCTION: {"author": "Tác giả cuốn sách"}, Kind.HERITAGE: {"author": "Biên soạn"}},
        genre={Kind.BOOK_INTRODUCTION: "Giới thiệu sách"},
        deeds={"author": "viết", "reteller": "kể lại", "translator": "dịch", "presenter": "viết",
               "library": "thực hiện"},
        made_by="{name} {deeds}.",
        work_by="Tác phẩm do {name} {deeds}.",
        introduction_by="Lời giới thiệu do {name} {deeds}.",
        joint=" và ",
        author="Tác giả: {name}",
        retold_by="{name} kể lại",
        parts={"text": "Lời", "pictures": "Tranh", "music": "Nhạc"},
        grounds={
            Basis.OWN_WORK: "bản quyền của {holder}",
            Basis.PUBLIC_DOMAIN: "tác phẩm thuộc về công chúng",
            Basis.LICENCE: "dùng theo giấy phép của {holder}",
            Basis.PERMISSION: "dùng với sự đồng ý của {holder}",
            Basis.SYNTHETIC: "do máy tạo ra",
        },
        someone="người giữ quyền",
        free="được dùng tự do ({licence})",
        licensed="giấy phép {licence}",
    ),
    "en": _Phrases(
        voice="",
        machine="machine-made",
        rows={"author": "Author", "reteller": "Retelling", "translator": "Translation", "presenter": "Introduction",
              "illustrator": "Pictures", "voices": "Voices", "library": "Production"},
        rows_of={Kind.BOOK_INTRODUCTION: {"author": "Author of the book"}},
        genre={Kind.BOOK_INTRODUCTION: "A book to read"},
        deeds={"author": "written", "reteller": "retold", "translator": "translated", "presenter": "written",
               "library": "produced"},
        made_by="{deeds} by {name}.",
        work_by="{deeds} by {name}.",
        introduction_by="introduction {deeds} by {name}.",
        joint=" and ",
        author="Author: {name}",
        retold_by="retold by {name}",
        parts={"text": "Text", "pictures": "Pictures", "music": "Music"},
        grounds={
            Basis.OWN_WORK: "copyright {holder}",
            Basis.PUBLIC_DOMAIN: "in the public domain",
            Basis.LICENCE: "used under licence from {holder}",
            Basis.PERMISSION: "used by permission of {holder}",
            Basis.SYNTHETIC: "machine-made",
        },
        someone="the owner",
        free="free to use ({licence})",
        licensed="licence {licence}",
    ),
}  # fmt: skip  # a row a line


def announcement(facts: Facts) -> str:
    """Return the small line under a title that would pass for another sort of work; empty for most kinds."""
    return _phrases(facts).genre.get(facts.kind, "")


def artist(facts: Facts) -> str:
    """Return whose work the recording is, as players show it: an introduction's is its presenter."""
    if facts.kind is Kind.BOOK_INTRODUCTION:
        return facts.presenter or LIBRARY
    return facts.author or facts.reteller or LIBRARY


def byline(facts: Facts) -> str:
    """Return whose work it is, as the opening slide shows it; empty where the script names nobody."""
    if facts.author:
        told = _phrases(facts).author.format(name=facts.author)
        return told if facts.kind is Kind.BOOK_INTRODUCTION else facts.author
    return _phrases(facts).retold_by.format(name=facts.reteller) if facts.reteller else ""


def credit_rows(facts: Facts, cast: Cast, library: str) -> tuple[tuple[str, str], ...]:
    """Return (roles, who) for everybody who has a role, each name once with all that it did."""
    labels = _phrases(facts).rows | _phrases(facts).rows_of.get(facts.kind, {})
    who = {
        "author": facts.author,
        "reteller": facts.reteller,
        "translator": facts.translator,
        "presenter": _presenter(facts, library),
        "illustrator": facts.illustrator,
        "voices": _voices(facts, cast),
        "library": library,
    }
    roles: dict[str, list[str]] = {}
    for role, name in who.items():
        if name:
            roles.setdefault(name, []).append(labels[role])
    return tuple((", ".join([first, *map(_small, rest)]), name) for name, (first, *rest) in roles.items())


def disclosures(cast: Cast) -> tuple[str, ...]:
    """Return what a listener is told of the voices, each sentence once."""
    return tuple(dict.fromkeys(voice.disclosure for voice in cast.voices() if voice.disclosure))


def notices(facts: Facts, cast: Cast, library: str) -> tuple[str, ...]:
    """Return the notices a viewer is owed: the grounds of text, pictures and music, then the voices' disclosure.

    The evidence of a ground is not among them: it may be a paper of the library's own.
    """
    rights = {"text": facts.rights.text, "pictures": facts.rights.pictures, "music": facts.rights.music}
    by_ground: dict[str, list[str]] = {}
    for part, right in rights.items():
        if ground := _ground(right, facts, library):
            by_ground.setdefault(ground, []).append(_phrases(facts).parts[part])
    joined = {ground: _joined(parts, facts) for ground, parts in by_ground.items()}
    return (*(f"{parts}: {ground}." for ground, parts in joined.items()), *disclosures(cast))


def spoken_credits(facts: Facts, cast: Cast, library: str) -> tuple[str, ...]:
    """Return the sentences that close an episode: who wrote or retold it, who made it, and what voices these are."""
    return (*_deeds(facts, library), *disclosures(cast))


def _presenter(facts: Facts, library: str) -> str:
    return facts.presenter or library if facts.kind is Kind.BOOK_INTRODUCTION else ""


def _voices(facts: Facts, cast: Cast) -> str:
    voices = cast.voices()
    if all(voice.disclosure for voice in voices):
        return _phrases(facts).machine
    return ", ".join(dict.fromkeys(voice.title.removeprefix(_phrases(facts).voice) for voice in voices))


def _deeds(facts: Facts, library: str) -> Iterator[str]:
    """Yield one sentence for each maker with all that they did, the library last.

    Of a book introduction its own makers are told; the book's are seen in the rows.
    """
    phrases = _phrases(facts)
    if presenter := _presenter(facts, library):
        makers = {"presenter": presenter, "library": library}
    else:
        makers = {"author": facts.author, "reteller": facts.reteller, "translator": facts.translator}
        makers |= {"library": library}
    names = sorted(dict.fromkeys(name for name in makers.values() if name), key=lambda name: name == library)
    for name in names:
        roles = [role for role, who in makers.items() if who == name]
        frame = phrases.made_by if name == library else phrases.work_by
        if "presenter" in roles:
            frame = phrases.introduction_by
        sentence = frame.format(name=name, deeds=_joined([phrases.deeds[role] for role in roles], facts))
        yield sentence[0].upper() + sentence[1:]


def _ground(right: Right | None, facts: Facts, library: str) -> str:
    if right is None or right.basis is Basis.NONE:
        return ""
    phrases = _phrases(facts)
    if right.licence and right.basis is not Basis.PERMISSION:
        frame = phrases.free if right.licence.startswith("CC0") else phrases.licensed
        return frame.format(licence=_licence(right.licence)) + (f", {right.holder}" if right.holder else "")
    holder = right.holder or (library if right.basis is Basis.OWN_WORK else phrases.someone)
    return phrases.grounds[right.basis].format(holder=holder)


def _licence(written: str) -> str:
    """Return a licence's name as people read it: “CC BY-SA 4.0” for the identifier “CC-BY-SA-4.0”."""
    if not written.startswith(("CC-", "CC0-")):
        return written
    name, _, version = written.rpartition("-")
    return f"{name.replace('CC-', 'CC ')} {version}"


def _joined(words: list[str], facts: Facts) -> str:
    first, *rest = words
    listed = [first, *map(_small, rest)]
    return _phrases(facts).joint.join([", ".join(listed[:-1]), listed[-1]] if rest else listed)


def _small(word: str) -> str:
    return word[0].lower() + word[1:]


def _phrases(facts: Facts) -> _Phrases:
    return _LANGUAGES.get(facts.language, _LANGUAGES["vi"])
