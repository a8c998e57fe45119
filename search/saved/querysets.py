"""Which saved searches someone has, and which are due."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

from django.db.models import Count, Q, QuerySet

from search.saved.enums import Alert

if TYPE_CHECKING:
    from search.models import FoundThing, SavedSearch  # noqa: F401


class SavedSearchQuerySet(QuerySet["SavedSearch"]):
    """Saved searches."""

    def visible_to(self, user: Any) -> Self:
        """One's own and nobody else's."""
        return self.filter(user_id=user.pk) if user.is_authenticated else self.none()

    def due(self, now: datetime) -> Self:
        """Those that are to be looked at by now, of people who are here."""
        here = Q(user__is_active=True, user__erased_at__isnull=True)
        return self.filter(here, due_at__lte=now).exclude(alert=Alert.OFF)

    def with_news(self) -> Self:
        """With the number of new things in each, as ``news``."""
        new = Q(found__found_at__isnull=False, found__dismissed_at__isnull=True)
        return self.annotate(news=Count("found", filter=new))


class FoundThingQuerySet(QuerySet["FoundThing"]):
    """Things that saved searches found."""

    def new(self) -> Self:
        """Those that came after the search was saved, and were not dismissed; the latest first."""
        return self.filter(found_at__isnull=False, dismissed_at__isnull=True).order_by("-found_at", "-pk")
