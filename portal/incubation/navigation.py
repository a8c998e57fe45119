"""Where incubation stands in the header."""

from django.utils.translation import gettext_lazy as _

from portal.face.navigation import NavItem, register
from portal.notifications import categories

register(NavItem(_("Ventures"), "incubation:venture-list", icon="sprout", order=30))
categories.register(categories.Category("incubation", _("Ventures and gates")))
