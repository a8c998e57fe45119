"""Where the desks stand in the header."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from portal.accounts.rules import is_platform_master
from portal.face.navigation import NavItem, register, signed_in


def for_master(request: HttpRequest) -> bool:
    """Shown to the platform master."""
    return bool(is_platform_master(request.user))


register(NavItem(_("My desk"), "desk:desk", icon="inbox", order=10, place="user", visible=signed_in))
register(NavItem(_("Platform master"), "desk:master", icon="shield", order=20, place="user", visible=for_master))
