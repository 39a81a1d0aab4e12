"""Inspected episodes -> output/<slug>/: every file under the name people look for, and the manifest that lists them."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import PurePosixPath

from media_service.domain.conclusion import Conclusion
from media_service.domain.episode import Inspected, Presented, grow
from media_service.domain.fingerprint import fingerprint
from media_service.domain.heard import stood_in
from media_service.domain.manifest import (
    BOOK,
    FILE_NAMES,
    OTHER_FILMS,
    RIGHTS,
    EpisodeEntry,
    Manifest,
    folder,
    grounds,
)
from media_service.domain.product import Key
from media_service.domain.quality_sheet import QualitySheet, moments
from media_service.domain.subtitles import srt, vtt
from media_service.domain.timeline import seconds
from media_service.domain.timing import timing
from media_service.errors import refused
from media_service.messages import message
from media_service.ports import Tools
from media_service.steps.book import bound

VERSION = 1
"""Raise it when frames shown before must be taken again."""
MOST_FLAWS = 20
"""Flaws of one gate that a production's manifest and its reviewer are told of; all stand in the report."""


def present(episode: Inspected, tools: Tools) -> Presented:
    """Show an episode's files under the production's folder."""
    tools.progress.begin("present", episode.name)
    slug, place = episode.facts.slug, PurePosixPath(folder(episode.number))
    films = {OTHER_FILMS[other.edition]: other.video.key for other in episode.others}
    products = {"video": episode.video.key, "audio_mp3": episode.mp3.key, "thumbnail": episode.thumbnail.key}
    products |= {f"thumbnail_{number}": one.key for number, one in enumerate(episode.candidates, 1)}
    products |= {key: video for (key, _), video in films.items()}
    texts = {
        "captions_srt": srt(episode.captions).encode(),
        "captions_vtt": vtt(episode.captions, episode.facts.language).encode(),
        "description": episode.listing.description.encode(),
        "listing": _json(asdict(episode.listing)),
        "timing": _json(asdict(timing(episode.timeline))),
        "quality": _json(asdict(episode.quality)),
        "quality_page": tools.pages.quality(_sheet(episode, tools)),
    }
    known = (*FILE_NAMES.items(), *OTHER_FILMS.values())
    names = {key: str(place / name) for key, name in known if key in products or key in texts}
    for name, key in products.items():
        tools.display.show(tools.shelf.reach(key), f"{slug}/{names[name]}")
    for film, file in OTHER_FILMS.values():
        if film not in products:
            tools.display.withdraw(f"{slug}/{place / file}")
    for name, text in texts.items():
        tools.display.show(text, f"{slug}/{names[name]}")
    entry = EpisodeEntry(
        number=episode.number,
        title=episode.name,
        duration_s=round(seconds(episode.timeline.length), 3),
        files=names,
        failed_gates=tuple(replace(gate, flaws=gate.flaws[:MOST_FLAWS]) for gate in episode.quality.failed),
        stand_ins=stood_in(episode),
    )
    return grow(episode, Presented, entry=entry)


def _sheet(episode: Inspected, tools: Tools) -> QualitySheet:
    return QualitySheet(
        title=episode.facts.title,
        episode=episode.name,
        number=episode.number,
        count=episode.count,
        length_s=seconds(episode.timeline.length),
        report=episode.quality,
        frames={at_s: _frame(episode.video.key, at_s, tools) for at_s in moments(episode.quality)},
    )


def _frame(video: Key, at_s: float, tools: Tools) -> bytes:
    """Return the frame of a film at that second, which those who judge a flaw of the picture want to see."""
    key = Key("frame", fingerprint(VERSION, video, at_s), ".jpg")
    frame = tools.shelf.obtain(
        key, type(None), lambda path: tools.inspector.frame(tools.shelf.reach(video), at_s, path)
    )
    return tools.shelf.reach(frame.key).read_bytes()


def conclude(conclusion: Conclusion, now: datetime, tools: Tools) -> Manifest:
    """Bind the book of a production whose episodes are all shown and write its manifest; then what others left goes.

    The manifest keeps the date of its making while nothing new was made.
    """
    facts, episodes = conclusion.facts, conclusion.episodes
    chapters = [episode.chapter for episode in episodes]
    slug, work = facts.slug, conclusion.work
    before = _said_before(tools.display.read(f"{slug}/production.json"), "made_at")
    manifest = Manifest(
        title=facts.title,
        slug=slug,
        job=conclusion.job,
        kind=facts.kind.value,
        language=facts.language,
        made_at=before if before and not work.made else now.isoformat(timespec="seconds"),
        files={"rights": RIGHTS, "audio_m4b": BOOK},
        draft_voice=any(episode.draft_heard for episode in episodes),
        episodes=tuple(episode.entry for episode in episodes),
        work=work,
    )
    tools.display.show(_json(asdict(grounds(facts, chapters[0].cast))), f"{slug}/{RIGHTS}")
    tools.display.show(tools.shelf.reach(bound(facts, chapters, tools).key), f"{slug}/{BOOK}")
    tools.display.show(_json(asdict(manifest)), f"{slug}/production.json")
    _withdraw_beyond(slug, len(episodes), tools)
    return manifest


def refuse_another(job: str, slug: str, tools: Tools) -> None:
    """Raise InputError where the folder a job's production would have holds another job's: two may give one slug."""
    there = _said_before(tools.display.read(f"{slug}/production.json"), "job")
    if there and there != job:
        said = message(
            "{folder} in the output folder was made from the job “{there}”; rename one of the two job folders.",
            folder=slug,
            there=there,
        )
        raise refused(job, said)


def _withdraw_beyond(slug: str, count: int, tools: Tools) -> None:
    """Take away our files of episodes that the production has no more, whichever run left them."""
    for name in tools.display.names(slug):
        if name.isdecimal() and int(name) > count:
            for file in (*FILE_NAMES.values(), *(file for _, file in OTHER_FILMS.values())):
                tools.display.withdraw(f"{slug}/{name}/{file}")


def _said_before(manifest: bytes | None, key: str) -> str:
    """Return what an earlier manifest says; empty where it cannot be read."""
    try:
        return str(json.loads(manifest or b"{}")[key])
    except (ValueError, KeyError, TypeError, RecursionError):
        return ""


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()
