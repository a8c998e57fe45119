"""Once is once: a form or call that carries a key has its effect a single time, however often it arrives."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from .models import IdempotencyRecord

KEPT = timedelta(hours=24)


@dataclass(frozen=True)
class Outcome:
    """What came of it: a reference to the result, and whether this call was the one that produced it."""

    reference: str
    fresh: bool


def once(scope: str, key: str, actor: Any, produce: Callable[[], str]) -> Outcome:
    """Run ``produce`` unless ``actor`` has already run it under ``(scope, key)``; its reference either way.

    ``produce`` runs in the same transaction as the record, so a failure leaves the key unused. Of two calls at
    the same moment the second waits for the first and gets its reference. An empty key means "no promise".
    """
    if not key:
        return Outcome(produce(), True)
    known = _known(scope, key, actor)
    if known is not None:
        return Outcome(known, False)
    try:
        with transaction.atomic():
            record = IdempotencyRecord.objects.create(scope=scope, key=key[:80], actor=actor, reference="")
            record.reference = produce()
            record.save(update_fields=["reference"])
    except IntegrityError:
        known = _known(scope, key, actor)
        if known is None:
            raise
        return Outcome(known, False)
    return Outcome(record.reference, True)


def _known(scope: str, key: str, actor: Any) -> str | None:
    rows = IdempotencyRecord.objects.filter(scope=scope, key=key[:80], actor=actor)
    return rows.values_list("reference", flat=True).first()


def forget_old() -> int:
    """Drop the keys that are older than a day; how many."""
    return IdempotencyRecord.objects.filter(created_at__lt=timezone.now() - KEPT).delete()[0]
