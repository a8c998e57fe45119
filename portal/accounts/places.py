"""Where people and organisations stand in the navigation."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from portal.face.navigation import NavItem, register, signed_in

register(NavItem(_("Organisations"), "accounts:organisation-list", order=60))
register(NavItem(_("People"), "accounts:person-list", order=70))
register(NavItem(_("Your account"), "accounts:profile-edit", icon="user", order=80, place="user", visible=signed_in))

register(NavItem(_("Profile"), "accounts:profile-edit", icon="user", order=10, place="account"))
register(NavItem(_("E-mail addresses"), "account_email", icon="inbox", order=20, place="account"))
register(NavItem(_("Password"), "account_change_password", icon="lock", order=30, place="account"))
register(NavItem(_("Second factor"), "mfa_index", icon="shield", order=40, place="account"))
register(NavItem(_("Where you are signed in"), "usersessions_list", icon="eye", order=50, place="account"))
register(NavItem(_("Your data"), "accounts:account-erase", icon="file", order=70, place="account"))
