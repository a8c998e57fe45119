"""The notifications a person takes with them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .models import Choice, MutedThread, Notification, QuietHours

if TYPE_CHECKING:
    from portal.accounts.models import User


def notifications_part(user: User) -> dict[str, Any]:
    """What the person was told, and how they chose to be told."""
    rows = Notification.objects.visible_to(user).order_by("pk")
    chosen = Choice.objects.filter(user=user).order_by("category")
    quiet = QuietHours.objects.filter(user=user).first()
    return {
        "told": [{"subject": row.subject, "text": row.body, "at": row.created_at.isoformat()} for row in rows],
        "chosen": [{"category": row.category, "mail": row.mail, "live": row.live} for row in chosen],
        "muted": list(MutedThread.objects.filter(user=user).order_by("pk").values_list("thread", flat=True)),
        "quiet_hours": str(quiet) if quiet else None,
    }
