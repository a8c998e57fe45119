"""Where tokens stand in the navigation."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from portal.face.navigation import NavItem, register

register(NavItem(_("API tokens"), "api:token-list", icon="lock", order=60, place="account"))
