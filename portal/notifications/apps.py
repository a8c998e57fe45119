"""The app that tells people."""

from django.apps import AppConfig
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class NotificationsConfig(AppConfig):
    name = "portal.notifications"
    verbose_name = _("Notifications")

    def ready(self) -> None:
        from portal.accounts import takeout
        from portal.face import modules, navigation

        from . import categories, live, probes, receivers, tasks  # noqa: F401
        from .notices import CATEGORY
        from .takeout import notifications_part

        categories.register(categories.Category(CATEGORY, _("Your organisations")))
        modules.register("notifications/inbox.js")
        takeout.register("notifications", notifications_part)
        navigation.register(
            navigation.NavItem(
                _("Notifications"),
                "notifications:inbox",
                icon="bell",
                order=50,
                place="header",
                visible=navigation.signed_in,
                count=unread,
            )
        )
        navigation.register(
            navigation.NavItem(
                _("How you are told"), "notifications:preferences", icon="bell", order=60, place="account"
            )
        )


def unread(request: HttpRequest) -> int:
    """How many unread notifications the reader of this page has."""
    from .models import Notification

    return Notification.objects.visible_to(request.user).unread().count()
