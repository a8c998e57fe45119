"""The clock's tasks: once a period, one failure stops nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import timezone

from portal.kernel import schedule
from portal.kernel.models import PeriodicRun


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """What ran; ``broken`` always fails."""
    ran: list[str] = []
    monkeypatch.setattr(schedule, "_tasks", {})

    @schedule.every(60, "broken")
    def broken() -> None:
        raise ValueError("out of order")

    @schedule.every(60, "works")
    def works() -> None:
        ran.append("works")

    return ran


def test_a_task_runs_once_a_period(db: None, runs: list[str]) -> None:
    assert schedule.tick() == {"broken": "ValueError", "works": "done"}
    assert schedule.tick() == {}

    PeriodicRun.objects.update(due_at=timezone.now() - timedelta(seconds=1))

    assert schedule.tick() == {"broken": "ValueError", "works": "done"}
    assert runs == ["works", "works"]


def test_now_anyway_runs_what_is_not_due(db: None, runs: list[str]) -> None:
    schedule.tick()

    assert schedule.tick(now_anyway=True) == {"broken": "ValueError", "works": "done"}


def test_of_two_clocks_that_find_it_due_one_takes_it(db: None, runs: list[str]) -> None:
    task = schedule._tasks["works"]

    assert [schedule._take(task), schedule._take(task)] == [True, False]
