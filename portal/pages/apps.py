"""The app of editorial pages."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PagesConfig(AppConfig):
    name = "portal.pages"
    verbose_name = _("Pages")

    def ready(self) -> None:
        from portal.face.navigation import NavItem, register

        from . import checks, kinds, receivers  # noqa: F401

        receivers.listen(self)
        register(NavItem(_("About"), "pages:about", order=10, place="footer"))
        register(NavItem(_("Guides"), "pages:guides", order=20, place="footer"))
