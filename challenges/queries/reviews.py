"""What is read of reviews."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import QuerySet

from ..enums import AssignmentState, SubmissionState
from ..models import Review, ReviewAssignment, Submission

if TYPE_CHECKING:
    from portal.accounts.models import User
    from portal.accounts.querysets import Viewer

WAITING = (
    AssignmentState.INVITED,
    AssignmentState.ACCEPTED,
    AssignmentState.IN_PROGRESS,
    AssignmentState.RETURNED,
)


def with_context() -> QuerySet[ReviewAssignment]:
    """Assignments with what their rules and pages ask for at once."""
    return ReviewAssignment.objects.select_related(
        "submission__challenge__organisation", "submission__team", "reviewer", "invited_by", "review"
    )


def own_assignments(user: User) -> QuerySet[ReviewAssignment]:
    """The reviews a person was asked for; not of what was withdrawn."""
    return with_context().filter(reviewer=user).exclude(submission__state=SubmissionState.WITHDRAWN)


def reviews_to_write(user: User) -> QuerySet[ReviewAssignment]:
    """Those that wait for the person's answer or work."""
    return own_assignments(user).filter(state__in=WAITING).order_by("pk")


def assignments_of(submission: Submission, user: Viewer) -> list[ReviewAssignment]:
    """Who is asked to review ``submission``, as ``user`` may see it."""
    rows = with_context().filter(submission=submission, pk__in=ReviewAssignment.objects.visible_to(user))
    return list(rows.order_by("pk"))


def reviews_of(submission: Submission, user: Viewer) -> list[Review]:
    """The reviews of ``submission`` that ``user`` may read, with their scores; without those of the conflicted."""
    rows = Review.objects.visible_to(user).filter(assignment__submission=submission, submitted_at__isnull=False)
    rows = rows.exclude(assignment__state=AssignmentState.CONFLICT)
    return list(rows.select_related("assignment__reviewer").prefetch_related("scores__criterion").order_by("pk"))
