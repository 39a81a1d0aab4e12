"""Inspected episodes -> output/<slug>/: every file under the name people look for, and the manifest that lists them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import PurePosixPath

from media_service.domain.episode import Inspected, Production
from media_service.domain.manifest import FILE_NAMES, RIGHTS, EpisodeEntry, Manifest, folder, grounds
from media_service.domain.subtitles import srt, vtt
from media_service.domain.timeline import seconds
from media_service.domain.timing import timing
from media_service.ports import Tools


def present(production: Production, episodes: Sequence[Inspected], now: datetime, tools: Tools) -> Manifest:
    """Show a finished production and write its manifest, last of all; names that are not part of it any more go.

    The manifest keeps the date of its making while nothing new was made.
    """
    tools.progress.begin("present", production.facts.title)
    slug = production.facts.slug
    before = _earlier(tools.display.read(f"{slug}/production.json"))
    entries = tuple(_show(slug, episode, tools) for episode in episodes)
    work = tools.progress.work()
    manifest = Manifest(
        title=production.facts.title,
        slug=slug,
        kind=production.facts.kind.value,
        language=production.facts.language,
        made_at=before.made_at if before.made_at and not work.made else now.isoformat(timespec="seconds"),
        draft_voice=any(voice.draft for voice in episodes[0].cast.voices()),
        files={"rights": RIGHTS},
        episodes=entries,
        work=work,
    )
    tools.display.write(f"{slug}/{RIGHTS}", _json(asdict(grounds(production.facts, episodes[0].cast))))
    tools.display.write(f"{slug}/production.json", _json(asdict(manifest)))
    for name in sorted(before.names - {name for entry in entries for name in entry.files.values()}):
        tools.display.withdraw(f"{slug}/{name}")
    return manifest


def _show(slug: str, episode: Inspected, tools: Tools) -> EpisodeEntry:
    place = PurePosixPath(folder(episode.number))
    names = {key: str(place / name) for key, name in FILE_NAMES.items()}
    products = {"video": episode.video.path, "audio_mp3": episode.mp3.path, "thumbnail": episode.thumbnail.path}
    texts = {
        "captions_srt": srt(episode.captions).encode(),
        "captions_vtt": vtt(episode.captions, episode.facts.language).encode(),
        "description": episode.listing.description.encode(),
        "listing": _json(asdict(episode.listing)),
        "timing": _json(asdict(timing(episode.timeline))),
        "quality": _json(asdict(episode.quality)),
    }
    for key, product in products.items():
        tools.display.show(product, f"{slug}/{names[key]}")
    for key, text in texts.items():
        tools.display.write(f"{slug}/{names[key]}", text)
    return EpisodeEntry(
        number=episode.number,
        title=episode.name,
        duration_s=round(seconds(episode.timeline.length), 3),
        files=names,
        failed_gates=tuple(gate.id for gate in episode.quality.gates if not gate.passed),
    )


@dataclass(frozen=True, slots=True)
class _Earlier:
    """What an earlier manifest says: when it was made, and the names it lists."""

    made_at: str = ""
    names: frozenset[str] = frozenset()


def _earlier(manifest: bytes | None) -> _Earlier:
    """Read an earlier manifest as far as it can be read; a name that leads elsewhere is not taken from it."""
    try:
        said = json.loads(manifest or b"{}")
        names = {PurePosixPath(name) for entry in said["episodes"] for name in entry["files"].values()}
        kept = frozenset(str(name) for name in names if not name.is_absolute() and ".." not in name.parts)
        return _Earlier(str(said["made_at"]), kept)
    except (ValueError, KeyError, TypeError, AttributeError):
        return _Earlier()


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()
