from django.apps import AppConfig


class IncubationConfig(AppConfig):
    """Ventures and gates."""

    name = "portal.incubation"
    label = "incubation"

    def ready(self) -> None:
        from . import kinds, lineage, navigation, receivers, rooms  # noqa: F401
