from __future__ import annotations

from collections.abc import Sequence
from threading import Event
from typing import Any

import pytest
from django.db import DatabaseError

from portal.kernel import outbox, worker
from portal.kernel.commit import enqueue
from portal.kernel.models import OutboxEntry

PATIENCE = 10


@pytest.fixture
def handled(monkeypatch: pytest.MonkeyPatch) -> Event:
    """Set when the one topic there is has been handled."""
    event = Event()

    def handle(entries: Sequence[OutboxEntry]) -> None:
        event.set()

    monkeypatch.setattr(outbox, "_topics", {"thing": outbox.Topic("thing", handle, 1)})
    return event


@pytest.mark.django_db(transaction=True)
def test_work_is_done_soon_after_its_transaction_committed(handled: Event) -> None:
    with worker.working():
        enqueue("thing", "1")
        assert handled.wait(PATIENCE)

    assert not OutboxEntry.objects.filter(topic="thing").exists()


@pytest.mark.django_db(transaction=True)
def test_work_that_was_there_before_is_done(handled: Event) -> None:
    enqueue("thing", "1")

    with worker.working():
        assert handled.wait(PATIENCE)


def test_loop_outlives_what_its_turn_raises(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "TROUBLE_SECONDS", 0.01)
    outcomes: list[Any] = [DatabaseError("away"), True, False]
    through = Event()

    def turn() -> object:
        if not outcomes:
            through.set()
            return False
        outcome = outcomes.pop(0)
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    loop = worker.Loop("test", turn, eager=0.01, idle=0.01)
    loop.start()

    assert through.wait(PATIENCE)
    loop.stop()
    loop.join(PATIENCE)
    assert not loop.is_alive()


def test_loop_takes_a_breath_between_turns_that_find_work(monkeypatch: pytest.MonkeyPatch) -> None:
    outcomes, pauses, through = [True, True], [], Event()

    def turn() -> bool:
        if outcomes:
            return outcomes.pop()
        through.set()
        return False

    loop = worker.Loop("test", turn, eager=3600, idle=3600, breath=0.06)
    monkeypatch.setattr(loop._stopping, "wait", pauses.append)
    loop.start()
    assert through.wait(PATIENCE)
    loop.stop()
    loop.join(PATIENCE)

    assert pauses == [0.06, 0.06]


def test_idle_loop_ends_at_once_when_told() -> None:
    loop = worker.Loop("test", lambda: False, eager=3600, idle=3600)
    loop.start()

    loop.stop()
    loop.join(PATIENCE)

    assert not loop.is_alive()
