"""Who may do what with tokens."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rules import predicate

if TYPE_CHECKING:
    from .models import ApiToken


@predicate
def owns_token(user: Any, token: ApiToken) -> bool:
    """It is the person's own."""
    return bool(user.is_authenticated) and token.user_id == user.pk
