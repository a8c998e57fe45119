"""What readers do with their news, and how they choose to be told."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time
from typing import TYPE_CHECKING

from django.db import transaction

from .categories import all_categories
from .enums import Rhythm
from .live import tell_unread
from .models import Choice, MutedThread, Notification, QuietHours

if TYPE_CHECKING:
    from portal.accounts.models import User


def mark_read(notification: Notification) -> None:
    """Mark one as read; again is harmless."""
    with transaction.atomic():
        if Notification.objects.filter(pk=notification.pk).mark_read():
            tell_unread(notification.user)


def mark_group_read(notification: Notification) -> int:
    """Mark one, and what is shown as one with it, as read; how many were not."""
    with transaction.atomic():
        marked = Notification.objects.like(notification).mark_read()
        tell_unread(notification.user)
    return marked


def mark_all_read(*, actor: User) -> int:
    """Mark everything in ``actor``'s inbox as read; how many were not."""
    with transaction.atomic():
        marked = Notification.objects.visible_to(actor).mark_read()
        tell_unread(actor)
    return marked


def put_aside(notification: Notification, *, group: bool = False) -> int:
    """Take one out of the inbox, or all that is shown as one with it; how many. It can be put back."""
    with transaction.atomic():
        rows = Notification.objects.like(notification) if group else Notification.objects.filter(pk=notification.pk)
        count = rows.put_aside()
        tell_unread(notification.user)
    return count


def put_back(notification: Notification) -> None:
    """Have one in the inbox again, and all that was put aside together with it."""
    with transaction.atomic():
        moment = {"dismissed_at": notification.dismissed_at, "thread": notification.thread}
        together = Notification.objects.filter(user=notification.user_id, dismissed_at__isnull=False, **moment)
        together.update(dismissed_at=None)
        tell_unread(notification.user)


def choose(category: str, *, actor: User, mail: str, live: bool) -> None:
    """From now on ``actor`` is told of this category so."""
    Choice.objects.update_or_create(user=actor, category=category, defaults={"mail": mail, "live": live})


def choose_mail(rhythms: Mapping[str, str], *, actor: User) -> None:
    """From now on the categories come to ``actor`` by mail in these rhythms; the rest stays as it is."""
    with transaction.atomic():
        for category, mail in rhythms.items():
            Choice.objects.update_or_create(user=actor, category=category, defaults={"mail": mail})


def keep_quiet(begins: time | None, ends: time | None, *, actor: User) -> None:
    """Send ``actor`` no mail between these hours of theirs; None for either ends that."""
    with transaction.atomic():
        if begins is None or ends is None:
            QuietHours.objects.filter(user=actor).delete()
        else:
            QuietHours.objects.update_or_create(user=actor, defaults={"begins": begins, "ends": ends})


def mute(thread: str, *, actor: User) -> None:
    """Tell ``actor`` no more of this thing. Twice is once."""
    MutedThread.objects.get_or_create(user=actor, thread=thread)


def unmute(thread: str, *, actor: User) -> None:
    """Tell ``actor`` of this thing again."""
    MutedThread.objects.filter(user=actor, thread=thread).delete()


def stop_mail(what: str, *, actor: User) -> None:
    """Send ``actor`` no more mail of the category ``what``, or no more of the digests of that rhythm."""
    chosen = {row.category: row.mail for row in Choice.objects.filter(user=actor)}
    stopped = [each.name for each in all_categories() if chosen.get(each.name, each.mail) == what]
    choose_mail(dict.fromkeys(stopped if what in Rhythm.values else [what], Rhythm.NEVER), actor=actor)
