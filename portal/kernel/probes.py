"""What ``/readyz`` says of the outbox, of the clock, and of whether the tables are those of the code."""

from __future__ import annotations

from datetime import timedelta
from functools import cache
from typing import Final

from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from . import outbox, schedule
from .health import Degraded, dependency

OUTBOX_LAG: Final = timedelta(minutes=2)
"""How long due work may wait before somebody should look: whoever works it off is overtaxed or not running."""
CLOCK_LAG: Final = timedelta(minutes=2)


@dependency("outbox")
def outbox_is_worked_off() -> str:
    """Degraded while due work waits too long, or some was set aside after its last try."""
    aside = outbox.set_aside()
    if aside:
        raise Degraded(f"{aside} set aside after {outbox.MAX_ATTEMPTS} tries")
    lag = outbox.lag()
    if lag > OUTBOX_LAG:
        raise Degraded(f"due work has waited {lag.total_seconds():.0f} s")
    return "worked off"


@dependency("clock")
def clock_ticks() -> str:
    """Degraded while what is due by the clock is not done: no deadline would be kept."""
    late = schedule.most_overdue()
    if late is None:
        raise Degraded("has never ticked")
    if late > CLOCK_LAG:
        raise Degraded(f"{late.total_seconds():.0f} s late")
    return "ticks"


@dependency("migrations")
def tables_are_those_of_the_code() -> str:
    """Degraded while the database waits for ``manage.py migrate``."""
    waiting = _waiting()
    if waiting:
        _waiting.cache_clear()
        raise Degraded(f"{waiting} wait")
    return "applied"


@cache
def _waiting() -> int:
    """How many migrations the database lacks. Asked until there are none: a process's code does not change."""
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
