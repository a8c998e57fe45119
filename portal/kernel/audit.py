"""The audit: who did what to which object, in chains that show any tampering.

Facts are ids, states, numbers and hashes; a text goes in only as ``digest(text)``, salted with the portal's
key, so that erasing a person leaves nothing of theirs here and every chain still verifies.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import orjson
from django.conf import settings
from django.db import transaction
from django.db.models import Model

from . import kinds
from .clock import database_now
from .models import AuditEvent


@dataclass(frozen=True)
class Break:
    """A place where a chain does not hold, and why."""

    event_id: int
    kind: str
    object_id: str
    sequence: int
    reason: str


def digest(text: str) -> str:
    """A salted hash of ``text``: equal texts can be told equal, and nothing else be told."""
    return hmac.new(settings.SECRET_KEY.encode(), text.encode(), hashlib.sha256).hexdigest()


def identify(obj: Model) -> tuple[str, str]:
    """The name and id under which ``obj`` is audited."""
    try:
        return kinds.of(obj).name, str(obj.pk)
    except KeyError:
        return obj._meta.label_lower, str(obj.pk)


def record(action: str, obj: Model, *, actor: Any, **facts: str | int | bool | None) -> AuditEvent:
    """Write one event, inside the transaction of the deed itself. The caller holds the object's lock.

    ``actor`` is a person, or None for the clock and for anonymous deeds.
    """
    kind, object_id = identify(obj)
    with transaction.atomic():
        last = AuditEvent.objects.filter(kind=kind, object_id=object_id).order_by("-sequence").first()
        event = AuditEvent(
            kind=kind,
            object_id=object_id,
            sequence=last.sequence + 1 if last else 1,
            action=action,
            actor_id=getattr(actor, "pk", None),
            facts=facts,
            at=database_now(),
            previous_hash=last.hash if last else "",
        )
        event.hash = fingerprint(event)
        event.save(force_insert=True)
    return event


def fingerprint(event: AuditEvent) -> str:
    """The SHA-256 of everything the event says, including the event before it."""
    said = [
        event.kind,
        event.object_id,
        event.sequence,
        event.action,
        event.actor_id,
        event.facts,
        event.at.isoformat(timespec="milliseconds"),
        event.previous_hash,
    ]
    return hashlib.sha256(orjson.dumps(said, option=orjson.OPT_SORT_KEYS)).hexdigest()


def history(obj: Model) -> list[AuditEvent]:
    """What happened to ``obj``, oldest first."""
    kind, object_id = identify(obj)
    return list(AuditEvent.objects.filter(kind=kind, object_id=object_id).order_by("sequence").select_related("actor"))


def verify() -> Iterator[Break]:
    """Walk every chain and yield each place where it does not hold; nothing when all is well."""
    before: AuditEvent | None = None
    for event in AuditEvent.objects.order_by("kind", "object_id", "sequence").iterator(chunk_size=2000):
        same = before is not None and (before.kind, before.object_id) == (event.kind, event.object_id)
        reason = _what_is_wrong(event, before if same else None)
        if reason:
            yield Break(event.pk, event.kind, event.object_id, event.sequence, reason)
        before = event


def _what_is_wrong(event: AuditEvent, before: AuditEvent | None) -> str:
    if event.sequence != (before.sequence + 1 if before else 1):
        return "an event is missing before it"
    if event.previous_hash != (before.hash if before else ""):
        return "it does not follow the event before it"
    if event.hash != fingerprint(event):
        return "it was changed"
    return ""
