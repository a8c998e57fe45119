from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DiscussionsConfig(AppConfig):
    """The Django app of ``portal.discussions``."""

    name = "portal.discussions"
    label = "discussions"
    verbose_name = _("discussions")

    def ready(self) -> None:
        from portal.kernel import kinds
        from portal.live import topics

        from . import receivers, rules  # noqa: F401
        from .live import RoomTopic
        from .models import Message, Room

        kinds.register(kinds.Kind("room", Room, "public_id", rules.can_read_room, _("Room")))
        kinds.register(kinds.Kind("message", Message, "public_id", rules.can_view_message, _("Message")))
        topics.register(RoomTopic())
