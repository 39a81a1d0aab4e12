"""Three machines with one Redis, one PostgreSQL and one S3 server: how much faster than one, and one of them cut off.

The machines are network namespaces of this one (`hosts.py`; needs root), their steps sleep instead of computing
(`imitation.py`), since here are not as many cores; servers, supervisors, workers and the shelf are the real ones. Ends
with an exit code other than 0 where something that is claimed does not hold.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path

from sqlalchemy import create_engine, text

from benchmarks.books import sentence
from benchmarks.hosts import Host, network
from benchmarks.servers import Servers, servers
from media_service import bootstrap, pipeline, settings, values
from media_service.domain.episode import Production
from media_service.domain.planning import episodes
from media_service.domain.service import Standing, Submission
from tests import make

CORES, LEASE_S, CUT_S = 2, 6, 20
CHAPTERS, SENTENCES, SLUG = 24, 4, "sach"
TIMES_FASTER = 2.5
IN_ITS_HANDS = "SELECT id FROM stages WHERE state = 'running' AND owner LIKE :host"
DONE_SINCE = "SELECT id FROM stages WHERE finished_at > :since AND owner LIKE :host"


@dataclass(frozen=True)
class Union:
    """Some machines at work together; the first also shows the files, so the misc queue is served there alone."""

    hosts: Sequence[Host]
    servers: Servers
    folder: Path

    @property
    def output(self) -> Path:
        """Where people find the files."""
        return self.folder / self.hosts[0].name

    def ask(self, question: str, **given: object) -> list[tuple[object, ...]]:
        """Ask the database."""
        engine = create_engine(self.servers.beside.replace("postgresql:", "postgresql+psycopg:"))
        with engine.connect() as run:
            rows = [tuple(row) for row in run.execute(text(question), given)]
        engine.dispose()
        return rows

    def finished(self) -> bool:
        """Tell whether all is made; fails where something is stuck."""
        ((standing,),) = self.ask("SELECT standing FROM productions")
        claim(standing in {Standing.WORKING, Standing.REVIEW}, f"the work is {standing}")
        return standing == Standing.REVIEW and (self.output / SLUG / "production.json").exists()


def main() -> None:
    """Measure, check and print."""
    claim(os.geteuid() == 0, "this needs root: it makes machines of network namespaces")
    alone_s, _ = through(1)
    together_s, shown = through(3)
    cut_s, shown_then = through(3, cut=True)
    figures = {
        "steps": "simulated: they sleep",
        "chapters": CHAPTERS,
        "cores of each machine": CORES,
        "one machine": alone_s,
        "three machines": together_s,
        "times faster": round(alone_s / together_s, 2),
        f"three, one of them cut off for {CUT_S} s": cut_s,
    }
    print(json.dumps(figures, indent=2))
    claim(shown == shown_then, "other files came of it with a machine cut off")
    claim(alone_s >= TIMES_FASTER * together_s, f"three machines are not {TIMES_FASTER} times as fast as one")


def through(count: int, *, cut: bool = False) -> tuple[float, Mapping[str, bytes]]:
    """Make a book on so many machines; returns the seconds that took, and the files that people are shown."""
    with union(count) as machines:
        begun = time.monotonic()
        submit(machines)
        if cut:
            cut_off(machines)
        until(machines.finished, 600)
        took = round(time.monotonic() - begun, 1)
        nothing_lost_nothing_twice(machines)
        print(f"{count} machine(s){', one cut off' if cut else ''}: {took} s", flush=True)
        return took, files(machines.output / SLUG)


@contextmanager
def union(count: int) -> Iterator[Union]:
    """Start servers and machines; yields when every worker is ready."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="ms")))
        folder.chmod(0o755)
        first, *others = stack.enter_context(network(count + 1))
        machines = Union(others, stack.enter_context(servers(first, folder)), folder)
        for host in others:
            queues = ["speech"] * CORES + ["film"] * CORES + ["misc"] * (host is others[0])
            stack.enter_context(machine(machines, host, queues))
            log = folder / f"{host.name}.log"
            until(partial(_ready, log, len(queues)), 60)
        yield machines


