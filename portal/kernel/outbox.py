"""The outbox: work that survives crashes, done at least once, by as many workers as there are.

A worker claims entries under a lease; what it does not finish before the lease ends is another's. A failure
waits longer each time and is set aside as dead after ``MAX_ATTEMPTS``; the others go on.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db import connection, transaction
from django.db.models import Min, Q, QuerySet
from django.utils import timezone

from .models import OutboxEntry

log = logging.getLogger(__name__)

LEASE = timedelta(seconds=60)
MAX_ATTEMPTS = 8
LIMIT = 5_000
"""Entries of a topic that one drain takes on."""

Handler = Callable[[Sequence[OutboxEntry]], None]


@dataclass(frozen=True)
class Topic:
    """One line of work: its handler, and how many entries the handler takes at a time. ``slow`` work waits for no other
    and lets no other wait."""

    name: str
    handle: Handler
    batch: int
    slow: bool = False


@dataclass(frozen=True)
class Drained:
    """What one drain did: entries finished, put back for later, and set aside for good."""

    done: int = 0
    failed: int = 0
    dead: int = 0

    def __add__(self, other: Drained) -> Drained:
        return Drained(self.done + other.done, self.failed + other.failed, self.dead + other.dead)

    def __bool__(self) -> bool:
        return bool(self.done or self.failed or self.dead)


class Postpone(Exception):
    """Raised by a handler whose far end is away: nothing is counted against the entries, they just wait."""

    def __init__(self, reason: str, wait: timedelta = timedelta(seconds=2)) -> None:
        super().__init__(reason)
        self.wait = wait


_topics: dict[str, Topic] = {}


def handler(topic: str, *, batch: int = 1, slow: bool = False) -> Callable[[Handler], Handler]:
    """Register the function that does the work of ``topic``, beside the rest where it is ``slow`` (seconds a batch).

    It gets 1 to ``batch`` entries, outside any transaction, and must be harmless when run twice. If it raises
    on several entries, they are tried again one by one, so that one poisoned entry holds up no other.
    """

    def register(handle: Handler) -> Handler:
        _topics[topic] = Topic(topic, handle, batch, slow)
        return handle

    return register


def topics(*, slow: bool) -> list[str]:
    """The topics that have a handler in this process: the slow ones, or the others."""
    return [topic.name for topic in _topics.values() if topic.slow is slow]


def drain(only: Sequence[str] | None = None, *, limit: int = LIMIT) -> Drained:
    """Do what waits, up to ``limit`` entries a topic, and say what was done."""
    total = Drained()
    for topic in [t for t in list(_topics.values()) if only is None or t.name in only]:
        for _round in range(max(1, limit // topic.batch)):
            claimed = claim(topic.name, topic.batch)
            if not claimed:
                break
            result = work_off(topic, claimed)
            total += result
            if not result.done:
                break
    return total


def claim(topic: str, size: int) -> list[OutboxEntry]:
    """Take up to ``size`` due entries of ``topic`` under a lease that only this caller holds."""
    now, mark = timezone.now(), secrets.token_hex(16)
    free = Q(claimed_by="") | Q(leased_until__lt=now)
    with transaction.atomic():
        due = OutboxEntry.objects.filter(free, topic=topic, dead=False, not_before__lte=now).order_by("id")
        if connection.features.has_select_for_update_skip_locked:
            due = due.select_for_update(skip_locked=True)
        ids = list(due.values_list("id", flat=True)[:size])
        if not ids:
            return []
        OutboxEntry.objects.filter(id__in=ids).update(claimed_by=mark, leased_until=now + LEASE)
    return list(OutboxEntry.objects.filter(claimed_by=mark).order_by("id"))


def work_off(topic: Topic, entries: Sequence[OutboxEntry]) -> Drained:
    """Run the handler over claimed ``entries``, equal ones once, and settle each of them."""
    try:
        topic.handle(coalesced(entries))
    except Postpone as away:
        _release(entries, last_error=str(away)[:300], not_before=timezone.now() + away.wait)
        return Drained(failed=len(entries))
    except Exception as error:  # the worker must outlive any handler
        if len(entries) > 1:
            return sum((work_off(topic, [entry]) for entry in entries), Drained())
        return _settle_failure(entries[0], error)
    _mine(entries).delete()
    return Drained(done=len(entries))


def coalesced(entries: Sequence[OutboxEntry]) -> list[OutboxEntry]:
    """``entries`` with only the newest of each key, and every one that asked to stand for itself."""
    newest = {(entry.key, entry.id if entry.distinct else 0): entry for entry in entries}
    return list(newest.values())


def _settle_failure(entry: OutboxEntry, error: Exception) -> Drained:
    attempts = entry.attempts + 1
    dead = attempts >= MAX_ATTEMPTS
    log.warning("outbox %s %s failed (%s of %s): %s", entry.topic, entry.pk, attempts, MAX_ATTEMPTS, _name(error))
    wait = timedelta(seconds=min(2**attempts, 600))
    _release([entry], attempts=attempts, dead=dead, last_error=_name(error), not_before=timezone.now() + wait)
    return Drained(dead=1) if dead else Drained(failed=1)


def _name(error: Exception) -> str:
    """What kind of error it was: its words may hold somebody's text or address, and stay out of log and row."""
    return f"{type(error).__module__}.{type(error).__qualname__}"[:300]


def _mine(entries: Sequence[OutboxEntry]) -> QuerySet[OutboxEntry]:
    """Those of ``entries`` whose lease has not passed to another worker."""
    return OutboxEntry.objects.filter(id__in=[entry.id for entry in entries], claimed_by=entries[0].claimed_by)


def _release(entries: Sequence[OutboxEntry], **changes: object) -> None:
    _mine(entries).update(claimed_by="", leased_until=None, **changes)


def lag() -> timedelta:
    """How long the work that has been due longest waits; nothing when none is due.

    What is under way does not count, nor what is slow: there may be hours of that after a change of settings.
    """
    now = timezone.now()
    free = Q(claimed_by="") | Q(leased_until__lt=now)
    due = OutboxEntry.objects.filter(free, dead=False, not_before__lte=now).exclude(topic__in=topics(slow=True))
    oldest = due.aggregate(Min("not_before"))
    return now - (oldest["not_before__min"] or now)


def tried_in_vain(topic: str, *, since: timedelta) -> int:
    """How many entries of ``topic`` were tried, were not done, and have waited longer than ``since``."""
    waiting = OutboxEntry.objects.filter(topic=topic, dead=False, created_at__lt=timezone.now() - since)
    return waiting.exclude(last_error="").count()


def set_aside() -> int:
    """How many entries wait for somebody to look at them, having failed too often."""
    return OutboxEntry.objects.filter(dead=True).count()


def retry_dead(topic: str | None = None) -> int:
    """Give the entries that were set aside another eight tries; how many."""
    dead = OutboxEntry.objects.filter(dead=True, **({"topic": topic} if topic else {}))
    return dead.update(dead=False, attempts=0, not_before=timezone.now())
