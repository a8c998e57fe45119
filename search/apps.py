"""Search as an application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    """Connects what changes to what is found."""

    name = "search"
    verbose_name = _("Search")

    def ready(self) -> None:
        from search import checks, drain, panels, probes, receivers  # noqa: F401
        from search.saved import places, tasks  # noqa: F401
        from search.semantic import tasks as vectors  # noqa: F401

        drain.register()
        receivers.connect()