@contextmanager
def machine(machines: Union, host: Host, queues: Sequence[str]) -> Iterator[None]:
    """Run one machine's supervisor on its host, under a host name of its own."""
    environ = os.environ | machines.servers.environ
    told = settings.read(environ | own(machines.folder / host.name), Path.cwd())
    named = ["unshare", "--uts", "sh", "-c", f'hostname {host.name} && exec "$@"', "sh"]
    command = host.command(*named, sys.executable, "-m", "benchmarks.imitation", "worker", *queues)
    with (
        (machines.folder / f"{host.name}.log").open("ab") as log,
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=log, stderr=log, env=environ) as supervisor,
    ):
        with supervisor.stdin as heard:
            heard.write(values.dump(told))
        try:
            yield
        finally:
            supervisor.terminate()


def _ready(log: Path, workers: int) -> bool:
    return log.read_text(encoding="utf-8").count(" ready") >= workers


def own(output: Path) -> dict[str, str]:
    """Return what a machine has for itself."""
    return {
        "MEDIA_SERVICE_OUTPUT": str(output),
        "MEDIA_SERVICE_CORES": str(CORES),
        "MEDIA_SERVICE_LEASE_S": str(LEASE_S),
        "MEDIA_SERVICE_LISTEN": "",
        "MEDIA_SERVICE_STUDIO": "",
        "MEDIA_SERVICE_FREE_GB": "0.001",
    }


def submit(machines: Union) -> None:
    """Hand a book in."""
    chance = random.Random(SLUG)  # noqa: S311  # the same book each time
    texts = [" ".join(sentence(chance, one, line) for line in range(SENTENCES)) for one in range(CHAPTERS)]
    chapters = [make.chapter(make.words(said), title=f"Chương {one}") for one, said in enumerate(texts, 1)]
    script = make.script(*chapters, slug=SLUG)
    planned = episodes(script, make.cast(), {})
    pieces = tuple(map(pipeline.pieces, planned))
    told = settings.read(own(machines.output) | {"MEDIA_SERVICE_DATABASE": machines.servers.beside}, Path.cwd())
    with bootstrap.stores(told) as stores:
        lengths = (timedelta(minutes=1),) * len(planned)
        stores.works.accept(Submission(Production(SLUG, script.facts, planned), "lan", 100.0, pieces, lengths))


def cut_off(machines: Union) -> None:
    """Take the last machine's cable out while it works, for longer than the lease, and put it in again."""
    lost = machines.hosts[-1]
    held = partial(machines.ask, IN_ITS_HANDS, host=f"{lost.name}/%")
    until(held, 60)
    working = held()
    lost.cut_off()
    time.sleep(CUT_S)
    claim(not held(), "work lies with a machine that nobody reaches")
    ((back,),) = machines.ask("SELECT extract(epoch FROM clock_timestamp())")
    lost.join()
    until(partial(machines.ask, DONE_SINCE, host=f"{lost.name}/%", since=back), 60)
    print(f"{len(working)} stage(s) were in its hands; it works again", flush=True)


def nothing_lost_nothing_twice(machines: Union) -> None:
    """Each accepted finish added to the sums of its step; each product on the shelf is as its seal says."""
    unmade = machines.ask("SELECT id FROM stages WHERE state <> 'done'")
    claim(not unmade, f"stages are lost: {unmade}")
    done = Counter(dict(machines.ask("SELECT step, count(*) FROM stages GROUP BY step")))
    finished = Counter(dict(machines.ask("SELECT step, sum(stages)::int FROM speeds GROUP BY step")))
    claim(done == finished, f"stages were finished twice: {done} are done, {finished} were finished")
    ((presented,),) = machines.ask("SELECT count(*) FROM episodes WHERE state = 'presented'")
    claim(presented == CHAPTERS, "episodes are lost")


def files(folder: Path) -> Mapping[str, bytes]:
    """Return what people are shown; the manifest tells when and by how much work it was made."""
    there = [path for path in folder.rglob("*") if path.is_file() and path.name != "production.json"]
    return {str(path.relative_to(folder)): path.read_bytes() for path in there}


def until(true: Callable[[], object], seconds: float) -> None:
    """Wait until something is true."""
    deadline = time.monotonic() + seconds
    while not true():
        claim(time.monotonic() < deadline, "it did not come to that in time")
        time.sleep(0.1)


def claim(true: object, otherwise: str) -> None:
    """End with a word where something does not hold."""
    if not true:
        raise SystemExit(otherwise)


if __name__ == "__main__":
    main()
