"""Questions to the tables of the API."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Q, QuerySet
from django.utils import timezone

if TYPE_CHECKING:
    from .models import ApiToken, KeptAnswer  # noqa: F401

KEPT: Final = timedelta(hours=24)
"""How long an answer is given again."""


class ApiTokenQuerySet(QuerySet["ApiToken"]):
    """Tokens."""

    def live(self) -> ApiTokenQuerySet:
        """Those that still open something: of people who are here, neither revoked nor expired."""
        lasting = Q(expires_at__isnull=True) | Q(expires_at__gt=timezone.now())
        return self.filter(lasting, revoked_at__isnull=True, user__is_active=True, user__erased_at__isnull=True)

    def visible_to(self, user: Any) -> ApiTokenQuerySet:
        """A person's own."""
        return self.filter(user=user) if user.is_authenticated else self.none()


class KeptAnswerQuerySet(QuerySet["KeptAnswer"]):
    """Answers kept for repeated requests."""

    def lasting(self) -> KeptAnswerQuerySet:
        """Those that are still given again."""
        return self.filter(created_at__gt=timezone.now() - KEPT)

    def over(self) -> KeptAnswerQuerySet:
        """Those whose day is over."""
        return self.filter(created_at__lte=timezone.now() - KEPT)
