"""The outbox: at least once, never lost, one poisoned entry holds up no other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

import pytest
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from portal.kernel import outbox
from portal.kernel.commit import enqueue, enqueue_many
from portal.kernel.models import OutboxEntry
from portal.kernel.outbox import Drained, Postpone


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[list[str]]]:
    """The batches that the topic ``tally`` was given; the key ``poison`` always fails, ``away`` is postponed."""
    batches: list[list[str]] = []
    monkeypatch.setattr(outbox, "_topics", {})

    @outbox.handler("tally", batch=10)
    def tally(entries: Sequence[OutboxEntry]) -> None:
        if any(entry.key == "away" for entry in entries):
            raise Postpone("gone fishing")
        if any(entry.key == "poison" for entry in entries):
            raise ValueError("poison")
        batches.append([f"{entry.key}:{entry.payload.get('n', '')}" for entry in entries])

    return batches


def mine() -> QuerySet[OutboxEntry]:
    """The entries of these tests; migrations may have left work of their own."""
    return OutboxEntry.objects.filter(topic="tally")


def make_due(**fields: object) -> None:
    mine().update(not_before=timezone.now() - timedelta(seconds=1), **fields)


def test_equal_keys_are_done_once_by_the_newest(db: None, done: list[list[str]]) -> None:
    for n in range(3):
        enqueue("tally", "a", payload={"n": n})
    enqueue("tally", "b")

    assert outbox.drain() == Drained(done=4)
    assert done == [["a:2", "b:"]]
    assert not mine().exists()


def test_distinct_entries_each_count(db: None, done: list[list[str]]) -> None:
    enqueue("tally", "a", payload={"n": 1}, distinct=True)
    enqueue("tally", "a", payload={"n": 2}, distinct=True)

    outbox.drain()

    assert done == [["a:1", "a:2"]]


def test_nothing_is_enqueued_by_what_rolled_back(db: None, done: list[list[str]]) -> None:
    def write_and_fail() -> None:
        with transaction.atomic():
            enqueue_many("tally", ["a", "b"])
            raise RuntimeError

    with pytest.raises(RuntimeError):
        write_and_fail()

    assert (outbox.drain(), done) == (Drained(), [])


def test_poison_fails_alone(db: None, done: list[list[str]]) -> None:
    enqueue_many("tally", ["a", "poison", "b"])

    assert outbox.drain() == Drained(done=2, failed=1)

    [left] = mine().all()
    assert (left.key, left.attempts, left.dead, left.claimed_by) == ("poison", 1, False, "")
    assert left.not_before > timezone.now()
    assert "poison" not in left.last_error


def test_poison_is_set_aside_after_eight_tries_and_can_be_revived(db: None, done: list[list[str]]) -> None:
    enqueue("tally", "poison")
    for _attempt in range(outbox.MAX_ATTEMPTS):
        make_due()
        outbox.drain()

    assert mine().get().dead
    make_due()
    assert outbox.drain() == Drained()
    assert (outbox.retry_dead("tally"), mine().get().attempts) == (1, 0)


def test_a_far_end_that_is_away_counts_no_attempt(db: None, done: list[list[str]]) -> None:
    enqueue("tally", "away")

    assert outbox.drain() == Drained(failed=1)
    assert mine().get().attempts == 0


def test_what_a_dead_worker_held_is_taken_over_when_its_lease_ends(db: None, done: list[list[str]]) -> None:
    enqueue("tally", "a")
    assert len(outbox.claim("tally", 10)) == 1
    assert outbox.drain() == Drained()

    mine().update(leased_until=timezone.now() - timedelta(seconds=1))

    assert (outbox.drain(), done) == (Drained(done=1), [["a:"]])


def test_a_worker_that_lost_its_lease_settles_nothing(db: None, done: list[list[str]]) -> None:
    enqueue("tally", "a")
    [held] = outbox.claim("tally", 10)
    mine().update(claimed_by="another")

    outbox.work_off(outbox._topics["tally"], [held])

    assert mine().get().claimed_by == "another"


def test_what_is_not_due_waits(db: None, done: list[list[str]]) -> None:
    enqueue("tally", "later", not_before=timezone.now() + timedelta(hours=1))

    assert outbox.drain() == Drained()


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_workers_share_without_overlap(done: list[list[str]]) -> None:
    enqueue_many("tally", [str(n) for n in range(10)])
    with transaction.atomic():
        held = mine().select_for_update().order_by("id")[:5]
        ids = [entry.id for entry in held]

        from threading import Thread

        from django.db import connection

        taken: list[int] = []

        def claim() -> None:
            taken.extend(entry.id for entry in outbox.claim("tally", 10))
            connection.close()

        other = Thread(target=claim)
        other.start()
        other.join()

    assert len(taken) == 5
    assert not set(taken) & set(ids)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_change_that_commits_after_an_earlier_one_was_worked_off_is_not_lost(done: list[list[str]]) -> None:
    """The race that coalescing at writing would lose: worked off while a second writer has not committed yet."""
    from threading import Event, Thread

    from django.db import connection

    enqueue("tally", "a", payload={"n": 1})
    written, go = Event(), Event()

    def write() -> None:
        with transaction.atomic():
            enqueue("tally", "a", payload={"n": 2})
            written.set()
            go.wait(10)
        connection.close()

    writer = Thread(target=write)
    writer.start()
    written.wait(10)
    outbox.drain()
    go.set()
    writer.join()
    outbox.drain()

    assert done == [["a:1"], ["a:2"]]
