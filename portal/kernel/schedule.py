"""What happens by the clock: each registered task runs once a period, however many clocks tick."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import Min
from django.utils import timezone

from .models import PeriodicRun

log = logging.getLogger(__name__)

Task = Callable[[], object]


@dataclass(frozen=True)
class Periodic:
    """A task and its period."""

    name: str
    period: timedelta
    run: Task


_tasks: dict[str, Periodic] = {}


def every(seconds: int, name: str) -> Callable[[Task], Task]:
    """Register a function to run every ``seconds``. It must be safe to run twice."""

    def register(task: Task) -> Task:
        _tasks[name] = Periodic(name, timedelta(seconds=seconds), task)
        return task

    return register


def tick(*, now_anyway: bool = False) -> dict[str, str]:
    """Run every task that is due (all of them when ``now_anyway``): name → ``done`` or the error's name.

    A task that fails is logged and comes again; the others run all the same.
    """
    return {task.name: _run(task) for task in list(_tasks.values()) if now_anyway or _take(task)}


def most_overdue() -> timedelta | None:
    """How late the latest task is; nothing when all are in time, None when the clock has never ticked."""
    due = PeriodicRun.objects.filter(name__in=_tasks).aggregate(Min("due_at"))["due_at__min"]
    return None if due is None else max(timezone.now() - due, timedelta())


def _run(task: Periodic) -> str:
    try:
        task.run()
    except Exception as error:  # one task's failure must not stop the clock
        log.exception("periodic task %s failed", task.name)
        return type(error).__name__
    return "done"


def _take(task: Periodic) -> bool:
    """True for exactly one of the clocks that find ``task`` due: the row's compare-and-set decides."""
    now = timezone.now()
    row = PeriodicRun.objects.filter(name=task.name).first()
    if row is None:
        with transaction.atomic():
            _row, made = PeriodicRun.objects.get_or_create(name=task.name, defaults={"due_at": now + task.period})
        return made
    if row.due_at > now:
        return False
    return PeriodicRun.objects.filter(pk=row.pk, due_at=row.due_at).update(due_at=now + task.period) == 1
