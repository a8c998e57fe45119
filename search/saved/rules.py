"""Who may do what with saved searches."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rules import predicate

if TYPE_CHECKING:
    from search.models import SavedSearch


@predicate
def owns_saved_search(user: Any, saved: SavedSearch) -> bool:
    """It is the person's own."""
    return bool(user.is_authenticated) and saved.user_id == user.pk
