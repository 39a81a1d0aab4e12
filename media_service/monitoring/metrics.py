"""The service's figures as Prometheus reads them: names and units follow its conventions, sums and labels are few.

Every figure of the database is the whole service's, whichever machine tells it; disks and the sweep are this one's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from prometheus_client import CollectorRegistry, ProcessCollector
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, InfoMetricFamily, SummaryMetricFamily
from prometheus_client.registry import Collector

from media_service import __version__
from media_service.domain.publication import UploadState
from media_service.domain.service import Gauge, Pulse, Standing
from media_service.domain.stage import QUEUES, Queue, StageState
from media_service.monitoring.glance import Watch
from media_service.monitoring.health import unserved

Family = GaugeMetricFamily | CounterMetricFamily | SummaryMetricFamily | InfoMetricFamily


def registry(watch: Watch) -> CollectorRegistry:
    """Return what a scrape shows: the service's figures and those of this process."""
    registry = CollectorRegistry()
    registry.register(ServiceCollector(watch))
    ProcessCollector(registry=registry)
    return registry


class ServiceCollector(Collector):
    """Tells the figures of the last look; what the database would tell is missing while it does not answer."""

    def __init__(self, watch: Watch) -> None:
        self._watch = watch

    def describe(self) -> Iterable[Family]:
        """Name nothing beforehand: registering must not look at the database."""
        return ()

    def collect(self) -> Iterator[Family]:
        """Yield each family, the closed sets whole: a state that nothing is in shows as 0, not as a gap."""
        glance = self._watch.look()
        yield InfoMetricFamily("media_service_build", "The program that tells these figures.", {"version": __version__})
        yield from _vital(self._watch.pulse())
        yield _labelled("media_service_disk_free_bytes", "Room on the disk of a place.", "place", glance.free.items())
        yield GaugeMetricFamily(
            "media_service_disk_least_free_bytes",
            "Room that each place must have before a piece of work begins.",
            self._watch.watched.least_free,
        )
        if glance.gauge:
            yield from _stages(glance.gauge)
            yield from _queues(glance.gauge)
            yield from _speech(glance.gauge)
            yield GaugeMetricFamily(
                "media_service_shelf_bytes", "Size of all products on the shelf.", glance.gauge.shelf_bytes
            )
            yield from _publishing(glance.gauge)


def _vital(pulse: Pulse) -> Iterator[Family]:
    yield _labelled(
        "media_service_reachable",
        "Whether this machine's supervisor reaches what the service needs.",
        "part",
        [("database", pulse.database_ok), ("redis", pulse.redis_ok)],
    )
    if pulse.since_sweep is not None:
        yield GaugeMetricFamily(
            "media_service_sweep_age_seconds", "Since the supervisor's last round.", pulse.since_sweep.total_seconds()
        )


def _stages(gauge: Gauge) -> Iterator[Family]:
    stages = GaugeMetricFamily("media_service_stages", "Pieces of work.", labels=["step", "state"])
    steps = sorted({*QUEUES, *(step for step, _ in gauge.stages), *gauge.step_seconds})
    for step in steps:
        for state in StageState:
            stages.add_metric([step, state], gauge.stages.get((step, state), 0))
    yield stages
    seconds = SummaryMetricFamily("media_service_step_seconds", "What finished pieces of work took.", labels=["step"])
    for step in steps:
        count, total_s = gauge.step_seconds.get(step, (0, 0.0))
        seconds.add_metric([step], count, total_s)
    yield seconds
    standings = [(standing, gauge.productions.get(standing, 0)) for standing in Standing]
    yield _labelled("media_service_productions", "Productions by where they stand.", "standing", standings)


def _queues(gauge: Gauge) -> Iterator[Family]:
    yield _labelled(
        "media_service_queue_oldest_due_seconds",
        "How long the oldest work of a queue has waited that could be done.",
        "queue",
        [(queue, gauge.queue_age_s.get(queue, 0.0)) for queue in Queue],
    )
    yield _labelled(
        "media_service_workers",
        "Workers of the whole service that live.",
        "queue",
        [(queue, gauge.workers.get(queue, 0)) for queue in Queue],
    )
    lacking = unserved(gauge)
    yield _labelled(
        "media_service_queue_unserved",
        "1 where work waits that could be done, and no worker of its queue lives.",
        "queue",
        [(queue, queue in lacking) for queue in Queue],
    )


def _speech(gauge: Gauge) -> Iterator[Family]:
    work = CounterMetricFamily(
        "media_service_speech_work_seconds", "Time spent on speaking, since the beginning.", labels=["engine"]
    )
    made = CounterMetricFamily(
        "media_service_speech_made_seconds", "Length of the speech made, since the beginning.", labels=["engine"]
    )
    factors = []
    for engine, (work_s, speech_s) in sorted(gauge.speech.items()):
        work.add_metric([engine], work_s)
        made.add_metric([engine], speech_s)
        if speech_s:
            factors.append((engine, work_s / speech_s))
    yield work
    yield made
    yield _labelled(
        "media_service_speech_real_time_factor",
        "Time spent on a second of speech, over everything made; below 1 is faster than listening.",
        "engine",
        factors,
    )


def _publishing(gauge: Gauge) -> Iterator[Family]:
    """Yield the channel's figures, where there is one."""
    if not gauge.quota:
        return
    states = [(state, gauge.uploads.get(state, 0)) for state in UploadState]
    yield _labelled("media_service_uploads", "Publications by what is known of their upload.", "state", states)
    spent = [(bucket, spent) for bucket, (spent, _) in gauge.quota.items()]
    yield _labelled("media_service_quota_spent", "Asked of the channel on its day.", "bucket", spent)
    limits = [(bucket, limit) for bucket, (_, limit) in gauge.quota.items()]
    yield _labelled("media_service_quota_limit", "What may be asked of the channel on a day.", "bucket", limits)
    if gauge.channel_paused is not None:
        yield GaugeMetricFamily(
            "media_service_channel_paused", "1 where nobody may speak for the channel any more.", gauge.channel_paused
        )


def _labelled(name: str, meaning: str, label: str, values: Iterable[tuple[str, float]]) -> GaugeMetricFamily:
    family = GaugeMetricFamily(name, meaning, labels=[label])
    for value_of, value in values:
        family.add_metric([value_of], value)
    return family
