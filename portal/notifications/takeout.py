"""The notifications a person takes with them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .models import Notification
from .queries import muted_by

if TYPE_CHECKING:
    from portal.accounts.models import User


def notifications_part(user: User) -> dict[str, Any]:
    """What the person was told, and what they want no mail of."""
    rows = Notification.objects.visible_to(user).order_by("pk")
    return {
        "told": [{"subject": row.subject, "text": row.body, "at": row.created_at.isoformat()} for row in rows],
        "no_mail_about": sorted(muted_by(user)),
    }
