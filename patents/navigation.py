"""Where patents and licences stand in the header."""

from django.utils.translation import gettext_lazy as _

from portal.face.navigation import NavItem, register
from portal.notifications import categories

register(NavItem(_("Patents"), "patents:patent-list", icon="patent", order=20))
register(NavItem(_("Licences"), "patents:offer-list", icon="handshake", order=25))
categories.register(categories.Category("licensing", _("Licence offers and requests")))
