"""The loops that work behind the pages: the outbox, what is slow of it, and the clock.

Threads of the one-process server, or a process of their own (``manage.py work``); any number of them, in any
number of processes, may run side by side. Killed at any moment they lose nothing: what was claimed is another's
when its lease ends, and what was due stays due.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from threading import Event, Thread
from time import monotonic

from django.db import close_old_connections, connections
from django.db.models import Q
from django.utils import timezone

from . import outbox, schedule
from .models import OutboxEntry
from .signals import outbox_filled

log = logging.getLogger(__name__)

EAGER_SECONDS, IDLE_SECONDS = 0.05, 0.4
CLOCK_SECONDS = 1.0
TROUBLE_SECONDS = 2.0
GOODBYE_SECONDS = 3.0
BREATH_SECONDS = 0.04
"""Between two turns that find work: what comes meanwhile is done together, and indices are refreshed once for it."""
LIMIT = 500
SLOW_LIMIT = 64
"""As many entries of a topic in a turn, and as many slow ones: between two turns the loop can be stopped."""


class Loop(Thread):
    """Calls ``turn`` again and again: soon after a turn that found work, later and later while there is none.

    ``turn`` says whether it found any; after one that did, the loop takes a ``breath`` whoever wakes it. Whatever it
    raises is logged, and the loop goes on after a pause.
    """

    def __init__(
        self, name: str, turn: Callable[[], object], *, eager: float, idle: float, breath: float = 0.0
    ) -> None:
        super().__init__(name=name, daemon=True)
        self._turn, self._eager, self._idle, self._breath = turn, eager, idle, breath
        self._woken, self._stopping = Event(), Event()

    def wake(self, *_sender: object, **_news: object) -> None:
        """There is work: do not wait for the end of the pause."""
        self._woken.set()

    def stop(self) -> None:
        """Ask for the end; the turn that runs is finished first."""
        self._stopping.set()
        self._woken.set()

    def run(self) -> None:
        pause = self._eager
        while not self._stopping.is_set():
            found = self._once()
            pause = self._eager if found else min(pause * 2, self._idle)
            if found:
                self._stopping.wait(self._breath)
            elif self._woken.wait(pause):
                self._woken.clear()
                pause = self._eager
        connections.close_all()

    def _once(self) -> bool:
        try:
            close_old_connections()
            return bool(self._turn())
        except Exception:  # the loop must outlive a database that is away
            log.exception("the %s loop stumbled", self.name)
            connections.close_all()
            self._stopping.wait(TROUBLE_SECONDS)
            return False


def outbox_loop() -> Loop:
    """Works off the outbox; woken by every commit in this process, polling for those of others."""
    turn = partial(_work_off, slow=False, limit=LIMIT)
    return Loop("outbox", turn, eager=EAGER_SECONDS, idle=IDLE_SECONDS, breath=BREATH_SECONDS)


def slow_loop() -> Loop:
    """Works off what is slow, so that nothing else waits for it."""
    return Loop("slow outbox", partial(_work_off, slow=True, limit=SLOW_LIMIT), eager=CLOCK_SECONDS, idle=CLOCK_SECONDS)


def clock_loop() -> Loop:
    """Runs what is due by the clock."""
    return Loop("clock", _tick, eager=CLOCK_SECONDS, idle=CLOCK_SECONDS)


@contextmanager
def working() -> Iterator[tuple[Loop, ...]]:
    """All loops, for as long as the block lasts; at its end they finish what they have in hand."""
    loops = (outbox_loop(), slow_loop(), clock_loop())
    outbox_filled.connect(loops[0].wake, weak=False, dispatch_uid="worker")
    for loop in loops:
        loop.start()
    try:
        yield loops
    finally:
        outbox_filled.disconnect(dispatch_uid="worker")
        for loop in loops:
            loop.stop()
        deadline = monotonic() + GOODBYE_SECONDS
        for loop in loops:
            loop.join(max(0.0, deadline - monotonic()))


def _work_off(*, slow: bool, limit: int) -> bool:
    """Look before claiming: a claim is a transaction, takes the write lock of SQLite, and the loop polls often."""
    now = timezone.now()
    free = Q(claimed_by="") | Q(leased_until__lt=now)
    waiting = OutboxEntry.objects.filter(free, dead=False, not_before__lte=now)
    topics = [topic for topic in outbox.topics(slow=slow) if waiting.filter(topic=topic).exists()]
    return bool(outbox.drain(topics, limit=limit).done)


def _tick() -> bool:
    schedule.tick()
    return False
