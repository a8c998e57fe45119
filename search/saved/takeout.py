"""The saved searches a person takes with them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from search.models import SavedSearch

if TYPE_CHECKING:
    from portal.accounts.models import User


def saved_searches_part(user: User) -> list[dict[str, Any]]:
    """Each search they keep: its name, what it asks, how it alerts and since when."""
    rows = SavedSearch.objects.visible_to(user).order_by("pk")
    return [
        {"name": row.name, "query": row.query, "alert": row.alert, "at": row.created_at.isoformat()} for row in rows
    ]
