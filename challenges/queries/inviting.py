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
    asked = challenge.invitations.values_list("user__public_id", "organisation__slug")
    entered = challenge.registrations.values_list("user__public_id", flat=True)
    return Inviting(challenge, frozenset(person or body for person, body in asked), frozenset(entered))


def invitations_to(challenge: Challenge) -> QuerySet[ChallengeInvitation]:
    """The newest first, without those who have entered since."""
    rows = challenge.invitations.select_related("user", "organisation").order_by("-created_at", "-pk")
    return rows.exclude(user__in=challenge.registrations.values("user"))
