"""How the standing of productions looks: a table with troubles and what to do under it, or one line a production."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from media_service.cli.desk import Desk
from media_service.cli.progress import STEP_NAMES
from media_service.domain.service import EpisodeStatus, Standing, Trouble, WorkerSeen, WorkStatus
from media_service.domain.share import episode_share, made, share
from media_service.domain.stage import Queue, StageState
from media_service.messages import Message, message
from media_service.words import QUEUES, STANDINGS, STATES, VERDICTS

TITLES = (message("production"), message("standing"), message("episodes"), message("now"), message("time left"))
EPISODE_TITLES = (message("no."), message("now"), message("review"), message("length"), message("title"))
"""Of the columns of the two tables."""


@dataclass(frozen=True, slots=True)
class Scene:
    """What was seen at one moment; `detailed` where one production was asked for."""

    works: tuple[WorkStatus, ...]
    workers: tuple[WorkerSeen, ...]
    unattended: tuple[Queue, ...]
    """Queues that hold work and that no worker serves."""
    detailed: bool


def show(scene: Scene, desk: Desk) -> None:
    """Print a moment; sentences are left whole, since people copy commands from them."""
    desk.out.print(_tables(scene, desk))
    for number, line in enumerate(_below(scene, desk)):
        desk.out.print(Text(line if number or not scene.works else f"\n{line}"), soft_wrap=True)


def picture(scene: Scene, desk: Desk) -> RenderableType:
    """Return a moment as one picture, to be drawn over by the next."""
    return Group(_tables(scene, desk), Text(), *map(Text, _below(scene, desk)))


def lines(scene: Scene, desk: Desk) -> tuple[str, ...]:
    """Return the same as lines of text, one a production, trouble or hint; not the time left, which never rests."""
    rows = (" · ".join(part for part in _row(work, desk)[:-1] if part) for work in scene.works)
    return (*rows, *_below(scene, desk))


def _tables(scene: Scene, desk: Desk) -> RenderableType:
    tables = [_works(scene.works, desk)] if scene.works else []
    if scene.detailed:
        return Group(*tables, Text(), _episodes(scene.works[0], desk))
    return Group(*tables)


def _below(scene: Scene, desk: Desk) -> Iterator[str]:
    if not scene.works:
        yield desk.put(
            "Nothing has been handed in yet for {folder}. Begin with: media-service submit JOB",
            folder=desk.settings.output,
        )
    yield from _troubles(scene, desk)
    yield from _unattended(scene, desk)


def _works(works: tuple[WorkStatus, ...], desk: Desk) -> Table:
    table = desk.table(*TITLES)
    for work in works:
        slug, *cells = _row(work, desk)
        table.add_row(*map(Text, (desk.name(slug), *cells)))
    return table


def _row(work: WorkStatus, desk: Desk) -> tuple[str, str, str, str, str]:
    left = desk.length(work.left) if work.left is not None else ""
    count = f"{made(work)}/{len(work.episodes)}"
    return work.slug, desk.translate(STANDINGS[work.standing]), count, _now(work, desk), left


def _now(work: WorkStatus, desk: Desk) -> str:
    """Say what is done at this moment: the first episode's step that is not over, and the share of all work."""
    steps = [episode.step for episode in work.episodes if episode.step]
    if work.standing in {Standing.CANCELLED, Standing.PAUSED} or not steps:
        return f"{share(work):.0%}" if steps else ""
    return f"{_step(steps[0], desk)}, {share(work):.0%}"


def _step(step: str, desk: Desk) -> str:
    return desk.translate(STEP_NAMES.get(step, Message("{step}", {"step": step})))


def _episodes(work: WorkStatus, desk: Desk) -> Table:
    table = desk.table(*EPISODE_TITLES)
    for episode in work.episodes:
        verdict = desk.translate(VERDICTS[episode.verdict]) if episode.verdict else ""
        length = ("" if episode.state != "planned" else "≈ ") + desk.length(timedelta(seconds=episode.length_s))
        cells = f"{episode.number:02d}", _episode_now(episode, desk), verdict, length, episode.title
        table.add_row(*map(Text, cells))
    return table


def _episode_now(episode: EpisodeStatus, desk: Desk) -> str:
    if not episode.step:
        return desk.put("made")
    pieces = f" {episode.pieces_done}/{episode.pieces}" if episode.pieces else ""
    return f"{_step(episode.step, desk)}{pieces}, {episode_share(episode):.0%}"


def _troubles(scene: Scene, desk: Desk) -> Iterator[str]:
    for work in scene.works:
        for trouble in work.troubles:
            yield _trouble(trouble, desk)
            if scene.detailed and trouble.lines and desk.settings.debug:
                yield "\n".join(f"    {line}" for line in trouble.lines.splitlines())


def _trouble(trouble: Trouble, desk: Desk) -> str:
    place = f"{trouble.slug} {trouble.number:02d}" if trouble.number else trouble.slug
    step, said = _step(trouble.step, desk), desk.translate(trouble.said)
    if trouble.state is StageState.QUARANTINED:
        return desk.put(
            "{place}, {step}: {said} When that is mended: media-service retry {slug}",
            place=place,
            step=step,
            said=said,
            slug=trouble.slug,
        )
    state = desk.translate(STATES[trouble.state])
    again = f" ({desk.moment(trouble.again_at)})" if trouble.again_at else ""
    return desk.put(
        "{place}, {step}: {said} It {state}{again}.", place=place, step=step, said=said, state=state, again=again
    )


def _unattended(scene: Scene, desk: Desk) -> Iterator[str]:
    if scene.unattended and not scene.workers:
        yield desk.put("No worker runs now. Work begins with: media-service up")
    elif scene.unattended:
        names = ", ".join(desk.translate(QUEUES[queue]) for queue in scene.unattended)
        queues = ",".join(scene.unattended)
        yield desk.put(
            "Work waits for which no worker runs ({names}); start media-service worker --queues {queues}.",
            names=names,
            queues=queues,
        )
