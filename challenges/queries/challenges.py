"""Challenges as lists show them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Count, IntegerField, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from portal.kernel.clock import database_now

from ..enums import ChallengeState, RegistrationState
from ..models import Challenge, Registration, Reward

if TYPE_CHECKING:
    from portal.accounts.models import User
    from portal.accounts.querysets import Viewer

NEWEST = ("-published_at", "-id")
CLOSING_SOON = ("closes_at", "id")
LAST_MADE = ("-created_at", "-id")


@dataclass(frozen=True)
class ChallengeFilter:
    """What a list is narrowed to; empty means everything."""

    state: str = ""
    kind: str = ""
    industry: str = ""
    words: str = ""
    closing_soon: bool = False

    @property
    def order(self) -> tuple[str, str]:
        """The order of the list, for keyset paging."""
        return CLOSING_SOON if self.closing_soon else NEWEST

    def condition(self) -> Q:
        """The rows that are meant."""
        exact = {"state": self.state, "kind": self.kind, "industry": self.industry}
        wanted = Q(**{name: value for name, value in exact.items() if value})
        for word in self.words.split()[:8]:
            wanted &= Q(title__icontains=word) | Q(summary__icontains=word)
        return wanted & Q(closes_at__isnull=False) if self.closing_soon else wanted


def public_challenges(wanted: ChallengeFilter) -> QuerySet[Challenge]:
    """What everybody may read, as cards show it."""
    return as_cards(Challenge.objects.public().filter(wanted.condition()))


def own_challenges(user: Viewer) -> QuerySet[Challenge]:
    """Those of the viewer's organisations, in whatever state."""
    return as_cards(Challenge.objects.sought_by(user))


def awaiting_approval() -> QuerySet[Challenge]:
    """The platform master's queue: what was sent in, the longest waiting first."""
    return as_cards(Challenge.objects.filter(state=ChallengeState.IN_REVIEW)).order_by("updated_at", "id")


def open_challenges() -> QuerySet[Challenge]:
    """What can be answered now, the next deadline first: for the home page and the calendar."""
    return as_cards(Challenge.objects.public().accepting(database_now())).order_by(*CLOSING_SOON)


def entered_by(user: User) -> QuerySet[Challenge]:
    """Those the person is registered for, the next deadline first."""
    mine = Registration.objects.filter(user=user).values("challenge")
    return as_cards(Challenge.objects.filter(pk__in=mine)).order_by(*CLOSING_SOON)


def as_cards(rows: QuerySet[Challenge]) -> QuerySet[Challenge]:
    """With what a card shows besides the row: who asks, the first reward, how many solvers."""
    first_reward = Prefetch("rewards", queryset=Reward.objects.filter(rank=1), to_attr="first_rewards")
    return rows.select_related("organisation").prefetch_related(first_reward).annotate(solvers=solver_count())


def solver_count() -> Coalesce:
    """How many people take part in the challenge of the row."""
    approved = (
        Registration.objects.filter(challenge=OuterRef("pk"), state=RegistrationState.APPROVED)
        .order_by()
        .values("challenge")
        .annotate(number=Count("pk"))
        .values("number")
    )
    return Coalesce(Subquery(approved, output_field=IntegerField()), 0)


def is_accepting(challenge: Challenge, moment: datetime) -> bool:
    """Whether an answer sent at ``moment`` would be in time."""
    return (
        challenge.state == ChallengeState.OPEN
        and not challenge.is_imported
        and challenge.closes_at is not None
        and challenge.closes_at > moment
    )
