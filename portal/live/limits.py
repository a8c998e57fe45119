"""How fast is too fast: token buckets by key, in the memory of this process unless they say otherwise."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Final

from django.conf import settings

PRUNED_EVERY: Final = 1000


class Limiter:
    """Lets each key do ``rate`` things a second, and ``burst`` at once after a rest. Safe between threads."""

    def __init__(self, *, rate: float, burst: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._rate = rate
        self._burst = burst
        self._clock = clock
        self._full_at: dict[str, float] = {}
        self._lock = threading.Lock()
        self._asked = 0

    def allows(self, key: str) -> bool:
        """Whether ``key`` may do one more thing now; counts it if so."""
        with self._lock:
            now = self._clock()
            self._prune(now)
            full_at = max(self._full_at.get(key, now), now) + 1 / self._rate
            if full_at - now > self._burst / self._rate + 1e-9:
                return False
            self._full_at[key] = full_at
            return True

    def reset(self) -> None:
        """Forget everybody."""
        with self._lock:
            self._full_at.clear()

    def _prune(self, now: float) -> None:
        """Forget the keys whose bucket is full again, now and then."""
        self._asked += 1
        if self._asked % PRUNED_EVERY == 0:
            self._full_at = {key: at for key, at in self._full_at.items() if at > now}


def _of_messages() -> Limiter:
    if not settings.REDIS_URL:
        return Limiter(rate=5, burst=100)
    from .limits_shared import SharedLimiter

    return SharedLimiter("messages", settings.REDIS_URL, rate=5, burst=100)


MESSAGES: Final = _of_messages()
"""Messages, by person and topic: for the socket and for every other door, over all processes. May wait for Redis."""

FRAMES: Final = Limiter(rate=100, burst=1000)
"""Frames of any sort, by person or network address; past it they are not refused, but read more slowly."""

TYPING: Final = Limiter(rate=0.5, burst=2)
"""Typing indications, by person and topic."""
