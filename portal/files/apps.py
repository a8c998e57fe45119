from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FilesConfig(AppConfig):
    """The shared ground for private files; it has no tables of its own."""

    name = "portal.files"
    label = "files"
    verbose_name = _("Files")

    def ready(self) -> None:
        from . import checks, tasks  # noqa: F401  (registered on import)
