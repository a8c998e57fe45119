"""Where moderation stands beside the pages of one's account."""

from django.utils.translation import gettext_lazy as _

from portal.face.navigation import NavItem, register

register(NavItem(_("Blocked people"), "discussions:blocked-list", icon="users", order=65, place="account"))
