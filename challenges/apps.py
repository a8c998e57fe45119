from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

REGISTERING = ("kinds", "lineage", "files", "audiences", "tasks", "navigation", "receivers")


class ChallengesConfig(AppConfig):
    """The pool of challenges, with their submissions, reviews and awards."""

    name = "challenges"
    verbose_name = _("Challenges")

    def ready(self) -> None:
        """Make known to the ground below what this app has: kinds, edges, files, rooms, the clock's work."""
        for module in REGISTERING:
            import_module(f"challenges.{module}")
