"""Asking for reviews, answering the request, scoring.

A conflict of interest blocks reading, whenever it is declared; what its holder scored before no longer counts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal.kernel import access, audit
from portal.kernel.clock import database_now
from portal.kernel.errors import Refused, WrongState

from .. import rules, signals
from ..enums import AssignmentState as S
from ..enums import Recommendation
from ..models import ConflictDeclaration, Criterion, Review, ReviewAssignment, Score, Submission
from ..queries.rubrics import rubric_of
from ..workflow import ASSIGNMENT

if TYPE_CHECKING:
    from portal.accounts.models import User


@dataclass(frozen=True)
class Judgement:
    """What a reviewer says: a score for each criterion (by its id), a comment, a recommendation."""

    scores: Mapping[int, int] = field(default_factory=dict)
    comment: str = ""
    recommendation: str = ""


def invite_reviewer(submission: Submission, reviewer: User, *, actor: User) -> ReviewAssignment:
    """Ask ``reviewer`` to review; asking oneself is accepting. Asking again gives the assignment there is.

    Raises ``Missing`` unless ``actor`` may assign reviewers, ``Refused`` for a person with a tie to the
    submission or a part in the challenge, and for a submission that nobody outside may see.
    """
    with transaction.atomic():
        access.require(actor, rules.can_assign_reviewers, submission)
        if not rules.is_eligible_reviewer(reviewer, submission):
            message = _("This person takes part in the challenge or has a conflict of interest, so cannot review.")
            raise Refused(message, code="not_eligible", field="reviewer")
        assignment, fresh = ReviewAssignment.objects.get_or_create(
            submission=submission, reviewer=reviewer, defaults={"invited_by": actor}
        )
        if fresh:
            audit.record("review_assignment.invite", assignment, actor=actor, reviewer=reviewer.pk, new=S.INVITED)
            _welcome(assignment, actor)
    return assignment


def accept_assignment(assignment: ReviewAssignment, *, actor: User) -> ReviewAssignment:
    """Take the review on, declaring to have no conflict of interest."""
    return ASSIGNMENT.perform(assignment, "accept", actor=actor)


def decline_assignment(assignment: ReviewAssignment, *, actor: User, reason: str) -> ReviewAssignment:
    """Turn the review down, saying why."""
    return ASSIGNMENT.perform(assignment, "decline", actor=actor, reason=reason, state_note=reason)


def declare_conflict(assignment: ReviewAssignment, *, actor: User, reason: str) -> ConflictDeclaration:
    """Declare a tie to the submission: from now on ``actor`` reads nothing of it, in whatever role."""
    with transaction.atomic():
        ASSIGNMENT.perform(assignment, "declare_conflict", actor=actor, reason=reason, state_note=reason)
        declaration, _made = ConflictDeclaration.objects.get_or_create(
            submission=assignment.submission, user=actor, defaults={"reason": reason[:500]}
        )
        signals.conflict_declared.send(sender=ConflictDeclaration, obj=declaration, actor=actor)
    return declaration


def save_review(assignment: ReviewAssignment, judgement: Judgement, *, actor: User) -> Review:
    """Keep a review as a draft; the first save begins it.

    Raises ``Missing`` unless ``actor`` may score, ``WrongState`` once it was submitted, ``Refused`` for a score
    out of range or for a criterion that is not of the rubric.
    """
    with transaction.atomic():
        locked = ReviewAssignment.objects.select_for_update().get(pk=assignment.pk)
        access.require(actor, rules.can_score, locked)
        if locked.state == S.SUBMITTED:
            raise WrongState(locked.state, locked.get_state_display())
        if locked.state == S.ACCEPTED:
            ASSIGNMENT.perform(locked, "start", actor=actor)
        return _keep(locked, judgement)


def submit_review(assignment: ReviewAssignment, judgement: Judgement, *, actor: User) -> Review:
    """Hand the review in: complete, with a recommendation. It can be changed again only when it is sent back."""
    with transaction.atomic():
        review = save_review(assignment, judgement, actor=actor)
        _refuse_incomplete(review)
        ASSIGNMENT.perform(assignment, "submit", actor=actor)
        review.submitted_at = database_now()
        review.save(update_fields=["submitted_at", "updated_at"])
    return review


def send_review_back(assignment: ReviewAssignment, *, actor: User, reason: str) -> ReviewAssignment:
    """Return a finished review for more work, saying why."""
    with transaction.atomic():
        returned = ASSIGNMENT.perform(assignment, "send_back", actor=actor, reason=reason, state_note=reason)
        Review.objects.filter(assignment=returned).update(submitted_at=None)
    return returned


def _welcome(assignment: ReviewAssignment, actor: User) -> None:
    if assignment.reviewer_id == actor.pk:
        ASSIGNMENT.perform(assignment, "accept", actor=actor)
    else:
        signals.reviewer_invited.send(sender=ReviewAssignment, obj=assignment, actor=actor)


def _keep(assignment: ReviewAssignment, judgement: Judgement) -> Review:
    criteria = {criterion.pk: criterion for criterion in rubric_of(assignment.submission)}
    for key, value in judgement.scores.items():
        _refuse_score(criteria.get(key), value)
    if judgement.recommendation not in ("", *Recommendation.values):
        raise Refused(_("This is not a recommendation."), code="unknown", field="recommendation")
    texts = {"comment": judgement.comment, "recommendation": judgement.recommendation}
    review, _made = Review.objects.update_or_create(assignment=assignment, defaults=texts)
    for key, value in judgement.scores.items():
        Score.objects.update_or_create(review=review, criterion=criteria[key], defaults={"value": value})
    review.scores.exclude(criterion__in=judgement.scores).delete()
    return review


def _refuse_score(criterion: Criterion | None, value: int) -> None:
    if criterion is None:
        raise Refused(_("This criterion is not of the rubric."), code="unknown")
    if not 0 <= value <= criterion.max_score:
        message = _("A score for “%(name)s” is a number from 0 to %(most)d.")
        facts = {"name": criterion.name, "most": criterion.max_score}
        raise Refused(message % facts, code="score_range", field=f"criterion_{criterion.pk}")


def _refuse_incomplete(review: Review) -> None:
    scored = set(review.scores.values_list("criterion_id", flat=True))
    for criterion in rubric_of(review.assignment.submission):
        if criterion.pk not in scored:
            message = _("Please score “%(name)s” before you submit.") % {"name": criterion.name}
            raise Refused(message, code="incomplete", field=f"criterion_{criterion.pk}")
    if not review.recommendation:
        raise Refused(_("Please give a recommendation."), code="incomplete", field="recommendation")
