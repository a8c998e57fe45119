"""Once is once."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from portal.kernel.idempotency import Outcome, forget_old, once
from portal.kernel.models import IdempotencyRecord
from tests.factories.accounts import UserFactory


def test_the_second_call_gets_the_first_ones_result(db: None) -> None:
    actor, calls = UserFactory(), []

    def produce() -> str:
        calls.append(1)
        return f"receipt-{len(calls)}"

    outcomes = [once("file", "key", actor, produce) for _ in range(3)]

    assert outcomes == [Outcome("receipt-1", True), Outcome("receipt-1", False), Outcome("receipt-1", False)]
    assert len(calls) == 1


def test_keys_are_each_persons_own(db: None) -> None:
    results = [once("file", "key", UserFactory(), lambda n=n: str(n)).reference for n in range(2)]

    assert results == ["0", "1"]


def test_a_failure_leaves_the_key_unused(db: None) -> None:
    actor = UserFactory()

    def fail() -> str:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        once("file", "key", actor, fail)

    assert once("file", "key", actor, lambda: "done") == Outcome("done", True)


def test_old_keys_are_forgotten(db: None) -> None:
    once("file", "old", UserFactory(), lambda: "x")
    once("file", "new", UserFactory(), lambda: "y")
    IdempotencyRecord.objects.filter(key="old").update(created_at=timezone.now() - timedelta(hours=25))

    assert forget_old() == 1
    assert IdempotencyRecord.objects.get().key == "new"


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_twenty_at_once_have_one_effect() -> None:
    actor, effects, outcomes = UserFactory(), [], []
    barrier = threading.Barrier(20)

    def click() -> None:
        def produce() -> str:
            effects.append(1)
            return "receipt"

        barrier.wait()
        outcomes.append(once("file", "key", actor, produce))
        connection.close()

    threads = [threading.Thread(target=click) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(effects) == 1
    assert sorted(outcome.fresh for outcome in outcomes) == [False] * 19 + [True]
    assert {outcome.reference for outcome in outcomes} == {"receipt"}
