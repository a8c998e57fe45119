"""Small base classes, and the kernel's three books: audit, outbox, idempotency."""

from __future__ import annotations

import secrets
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


def new_public_id() -> str:
    """128 random bits as 22 characters that are safe in a URL."""
    return secrets.token_urlsafe(16)


class PublicIdField(models.CharField):
    """An identifier that can be shown and not guessed."""

    def __init__(self, **options: Any) -> None:
        options |= {"max_length": 22, "unique": True, "default": new_public_id, "editable": False}
        super().__init__(**options)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, path, args, options = super().deconstruct()
        for given in ("max_length", "unique", "default", "editable"):
            options.pop(given, None)
        return name, path, list(args), options


class Timestamped(models.Model):
    """Knows when it was made and last saved."""

    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        abstract = True


class AuditEvent(models.Model):
    """One thing that happened to one object, chained by hash to what happened to it before.

    Holds ids, states, numbers and salted hashes only, never a person's words, so that erasing a person
    leaves every chain valid. Rows are never changed: a trigger refuses it on both databases.
    """

    kind = models.CharField(max_length=40)
    object_id = models.CharField(max_length=64)
    sequence = models.PositiveIntegerField()
    action = models.CharField(max_length=60)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", db_constraint=False
    )
    facts = models.JSONField(default=dict)
    at = models.DateTimeField()
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("kind", "object_id", "sequence"), name="audit_one_event_a_place"),
        ]
        indexes = [models.Index(fields=("at",), name="audit_by_time")]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id} #{self.sequence} {self.action}"


class OutboxEntry(models.Model):
    """Work that must happen because a transaction committed: an index change, a mail, a notice.

    Claimed by status, never by "newer than the last seen": a slow transaction's row is seen late, not lost.
    Equal keys coalesce when they are claimed, not when they are written: a row that waits may be worked off
    before the transaction that relies on it commits, and what that one changed would never be seen.
    """

    topic = models.CharField(max_length=40)
    key = models.CharField(max_length=200)
    payload = models.JSONField(default=dict)
    distinct = models.BooleanField(default=False)
    not_before = models.DateTimeField()
    claimed_by = models.CharField(max_length=40, blank=True)
    leased_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=300, blank=True)
    dead = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name_plural = "outbox entries"
        indexes = [
            models.Index(fields=("claimed_by",), condition=~Q(claimed_by=""), name="outbox_claimed"),
            models.Index(fields=("topic", "not_before"), condition=Q(dead=False), name="outbox_waiting"),
            models.Index(fields=("topic",), condition=Q(dead=True), name="outbox_dead"),
        ]

    def __str__(self) -> str:
        return f"{self.topic} {self.key}"


class IdempotencyRecord(models.Model):
    """What came of a request that carried a key, so that the same request again changes nothing."""

    scope = models.CharField(max_length=80)
    key = models.CharField(max_length=80)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    reference = models.CharField(max_length=200)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("scope", "key", "actor"), name="idempotency_one_outcome_a_key"),
        ]
        indexes = [models.Index(fields=("created_at",), name="idempotency_by_age")]

    def __str__(self) -> str:
        return f"{self.scope} {self.key}"


class PeriodicRun(models.Model):
    """When a periodic task last ran, so that several clocks do not run it twice."""

    name = models.CharField(max_length=80, unique=True)
    due_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
