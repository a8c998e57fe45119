"""Where challenges stand in the header."""

from django.utils.translation import gettext_lazy as _

from portal.face.navigation import NavItem, register

register(NavItem(_("Challenges"), "challenges:challenge-list", icon="flag", order=10))
