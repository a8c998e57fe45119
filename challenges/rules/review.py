"""Who reviews, and who reads reviews."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rules import Predicate, predicate

from portal.accounts.rules import is_person, is_platform_master

from ..enums import READING
from .submission import (
    can_assign_reviewers,
    can_decide_submission,
    has_conflict,
    is_team_member,
    seeks_submission,
)

if TYPE_CHECKING:
    from portal.accounts.querysets import Viewer

    from ..models import Review, ReviewAssignment, Submission


@predicate
def is_assignee(user: Viewer, assignment: ReviewAssignment) -> bool:
    """The person is the one who was asked."""
    return bool(is_person(user)) and assignment.reviewer_id == user.pk


@predicate
def is_free_of_conflict(user: Viewer, assignment: ReviewAssignment) -> bool:
    """The person has no tie to the submission to be reviewed."""
    return not has_conflict(user, assignment.submission)


@predicate
def is_being_read(user: Viewer, assignment: ReviewAssignment) -> bool:
    """The assignment was accepted."""
    return assignment.state in READING


@predicate
def is_unsealed_for_review(user: Viewer, assignment: ReviewAssignment) -> bool:
    """There is a version that its phase lets others read."""
    from ..models import SubmissionVersion

    return SubmissionVersion.objects.readable_by(user).filter(submission=assignment.submission_id).exists()


@predicate
def oversees_assignment(user: Viewer, assignment: ReviewAssignment) -> bool:
    """Seeker or platform master of the submission, with no part in it."""
    submission = assignment.submission
    if has_conflict(user, submission) or is_team_member(user, submission):
        return False
    return bool(is_platform_master(user) or seeks_submission(user, submission))


@predicate
def may_send_back(user: Viewer, assignment: ReviewAssignment) -> bool:
    """May return a finished review for more work."""
    return bool(can_assign_reviewers(user, assignment.submission))


@predicate
def is_eligible_reviewer(person: Viewer, submission: Submission) -> bool:
    """The person may be asked: takes no part in the challenge as a solver, and has no tie to the submission."""
    from ..models import Registration, TeamMembership

    if not is_person(person) or has_conflict(person, submission):
        return False
    mine = {"challenge": submission.challenge_id, "user": person.pk}
    solves = Registration.objects.approved().filter(**mine).exists() or TeamMembership.objects.filter(**mine).exists()
    return not solves


can_view_assignment: Predicate = is_assignee | oversees_assignment
can_answer_assignment: Predicate = is_assignee & is_free_of_conflict
can_declare_conflict: Predicate = is_assignee
can_score: Predicate = is_assignee & is_free_of_conflict & is_being_read & is_unsealed_for_review
"""Reading comes before scoring: nobody scores what they may not read."""


@predicate
def can_view_review(user: Viewer, review: Review) -> bool:
    """One's own; a finished one by seeker and platform master. Twin: ``ReviewQuerySet.visible_to``."""
    if is_assignee(user, review.assignment) and is_free_of_conflict(user, review.assignment):
        return True
    return review.submitted_at is not None and bool(oversees_assignment(user, review.assignment))


can_award: Predicate = can_decide_submission
"""On a submission: may give it a reward."""
