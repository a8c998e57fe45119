"""What incubation does on the news of others, and whom it tells of its own."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from challenges.models import Award
from challenges.signals import submission_awarded
from portal.notifications.send import send

from .actions import open_venture_for_award
from .enums import TEAM, VentureRole
from .models import GateReview, Venture, VentureMember
from .notices import GateDecided, GateReviewCalled, VentureOpened
from .signals import gate_decided, gate_review_called, venture_opened


@receiver(submission_awarded)
def open_venture_on_award(award: Award, actor: Any, **news: Any) -> None:
    """An award opens a venture, in the award's own transaction."""
    open_venture_for_award(award, actor=actor)


@receiver(venture_opened)
def tell_people_of_venture(obj: Venture, **news: Any) -> None:
    """Everybody with a part learns that the venture has begun."""
    send(VentureOpened.of(obj), to=_people(obj, *VentureRole))


@receiver(gate_review_called)
def call_gate_keepers(obj: GateReview, **news: Any) -> None:
    """The gate-keepers learn that their word is asked."""
    send(GateReviewCalled.of(obj), to=_people(obj.venture, VentureRole.GATE_KEEPER))


@receiver(gate_decided)
def tell_team_of_outcome(obj: GateReview, **news: Any) -> None:
    """Team and mentors learn the outcome."""
    send(GateDecided.of(obj), to=_people(obj.venture, *TEAM, VentureRole.MENTOR))


def _people(venture: Venture, *roles: str) -> list[Any]:
    parts = VentureMember.objects.filter(venture=venture, role__in=roles).select_related("user")
    return [part.user for part in parts]
