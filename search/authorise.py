"""The last word on every hit: its row, read again as the viewer. The index may be late; the database is not."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Model, QuerySet

from portal.kernel import kinds
from search.documents import KINDS, documents_of
from search.documents.pages import published_pages
from search.engines.port import FoundHit

Rows = dict[tuple[str, str], Model]


def visible_rows(kind: str, user: Any) -> QuerySet[Any]:
    """The rows of a kind that the user may see, ready to be shown as hits."""
    if kind == "page":
        return published_pages().specific()  # type: ignore[attr-defined]
    document = documents_of(kind)[0]
    seen = kinds.get(kind).model._default_manager.visible_to(user)  # type: ignore[attr-defined]
    rows = document.still_found(seen).select_related(*document.SHOWN_WITH)
    return rows.only(*document.SHOWN) if document.SHOWN else rows


def readable(hits: Iterable[FoundHit], user: Any) -> Rows:
    """The rows of those hits that the user may see, by kind and primary key: one query a kind."""
    wanted: dict[str, list[str]] = {}
    for hit in hits:
        wanted.setdefault(hit.kind, []).append(hit.pk)
    return {
        (kind, str(row.pk)): row
        for kind, pks in wanted.items()
        if kind in KINDS
        for row in visible_rows(kind, user).filter(pk__in=pks)
    }
