"""The machine room: workers, queues, failed steps with their last lines and a retry, disks, versions."""

from __future__ import annotations

import platform
import shutil
from collections import defaultdict
from collections.abc import Mapping
from datetime import timedelta

from starlette.responses import Response

from media_service import __version__
from media_service.domain.permissions import Action
from media_service.domain.service import Gauge
from media_service.domain.stage import QUEUES as CARRIED
from media_service.domain.stage import Queue, StageState
from media_service.messages import message
from media_service.queue.embedded import socket_url
from media_service.queue.external import answers
from media_service.service_actions import ALIVE
from media_service.settings import Settings
from media_service.web.addresses import Addresses, Fields
from media_service.web.visitor import Asked
from media_service.words import QUEUES, STANDINGS, STATES
from media_service.worker.supervise import redis_settings

addresses = Addresses()

_MOST = 100
"""Failed steps that are shown."""


@addresses.page("/system", Action.LOOK_AFTER_SYSTEM)
def system(visitor: Asked) -> Response:
    """Show how the service is."""
    stores, settings = visitor.studio.stores, visitor.studio.settings
    gauge, troubles = stores.records.gauge(), stores.records.troubles()
    values = {
        "workers": stores.records.workers(ALIVE),
        "gauge": gauge,
        "queues": _queues(gauge),
        "queue_words": QUEUES,
        "standings": STANDINGS,
        "troubles": troubles[:_MOST],
        "trouble_count": len(troubles),
        "states": STATES,
        "disks": _disks(settings),
        "least_free": settings.service.free_bytes,
        "bell": _bell(settings),
        "now": stores.turns.moment(),
        "versions": {
            "media-service": __version__,
            "Python": platform.python_version(),
            visitor.put("schema"): stores.upkeep.revision(),
            visitor.put("operating system"): platform.platform(terse=True),
        },
    }
    return visitor.page("system", values)


@addresses.deed("/system/{slug}/retry", Action.LOOK_AFTER_SYSTEM)
def retry(visitor: Asked, _given: Fields, slug: str) -> Response:
    """Try again at once what has failed of a work."""
    count = visitor.studio.stores.works.retry(slug, visitor.account.name)
    if not count:
        return visitor.on("/system", message("Nothing of {slug} waits to be tried again.", slug=slug))
    return visitor.on("/system", message("{slug}: {count} piece(s) of work are tried again.", slug=slug, count=count))


def _queues(gauge: Gauge) -> Mapping[Queue, tuple[int, timedelta, int]]:
    """Return by queue what is due, how long the oldest has waited, and how many workers serve it."""
    due: defaultdict[str, int] = defaultdict(int)

    for (step, state), count in gauge.stages.items():
        if state in {StageState.DUE, StageState.RUNG} and step in CARRIED:
            due[CARRIED[step]] += count
    age = gauge.queue_age_s
    return {one: (due[one], timedelta(seconds=age.get(one, 0.0)), gauge.workers.get(one, 0)) for one in Queue}


def _disks(settings: Settings) -> Mapping[str, tuple[int, int]]:
    """Return by folder the free and the whole size of its disk; one that cannot be looked at is missing."""
    found: dict[str, tuple[int, int]] = {}
    for folder in (settings.output, settings.state):
        try:
            usage = shutil.disk_usage(folder)
        except OSError:
            continue
        if (usage.free, usage.total) not in found.values():  # both on one disk
            found[str(folder)] = (usage.free, usage.total)
    return found


def _bell(settings: Settings) -> bool:
    """Tell whether Redis answers; without it nothing is lost, and nothing new begins."""
    return answers(settings.service.redis or socket_url(redis_settings(settings)))
