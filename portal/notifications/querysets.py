"""Which notifications someone has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.db.models import QuerySet
from django.utils import timezone

if TYPE_CHECKING:
    from .models import Notification  # noqa: F401


class NotificationQuerySet(QuerySet["Notification"]):
    """News for readers."""

    def visible_to(self, user: Any) -> Self:
        """One's own and nobody else's."""
        return self.filter(user_id=user.pk) if user.is_authenticated else self.none()

    def unread(self) -> Self:
        """Those not yet read."""
        return self.filter(read_at__isnull=True)

    def mark_read(self) -> int:
        """Mark the unread among them as read now; how many there were."""
        return self.unread().update(read_at=timezone.now())
