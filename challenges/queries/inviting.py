"""Who was asked to look at a challenge, and who may ask."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from .. import rules
from ..models import Challenge, ChallengeInvitation

INVITED_KINDS = ("person", "organisation")


@dataclass(frozen=True)
class Inviting:
    """What stands beside those who fit a challenge: who was asked or has entered, by their public keys."""

    challenge: Challenge
    asked: frozenset[str]
    entered: frozenset[str]
    kinds: tuple[str, ...] = INVITED_KINDS


def inviting(challenge: Challenge, user: Any) -> Inviting | None:
    """For whoever may invite to the challenge; None for all others."""
    if not rules.can_invite_to_challenge(user, challenge):
        return None
    names = ("user__public_id", "organisation__slug")
    asked, entered = (
        frozenset(name for row in rows.values_list(*names) for name in row if name)
        for rows in (challenge.invitations, challenge.registrations)
    )
    return Inviting(challenge, asked, entered)


def invitations_to(challenge: Challenge) -> QuerySet[ChallengeInvitation]:
    """The newest first, without those who have entered since."""
    rows = challenge.invitations.select_related("user", "organisation").order_by("-created_at", "-pk")
    bodies = challenge.registrations.filter(organisation__isnull=False)
    return rows.exclude(user__in=challenge.registrations.values("user")).exclude(
        organisation__in=bodies.values("organisation")
    )
