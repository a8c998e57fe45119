"""Who may see a notification, and whether what it is about may still be seen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rules import predicate

from portal.kernel import kinds
from portal.kernel.errors import Missing

if TYPE_CHECKING:
    from .models import Notification


@predicate
def is_reader(user: Any, notification: Notification) -> bool:
    """The news was told to this person."""
    return bool(user.is_authenticated) and notification.user_id == user.pk


@predicate
def may_still_see(user: Any, notification: Notification) -> bool:
    """The person may see, at this moment, the object the news is about; what is about nothing is for its reader."""
    if not notification.kind:
        return True
    kind = kinds.find(notification.kind)
    try:
        return kind is not None and bool(kind.fetch(user, notification.key))
    except Missing:
        return False
