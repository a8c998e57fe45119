"""A breaker: a server that fails again and again is left alone for a while, and nobody waits for it meanwhile."""

import time
from collections import deque
from collections.abc import Callable
from threading import Lock
from typing import TypeVar

from search.engines.port import EngineUnavailable

WINDOW = 5
MOST_FAILURES = 3
REST_SECONDS = 30.0

Clock = Callable[[], float]
Answer = TypeVar("Answer")


class ServerFailing(EngineUnavailable):
    """The server cannot be reached, is too slow, overloaded or broken: what a breaker counts."""


class Breaker:
    """Opens after three failures among the last five calls; after 30 seconds one call may try whether all is well.

    While it is open, :meth:`run` raises at once. A trial that succeeds closes it, one that fails opens it for as long
    again. Several threads may share it.
    """

    def __init__(self, clock: Clock = time.monotonic) -> None:
        self._clock = clock
        self._lock = Lock()
        self._failures: deque[bool] = deque(maxlen=WINDOW)
        self._open_until: float | None = None
        self._is_tried = False

    def run(self, call: Callable[[], Answer]) -> Answer:
        """Make the call; raises :class:`EngineUnavailable` without making it while the breaker is open."""
        trial, failed = self._enter(), False
        try:
            return call()
        except ServerFailing:
            failed = True
            raise
        finally:
            self._leave(trial=trial, failed=failed)

    def _enter(self) -> bool:
        """Whether the call to be made is a trial."""
        with self._lock:
            if self._open_until is None:
                return False
            left = self._open_until - self._clock()
            if left > 0 or self._is_tried:
                raise EngineUnavailable(f"the server has failed repeatedly; it is tried again in {max(left, 0):.0f} s")
            self._is_tried = True
            return True

    def _leave(self, *, trial: bool, failed: bool) -> None:
        with self._lock:
            if trial:
                self._is_tried = False
                self._open_until = self._clock() + REST_SECONDS if failed else None
                self._failures.clear()
            elif self._open_until is None:
                self._failures.append(failed)
                if sum(self._failures) >= MOST_FAILURES:
                    self._open_until = self._clock() + REST_SECONDS
