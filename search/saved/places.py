"""Where saved searches appear beside their own pages: in the menu, the inbox, and what a person takes with them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from portal.accounts import takeout
from portal.face.navigation import NavItem, register, signed_in
from portal.kernel import kinds
from portal.notifications import categories
from search.models import SavedSearch
from search.saved.rules import owns_saved_search
from search.saved.takeout import saved_searches_part

kinds.register(kinds.Kind("saved_search", SavedSearch, "public_id", owns_saved_search, _("Saved search")))
categories.register(categories.Category("saved_searches", _("Saved searches")))
takeout.register("saved_searches", saved_searches_part)
register(NavItem(_("Saved searches"), "search:saved-list", icon="search", order=40, place="user", visible=signed_in))
