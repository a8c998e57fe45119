from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

REGISTERING = ("kinds", "lineage", "rooms", "navigation", "receivers", "tasks")


class PatentsConfig(AppConfig):
    """The pool of patents, with the offers and requests to license them."""

    name = "patents"
    verbose_name = _("Patents and licences")

    def ready(self) -> None:
        """Make known to the ground below what this app has: kinds, edges, rooms, news, the clock's work."""
        for module in REGISTERING:
            import_module(f"patents.{module}")
