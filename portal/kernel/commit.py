"""Leaving the transaction: the sole caller of ``transaction.on_commit`` and the sole writer of the outbox."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from .models import OutboxEntry
from .signals import outbox_filled


def after_commit(deed: Callable[[], Any]) -> None:
    """Do ``deed`` once the present transaction has committed; never if it rolls back.

    For what may be lost with the process (a live event). What must not be lost is ``enqueue``d.
    """
    transaction.on_commit(deed, robust=True)


def enqueue(
    topic: str,
    key: str,
    *,
    payload: Mapping[str, Any] | None = None,
    not_before: datetime | None = None,
    distinct: bool = False,
) -> None:
    """Put one piece of work into the outbox, as part of the present transaction.

    Equal ``(topic, key)`` that are claimed together are done once, by the newest payload, unless ``distinct``.
    The payload is an id and a reason; the object is read afresh when the work is done.
    """
    enqueue_many(topic, [key], payload=payload, not_before=not_before, distinct=distinct)


def enqueue_many(
    topic: str,
    keys: Iterable[str],
    *,
    payload: Mapping[str, Any] | None = None,
    not_before: datetime | None = None,
    distinct: bool = False,
) -> None:
    """As ``enqueue``, for many keys in one statement."""
    due = not_before or timezone.now()
    rows = [
        OutboxEntry(topic=topic, key=key, payload=dict(payload or {}), not_before=due, distinct=distinct)
        for key in dict.fromkeys(keys)
    ]
    if not rows:
        return
    OutboxEntry.objects.bulk_create(rows, batch_size=500)
    after_commit(lambda: outbox_filled.send(sender=OutboxEntry, topic=topic))
