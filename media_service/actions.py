"""What a person may ask of the service."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from media_service.domain.casting import Voice
from media_service.domain.conclusion import Conclusion, finished
from media_service.domain.episode import Planned
from media_service.domain.manifest import Manifest
from media_service.domain.planning import episodes
from media_service.domain.script import Script
from media_service.domain.workload import expected
from media_service.pipeline import finish
from media_service.ports import JobFiles, Tools
from media_service.steps import take_in
from media_service.steps.at_once import at_once
from media_service.steps.present import conclude, refuse_another
from media_service.steps.review_reading import review_reading


def look_over(job: Path, job_files: JobFiles, voices: Iterable[Voice]) -> tuple[Script, tuple[Planned, ...]]:
    """Read a job and plan its episodes; nothing is made. Raises InputError with every fault found."""
    script, cast = take_in.look_over(job, job_files, voices)
    return script, episodes(script, cast, {})


def produce(job: Path, now: datetime, tools: Tools) -> Manifest:
    """Make a production from a job folder, from script to manifest; what exists is not made again.

    One episode more than there are cores is in work at once: some of each one's steps keep but one of them busy. Only
    where there are fewer episodes are several passages or films of one in work at once.
    Stopped at any moment, the next call goes on from there.
    """
    production = take_in.take_in(job, tools)
    refuse_another(production.job, production.facts.slug, tools)
    tools.progress.expect(expected(production.episodes))
    shared = replace(tools, at_once=max(1, tools.at_once // len(production.episodes)))
    made = at_once(lambda episode: finished(finish(episode, shared)), production.episodes, tools.at_once)
    tools.progress.begin("conclude", production.facts.title)
    work = tools.progress.work()
    return conclude(Conclusion(production.job, production.facts, made, work), now, tools)


def reviewable(job: Path, count: int, tools: Tools) -> tuple[str, int]:
    """Lay a job's riskiest readings out for a native listener; return the page's name and how many they are."""
    return review_reading(take_in.take_in(job, tools), count, tools)
