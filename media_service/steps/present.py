"""Inspected episodes -> output/<slug>/: every file under the name people look for, and the manifest that lists them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import PurePosixPath

from media_service.domain.episode import Inspected, Presented, Production, grow
from media_service.domain.manifest import FILE_NAMES, RIGHTS, EpisodeEntry, Manifest, StepWork, folder, grounds
from media_service.domain.subtitles import srt, vtt
from media_service.domain.timeline import seconds
from media_service.domain.timing import timing
from media_service.errors import refused
from media_service.messages import message
from media_service.ports import Tools


def present(episode: Inspected, tools: Tools) -> Presented:
    """Show an episode's files under the production's folder."""
    tools.progress.begin("present", episode.name)
    slug, place = episode.facts.slug, PurePosixPath(folder(episode.number))
    names = {key: str(place / name) for key, name in FILE_NAMES.items()}
    products = {"video": episode.video.key, "audio_mp3": episode.mp3.key, "thumbnail": episode.thumbnail.key}
    texts = {
        "captions_srt": srt(episode.captions).encode(),
        "captions_vtt": vtt(episode.captions, episode.facts.language).encode(),
        "description": episode.listing.description.encode(),
        "listing": _json(asdict(episode.listing)),
        "timing": _json(asdict(timing(episode.timeline))),
        "quality": _json(asdict(episode.quality)),
    }
    for name, key in products.items():
        tools.display.show(tools.shelf.reach(key), f"{slug}/{names[name]}")
    for name, text in texts.items():
        tools.display.show(text, f"{slug}/{names[name]}")
    entry = EpisodeEntry(
        number=episode.number,
        title=episode.name,
        duration_s=round(seconds(episode.timeline.length), 3),
        files=names,
        failed_gates=tuple(gate for gate in episode.quality.gates if not gate.passed),
    )
    return grow(episode, Presented, entry=entry)


def conclude(
    production: Production, episodes: Sequence[Presented], work: StepWork, now: datetime, tools: Tools
) -> Manifest:
    """Write the manifest of a production whose episodes are all shown; then what earlier episodes left goes.

    The manifest keeps the date of its making while nothing new was made.
    """
    slug = production.facts.slug
    before = _said_before(tools.display.read(f"{slug}/production.json"), "made_at")
    manifest = Manifest(
        title=production.facts.title,
        slug=slug,
        job=production.job,
        kind=production.facts.kind.value,
        language=production.facts.language,
        made_at=before if before and not work.made else now.isoformat(timespec="seconds"),
        draft_voice=any(voice.draft for voice in episodes[0].cast.voices()),
        files={"rights": RIGHTS},
        episodes=tuple(episode.entry for episode in episodes),
        work=work,
    )
    tools.display.show(_json(asdict(grounds(production.facts, episodes[0].cast))), f"{slug}/{RIGHTS}")
    tools.display.show(_json(asdict(manifest)), f"{slug}/production.json")
    _withdraw_beyond(slug, len(episodes), tools)
    return manifest


def refuse_another(production: Production, tools: Tools) -> None:
    """Raise InputError where the production's folder holds another job's: two names may give one slug."""
    there = _said_before(tools.display.read(f"{production.facts.slug}/production.json"), "job")
    if there and there != production.job:
        said = message(
            "{folder} in the output folder was made from the job “{there}”; rename one of the two job folders.",
            folder=production.facts.slug,
            there=there,
        )
        raise refused(production.job, said)


def _withdraw_beyond(slug: str, count: int, tools: Tools) -> None:
    """Take away our files of episodes that the production has no more, whichever run left them."""
    for name in tools.display.names(slug):
        if name.isdecimal() and int(name) > count:
            for file in FILE_NAMES.values():
                tools.display.withdraw(f"{slug}/{name}/{file}")


def _said_before(manifest: bytes | None, key: str) -> str:
    """Return what an earlier manifest says; empty where it cannot be read."""
    try:
        return str(json.loads(manifest or b"{}")[key])
    except (ValueError, KeyError, TypeError, RecursionError):
        return ""


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()
