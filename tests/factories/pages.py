"""Pages of the tree, published."""

from __future__ import annotations

from typing import Any

from wagtail.models import Site

from portal.pages.models import ContentPage


def content_page(title: str = "A page", *, live: bool = True, **fields: Any) -> ContentPage:
    """A page below the home page."""
    page = ContentPage(title=title, live=live, **fields)
    Site.objects.get().root_page.add_child(instance=page)
    return page
