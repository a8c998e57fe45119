"""How editorial pages are found."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from wagtail.search.index import SearchField

from portal.pages.models import BasePage
from search.documents.base import PortalDocument
from search.documents.fields import facet


class PageDocument(PortalDocument):
    """A page that is live and behind no barrier of its own."""

    KIND = "page"

    language = facet()

    @staticmethod
    def rows() -> QuerySet[Any]:
        return published_pages().specific().prefetch_related("locale")  # type: ignore[attr-defined]

    @staticmethod
    def prepare_summary(obj: Any) -> str:
        return obj.search_description

    @staticmethod
    def prepare_body(obj: Any) -> str:
        """Whatever the page's own type declares to be searchable, its title left out."""
        fields = (f for f in obj.get_search_fields() if isinstance(f, SearchField) and f.field_name != "title")
        return "\n".join(dict.fromkeys(text for field in fields for text in _texts(field.get_value(obj))))

    @staticmethod
    def prepare_language(obj: Any) -> str:
        return obj.locale.language_code

    @staticmethod
    def prepare_updated_at(obj: Any) -> datetime | None:
        return obj.last_published_at or obj.first_published_at


def published_pages() -> QuerySet[BasePage]:
    """The pages everybody may read, the root of the tree left out."""
    return BasePage.objects.live().public().filter(depth__gt=1)


def _texts(value: Any) -> Iterator[str]:
    """The non-empty strings of a field's value, which may be a list of them."""
    for item in value if isinstance(value, list | tuple) else [value]:
        if item:
            yield str(item)
