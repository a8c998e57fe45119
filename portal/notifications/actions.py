"""What readers do with their news."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import transaction

from .categories import all_categories
from .live import tell_unread
from .models import MutedCategory, Notification

if TYPE_CHECKING:
    from portal.accounts.models import User


def mark_read(notification: Notification) -> None:
    """Mark one as read; again is harmless."""
    with transaction.atomic():
        if Notification.objects.filter(pk=notification.pk).mark_read():
            tell_unread(notification.user)


def mark_all_read(*, actor: User) -> int:
    """Mark everything in ``actor``'s inbox as read; how many were not."""
    with transaction.atomic():
        marked = Notification.objects.visible_to(actor).mark_read()
        tell_unread(actor)
    return marked


def choose_mail(categories: Iterable[str], *, actor: User) -> None:
    """From now on ``actor`` gets mail of exactly these categories, of those that are known."""
    wanted = set(categories)
    muted = [category.name for category in all_categories() if category.name not in wanted]
    with transaction.atomic():
        MutedCategory.objects.filter(user=actor).delete()
        MutedCategory.objects.bulk_create(MutedCategory(user=actor, category=name) for name in muted)
