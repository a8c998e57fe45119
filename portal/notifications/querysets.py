"""Which notifications someone has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from .categories import all_categories

if TYPE_CHECKING:
    from .models import Notification


class NotificationQuerySet(QuerySet["Notification"]):
    """News for readers."""

    def visible_to(self, user: Any) -> Self:
        """One's own and nobody else's."""
        return self.filter(user_id=user.pk) if user.is_authenticated else self.none()

    def listed(self) -> Self:
        """Without those that were put aside."""
        return self.filter(dismissed_at__isnull=True)

    def unread(self) -> Self:
        """Those neither read nor put aside."""
        return self.listed().filter(read_at__isnull=True)

    def like(self, notification: Notification) -> Self:
        """The unread ones of the same reader, thread and category: those that are shown as one with it."""
        alike = {name: getattr(notification, name) for name in ("user_id", "thread", "category")}
        return self.unread().filter(Q(**alike) if notification.thread else Q(pk=notification.pk))

    def not_muted(self) -> Self:
        """Without those of threads that their reader has muted since."""
        from .models import MutedThread

        muted = MutedThread.objects.filter(user=OuterRef("user"), thread=OuterRef("thread"))
        kept = [each.name for each in all_categories() if not each.can_mute]
        return self.filter(Q(category__in=kept) | ~Exists(muted))

    def mark_read(self) -> int:
        """Mark the unread among them as read now; how many there were."""
        return self.unread().update(read_at=timezone.now())

    def put_aside(self) -> int:
        """Put them aside; how many were not."""
        return self.listed().update(dismissed_at=timezone.now())
