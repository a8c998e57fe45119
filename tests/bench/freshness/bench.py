"""B5, declared: how soon a change is found while people search, and that none is lost when the worker is killed."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.bench.declaration import Against, Bench, Outcome, Row, Run, Target
from tests.bench.environment import ROOT
from tests.bench.freshness.watching import PATIENCE, PAUSE, Changes, at_once, each_second
from tests.bench.programs import end
from tests.bench.rounds import percentile
from tests.bench.search_page.asking import latencies
from tests.bench.search_page.stage import Stage, staged

PATENTS = 50_000
RATE, SECONDS = 50, 60
SINGLE = 60
LIMIT = "index with refresh=true"
NAIVE = "refresh each second"
PAGES = "p95 of a page, with ÷ without"
LOST = "lost or stale after kill -9 of the worker"

TARGETS = (
    Target(LIMIT, Against.LIMIT, at_most=6.0),
    Target(NAIVE, Against.PEER, at_least=6.0),
    Target(PAGES, Against.OURSELVES, at_most=1.25),
    Target(LOST, Against.OURSELVES, at_most=0),
)


@dataclass
class Searching:
    """Somebody who asks for one page after the other until told to stop."""

    stage: Stage
    took: list[float] = field(default_factory=list)
    _stop: threading.Event = field(default_factory=threading.Event)

    @contextmanager
    def going_on(self) -> Iterator[None]:
        """While the block lasts."""
        thread = threading.Thread(target=self._ask)
        thread.start()
        try:
            yield
        finally:
            self._stop.set()
            thread.join()

    def _ask(self) -> None:
        pages = [question.page for question in self.stage.draws[0]]
        while not self._stop.is_set():
            for page in pages:
                if self._stop.is_set():
                    return
                self.took.extend(latencies(self.stage.ports["portal"], [page], 1))


def run(how: Run) -> Outcome:
    """A minute of commits while somebody searches; then a shorter one in which the worker is killed."""
    patents = how.size or PATENTS
    how.say(f"{patents:,} patents go in")
    with staged(patents, how.folder) as stage:
        port = stage.ports["engine"]
        index = stage.draws[0][0].raw.path.split("/")[1]
        latencies(stage.ports["portal"], [question.page for question in stage.draws[0]], 1)
        alone = Searching(stage)
        with alone.going_on():
            time.sleep(SECONDS / 3)
        limit, naive = at_once(port, SINGLE), each_second(port, SINGLE // 3)
        with _worker(stage, how.folder):
            how.say(f"{RATE} commits a second for {SECONDS} s, while somebody searches")
            beside = Searching(stage)
            with beside.going_on():
                changes = _changed(stage, how.folder, 1, RATE * SECONDS, port, index)
        how.say("the same again, and the worker is killed")
        lost = _killed(stage, how.folder, port, index)
    return Outcome(
        _rows(changes.took, limit, naive, alone.took, beside.took, lost), _figures(changes.took, limit, naive)
    )


@contextmanager
def _worker(stage: Stage, folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    with (folder / "work.log").open("ab") as log:
        worker = subprocess.Popen(
            [sys.executable, "manage.py", "work"], env=dict(stage.environment), cwd=ROOT, stdout=log, stderr=log,
            start_new_session=True,
        )  # fmt: skip
    try:
        yield worker
    finally:
        end(worker)


def _changed(stage: Stage, folder: Path, first: int, count: int, port: int, index: str) -> Changes:
    """Write, and watch until all is found or patience ends."""
    told = folder / f"moments-{first}"
    program = [sys.executable, "-m", "tests.bench.freshness.writing", str(first), str(count), str(RATE), str(told)]
    changes = Changes(told)
    writer = subprocess.Popen(program, env=dict(stage.environment), cwd=ROOT)
    try:
        deadline = time.monotonic() + PATIENCE + count / RATE
        while len(changes.took) < count and writer.poll() in (None, 0) and time.monotonic() < deadline:
            changes.look(port, index)
            time.sleep(PAUSE)
        if len(changes.took) == count:
            writer.wait(PATIENCE)
    finally:
        end(writer)
    if writer.returncode:
        raise RuntimeError("the writer failed")
    return changes


def _killed(stage: Stage, folder: Path, port: int, index: str) -> int:
    """How many changes are not found although a worker came back after one was killed in the midst of them."""
    count, done = RATE * SECONDS // 3, threading.Event()
    with _worker(stage, folder) as worker:
        killer = threading.Timer(SECONDS / 6, worker.kill)
        follower = threading.Thread(target=_follow, args=(stage, folder, worker, done))
        killer.start()
        follower.start()
        try:
            changes = _changed(stage, folder, RATE * SECONDS + 1, count, port, index)
        finally:
            killer.join()
            done.set()
            follower.join()
    return count - len(changes.took)


def _follow(stage: Stage, folder: Path, killed: subprocess.Popen[bytes], done: threading.Event) -> None:
    """Start another worker once the first is dead, as the service manager would."""
    killed.wait()
    with _worker(stage, folder):
        done.wait()


def _rows(
    ours: list[float], limit: list[float], naive: list[float], alone: list[float], beside: list[float], lost: int
) -> list[Row]:
    at_most, at_least, pages, none = TARGETS
    p95 = {name: percentile(took, 95) for name, took in (("ours", ours), ("limit", limit), ("naive", naive))}
    slower = percentile(beside, 95) / percentile(alone, 95)
    what = f"{RATE} commits a second, p95 from commit to hit"
    return [
        Row(what, at_most, _told(p95["ours"]), _told(p95["limit"]), p95["ours"] / p95["limit"]),
        Row(what, at_least, _told(p95["ours"]), _told(p95["naive"]), p95["naive"] / p95["ours"]),
        Row(PAGES, pages, f"{slower:.2f}", value=slower),
        Row(LOST, none, str(lost), value=float(lost)),
    ]


def _told(seconds: float) -> str:
    return f"{1000 * seconds:.0f} ms"


def _figures(ours: list[float], limit: list[float], naive: list[float]) -> dict[str, object]:
    parts = (50, 95, 99, 100)
    named = (("ours", ours), ("limit", limit), ("naive", naive))
    return {name: {f"p{part}": percentile(took, part) for part in parts} | {"of": len(took)} for name, took in named}


BENCH = Bench("B5", "Freshness", "from commit to hit, while people search", TARGETS, run)
