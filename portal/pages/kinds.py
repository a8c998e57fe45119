"""Editorial pages as one of the portal's kinds."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from rules import predicate

from portal.kernel.kinds import Kind, register

from .models import BasePage, ContentPage, HomePage, IndexPage


@predicate
def can_view_page(user: Any, page: BasePage) -> bool:
    """A published page without view restriction is for everybody."""
    return page.live and page.depth > 1 and not page.get_view_restrictions().exists()


for model in (HomePage, IndexPage, ContentPage, BasePage):  # the base last: by name, a page of any type is meant
    register(Kind("page", model, "public_id", can_view_page, _("Page")))
