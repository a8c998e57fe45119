"""``make test``: every lane of the suite, on servers started for it and stopped after it.

Exit code 0 when all lanes passed; 1 when one failed, or when a part that it needs cannot be had, unless
``ALLOW_MISSING=1``. What was started is stopped on failure, Ctrl-C and SIGTERM too.
"""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from tempfile import TemporaryDirectory
from typing import Self

from .elasticsearch import temporary_elasticsearch
from .memory import place_in_memory
from .packages import CHROMIUM, Missing
from .postgres import temporary_postgres
from .redis import temporary_redis

Environment = dict[str, str]


@dataclass(frozen=True)
class Lane:
    """A part of the suite: which tests, on which servers (they yield what the tests must know)."""

    name: str
    marks: str
    servers: Callable[[], AbstractContextManager[Environment]]


@dataclass(frozen=True)
class Outcome:
    """How a lane ended; ``missing`` says what it lacked when it could not run."""

    lane: str
    passed: bool
    seconds: float
    missing: str = ""

    def __str__(self) -> str:
        state = "passed" if self.passed else f"MISSING: {self.missing}" if self.missing else "FAILED"
        return f"  {self.lane:<13} {self.seconds:5.0f} s  {state}"


@contextmanager
def _nothing() -> Iterator[Environment]:
    yield {}


@contextmanager
def _postgres_and_redis() -> Iterator[Environment]:
    with temporary_postgres() as postgres, temporary_redis() as redis:
        known = {"TEST_DATABASE_URL": postgres.url, "TEST_REDIS_URL": redis.url}
        subprocess.run([sys.executable, "-m", "tests.servers.databases"], env=os.environ | known, check=True)
        yield known


@contextmanager
def _elasticsearch() -> Iterator[Environment]:
    with temporary_elasticsearch() as server:
        yield {"TEST_ELASTICSEARCH_URL": server.url}


@contextmanager
def _all_of_them() -> Iterator[Environment]:
    with _postgres_and_redis() as databases, _elasticsearch() as engine:
        yield databases | engine


@contextmanager
def _chromium() -> Iterator[Environment]:
    yield {"CHROMIUM": str(CHROMIUM.had())}


LANES = (
    Lane("SQLite", "not postgres and not elasticsearch and not redis and not browser and not faults", _nothing),
    Lane("PostgreSQL", "not once and not elasticsearch and not browser and not faults", _postgres_and_redis),
    Lane("Elasticsearch", "elasticsearch and not browser and not faults", _elasticsearch),
    Lane("browser", "browser and not faults", _chromium),
)
LONG = (Lane("faults", "faults", _all_of_them),)
"""What takes too long for every day: `make test-faults`."""


class Servers:
    """The servers of some lanes: started in the background, one lane's after the other's, so that none waits long.

    What is not on the machine is fetched on the way. All that was started is stopped in the end, whatever happened.
    """

    def __init__(self, lanes: Sequence[Lane]) -> None:
        self._lanes = lanes
        self._running = ExitStack()
        self._starter = ThreadPoolExecutor(1)

    def __enter__(self) -> Self:
        self._started = {
            lane.name: self._starter.submit(self._running.enter_context, lane.servers()) for lane in self._lanes
        }
        return self

    def of(self, lane: Lane) -> Environment:
        """What the lane's tests must know of its servers, once they run; raises ``Missing``."""
        return self._started[lane.name].result()

    def __exit__(self, *_: object) -> None:
        self._starter.shutdown(cancel_futures=True)
        self._running.close()


def main() -> int:
    """Run the lanes one after the other, tell how each ended, and return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--workers", type=int, default=2, help="test processes at a time")
    parser.add_argument(
        "--lane", choices=[lane.name for lane in (*LANES, *LONG)], action="append", help="only this one"
    )
    parser.add_argument("only", nargs="*", help="files and folders to find the tests in, and what else pytest takes")
    given = parser.parse_args()
    for name in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(name, _interrupt)
    chosen = [lane for lane in (*LANES, *LONG) if lane.name in given.lane] if given.lane else LANES
    folder = TemporaryDirectory(prefix="portal-tests-", dir=place_in_memory())
    with folder as os.environ["TEST_FOLDER"], Servers(chosen) as servers:
        outcomes = [_run(lane, servers, given.workers, given.only) for lane in chosen]
    print("\nmake test:", *outcomes, sep="\n")
    allowed = os.environ.get("ALLOW_MISSING") == "1"
    return 0 if all(each.passed or (each.missing and allowed) for each in outcomes) else 1


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt


def _run(lane: Lane, servers: Servers, workers: int, only: list[str]) -> Outcome:
    print(f"\n── {lane.name} ──", flush=True)
    began = time.monotonic()
    try:
        passed = _pytest(lane.marks, workers, servers.of(lane), only) == 0
    except Missing as missing:
        return Outcome(lane.name, False, time.monotonic() - began, str(missing))
    return Outcome(lane.name, passed, time.monotonic() - began)


def _pytest(marks: str, workers: int, known: Environment, only: list[str]) -> int:
    how = ["-q", "--no-header", "-n", str(workers), "--dist", "loadgroup", "-m", marks, *only]
    command = [sys.executable, "-m", "pytest", *how]
    compiled_once = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    tests = subprocess.Popen(command, env=compiled_once | known)
    try:
        return tests.wait()
    finally:
        if tests.poll() is None:
            tests.terminate()
            tests.wait(20)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
