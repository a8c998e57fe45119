from django.apps import AppConfig


class DeskConfig(AppConfig):
    """My desk, the master's desk, lineage."""

    name = "portal.desk"
    label = "desk"

    def ready(self) -> None:
        from . import navigation  # noqa: F401
