from django.apps import AppConfig


class LiveConfig(AppConfig):
    """The Django app of ``portal.live``."""

    name = "portal.live"
    label = "live"

    def ready(self) -> None:
        from . import probes, receivers, topics  # noqa: F401

        topics.register(topics.PersonalTopic())
