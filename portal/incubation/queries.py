"""What is read of incubation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from .enums import ENDED, PASSED, Stage, VentureRole
from .models import GateReview, Venture, VentureMember


@dataclass(frozen=True)
class StagePlace:
    """A stage on a venture's way: ``done``, ``current`` or ``ahead``, and the last review at its gate."""

    stage: Stage
    standing: str
    review: GateReview | None


def listed_ventures(user: Any, *, stage: str = "", state: str = "") -> QuerySet[Venture]:
    """The ventures that ``user`` may know of, filtered by stage and state where these are real ones."""
    rows = Venture.objects.visible_to(user).for_list()
    if stage in Stage.values:
        rows = rows.filter(stage=stage)
    if state:
        rows = rows.filter(state=state)
    return rows


def way_of(venture: Venture, reviews: Sequence[GateReview]) -> list[StagePlace]:
    """The stages of ``venture`` in order; ``reviews`` are those that the viewer may see, newest first."""
    stages = list(Stage)
    here = stages.index(Stage(venture.stage))
    return [
        StagePlace(stage, _standing(place, here), next((r for r in reviews if r.stage == stage), None))
        for place, stage in enumerate(stages)
    ]


def _standing(place: int, here: int) -> str:
    if place < here:
        return "done"
    return "current" if place == here else "ahead"


def people_of(venture: Venture) -> list[VentureMember]:
    """Who has a part in ``venture``, lead first."""
    order = list(VentureRole.values)
    rows = venture.members.select_related("user")
    return sorted(rows, key=lambda member: (order.index(member.role), member.pk))


def my_ventures(user: Any) -> QuerySet[Venture]:
    """Ventures under way in which ``user`` has a part."""
    return Venture.objects.filter(members__user=user).exclude(state__in=ENDED).distinct().for_list()


def gates_to_decide(user: Any) -> QuerySet[GateReview]:
    """Open gate reviews that wait for ``user`` as a gate-keeper."""
    return (
        GateReview.objects.waiting()
        .filter(venture__members__user=user, venture__members__role=VentureRole.GATE_KEEPER)
        .select_related("venture")
    )


def passed_gates(venture: Venture) -> int:
    """How many gates ``venture`` has passed."""
    return venture.reviews.filter(state__in=PASSED).count()
