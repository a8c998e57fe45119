"""News as it happens: on the topic ``me`` of its reader, in all their tabs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.dispatch import receiver

from portal.live.publish import publish_to

from .choices import choice_of
from .models import Notification
from .rules import may_still_see
from .signals import notified

if TYPE_CHECKING:
    from portal.accounts.models import User


@receiver(notified, sender=Notification)
def show_at_once(sender: type[Notification], notification: Notification, **news: Any) -> None:
    """Tell the reader's open pages, once it is committed; only what they may see at this moment.

    Who wants no news of the category on open pages gets the new number alone.
    """
    if not choice_of(notification.user, notification.category).live:
        tell_unread(notification.user)
    elif may_still_see(notification.user, notification):
        facts = {"id": notification.public_id, "category": notification.category, "url": notification.url}
        said = {"on": "notice", "subject": notification.subject, "unread": unread_by(notification.user)}
        publish_to(notification.user_id, said | facts)


def tell_unread(user: User) -> None:
    """The reader's other tabs learn how much is left to read."""
    publish_to(user.pk, {"on": "unread", "unread": unread_by(user)})


def unread_by(user: User) -> int:
    """How much the reader has not read."""
    return Notification.objects.visible_to(user).unread().count()
