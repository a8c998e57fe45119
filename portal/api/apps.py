from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ApiConfig(AppConfig):
    """The Django app of ``portal.api``."""

    name = "portal.api"
    label = "api"
    verbose_name = _("API")

    def ready(self) -> None:
        from portal.live import bearers

        from . import navigation, receivers, tasks  # noqa: F401
        from .tokens import person_of_secret

        bearers.register(person_of_secret)
