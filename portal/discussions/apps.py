from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DiscussionsConfig(AppConfig):
    """The Django app of ``portal.discussions``."""

    name = "portal.discussions"
    label = "discussions"
    verbose_name = _("discussions")

    def ready(self) -> None:
        from portal.accounts import takeout
        from portal.face import tones
        from portal.kernel import kinds
        from portal.live import topics
        from portal.notifications import categories

        from . import navigation, notices, receivers, rules, tasks  # noqa: F401
        from .live import RoomTopic
        from .models import Message, ModerationCase, Room
        from .takeout import moderation_part, talk_part

        kinds.register(kinds.Kind("room", Room, "public_id", rules.can_read_room, _("Room")))
        kinds.register(kinds.Kind("message", Message, "public_id", rules.can_view_message, _("Message")))
        topics.register(RoomTopic())
        kinds.register(
            kinds.Kind("moderation_case", ModerationCase, "public_id", rules.can_view_case, _("Moderation case"))
        )
        categories.register(categories.Category(notices.MENTIONS, _("Mentions of you")))
        categories.register(categories.Category(notices.CATEGORY, _("Moderation"), can_mute=False))
        takeout.register("talk", talk_part)
        takeout.register("moderation", moderation_part)
        tones.say("danger", "upheld")
        tones.say("violet", "appealed")
        tones.say("neutral", "overturned")
