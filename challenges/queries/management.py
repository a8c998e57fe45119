"""A challenge as its seeker manages it: how many came, how far they are."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count

from ..enums import RegistrationState, SubmissionState
from ..models import Challenge, Registration, ReviewAssignment, Submission


@dataclass(frozen=True)
class Tally:
    """How many objects are in one state."""

    state: str
    label: str
    number: int


@dataclass(frozen=True)
class Overview:
    """The figures of the manage page."""

    registrations: list[Tally]
    submissions: list[Tally]
    assignments: int
    reviews_done: int

    @property
    def solvers(self) -> int:
        """People who take part."""
        return sum(row.number for row in self.registrations if row.state == RegistrationState.APPROVED)

    @property
    def waiting(self) -> int:
        """People who ask to take part."""
        return sum(row.number for row in self.registrations if row.state == RegistrationState.REQUESTED)

    @property
    def filed(self) -> int:
        """Submissions sent in."""
        return sum(row.number for row in self.submissions)


def overview_of(challenge: Challenge) -> Overview:
    """The figures of one challenge; drafts and withdrawn submissions are the teams' own business."""
    assignments = ReviewAssignment.objects.filter(submission__challenge=challenge)
    filed = Submission.objects.filter(challenge=challenge).filed()
    return Overview(
        registrations=_tally(Registration.objects.filter(challenge=challenge), RegistrationState),
        submissions=_tally(filed, SubmissionState),
        assignments=assignments.active().count(),
        reviews_done=assignments.filter(review__submitted_at__isnull=False).count(),
    )


def _tally(rows, states) -> list[Tally]:  # type: ignore[no-untyped-def]
    counted = dict(rows.order_by().values_list("state").annotate(Count("pk")))
    return [Tally(state.value, str(state.label), counted[state.value]) for state in states if state.value in counted]
