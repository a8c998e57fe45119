"""Who is sent a digest now: those for whom something has been gathered, at eight in the morning of their own day."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.utils import timezone

from portal.accounts.models import User
from portal.kernel.commit import enqueue_many

from .categories import all_categories
from .choices import zone_of
from .enums import DIGESTS, Rhythm
from .models import Choice, Digest, Notification

if TYPE_CHECKING:
    from django.db.models import QuerySet

HOUR: Final = 8
MONDAY: Final = 0
OLDEST: Final = timedelta(days=30)
"""What has lain unread for longer is not told once more."""


def put_out(now: datetime | None = None) -> int:
    """Put each digest that is due into the outbox, once a rhythm and day of its reader; how many."""
    moment = now or timezone.now()
    return sum(_put_out(rhythm, moment) for rhythm in DIGESTS)


def _put_out(rhythm: Rhythm, now: datetime) -> int:
    due = [(user, day) for user in _waiting(rhythm, now) if (day := _day_of(user, rhythm, now))]
    with transaction.atomic():
        fresh = [user for user, day in due if Digest.objects.get_or_create(user=user, rhythm=rhythm, day=day)[1]]
        enqueue_many("mail", [f"digest:{user.pk}:{rhythm}" for user in fresh])
    return len(fresh)


def _waiting(rhythm: Rhythm, now: datetime) -> QuerySet[User]:
    """Those who want something in this rhythm and have not read all of it."""
    usual = [each.name for each in all_categories() if each.mail == rhythm]
    rows = Notification.objects.unread().filter(mailed_at__isnull=True, created_at__gte=now - OLDEST)
    chosen = Choice.objects.filter(mail=rhythm).values("user")
    of_choice = rows.filter(user__in=chosen) if not usual else rows
    return User.objects.present().filter(pk__in=of_choice.values("user")).order_by("pk")


def _day_of(user: User, rhythm: Rhythm, now: datetime) -> date | None:
    """The day of a reader on which the digest is due now; None when it is too early, or another day of the week."""
    local = now.astimezone(zone_of(user))
    if local.hour < HOUR or (rhythm == Rhythm.WEEKLY and local.weekday() != MONDAY):
        return None
    return local.date()
