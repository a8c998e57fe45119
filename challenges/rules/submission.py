"""Who may see, read, write and judge a submission.

Rights are the union of all roles; a conflict of interest and a seal then take away, whoever asks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rules import Predicate, predicate

from portal.accounts.rules import is_person, is_platform_master

from ..enums import (
    READING,
    RESULTS_OUT,
    TEAM_ONLY,
    AssignmentState,
    BlindLevel,
    PendingDecision,
    SubmissionState,
)
from .challenge import can_manage_challenge, is_seeker
from .participation import can_start_submission

if TYPE_CHECKING:
    from portal.accounts.querysets import Viewer

    from ..models import Submission, SubmissionFile, SubmissionVersion

MAY_RISE = (SubmissionState.DRAFT, SubmissionState.SUBMITTED, SubmissionState.MORE_INFO, SubmissionState.SHORTLISTED)
"""States in which a team may write another version."""


@predicate
def is_team_member(user: Viewer, submission: Submission) -> bool:
    """The submission is of the person's team. Twin: ``SubmissionQuerySet.of_team_member``."""
    return bool(is_person(user)) and submission.team.memberships.filter(user=user.pk).exists()


@predicate
def has_conflict(user: Viewer, submission: Submission) -> bool:
    """The person has a tie to the submission: declared, or found by their assignment."""
    if not is_person(user):
        return False
    found = submission.assignments.filter(reviewer=user.pk, state=AssignmentState.CONFLICT)
    return submission.conflicts.filter(user=user.pk).exists() or found.exists()


@predicate
def is_reading_reviewer(user: Viewer, submission: Submission) -> bool:
    """The person accepted to review the submission."""
    return bool(is_person(user)) and submission.assignments.filter(reviewer=user.pk, state__in=READING).exists()


@predicate
def is_invited_reviewer(user: Viewer, submission: Submission) -> bool:
    """The person is asked to review the submission, and has not answered yet."""
    asked = {"reviewer": user.pk, "state": AssignmentState.INVITED}
    return bool(is_person(user)) and submission.assignments.filter(**asked).exists()


@predicate
def seeks_submission(user: Viewer, submission: Submission) -> bool:
    """The submission answers a challenge of the person's organisation."""
    return bool(is_seeker(user, submission.challenge))


@predicate
def manages_submission(user: Viewer, submission: Submission) -> bool:
    """The person manages the challenge that the submission answers."""
    return bool(can_manage_challenge(user, submission.challenge))


@predicate
def is_the_teams_own_business(user: Viewer, submission: Submission) -> bool:
    """A draft, or withdrawn."""
    return submission.state in TEAM_ONLY


@predicate
def is_unblinded(user: Viewer, submission: Submission) -> bool:
    """The solvers' names are out: no phase hides them, or the decision is known."""
    if submission.challenge.state in RESULTS_OUT:
        return True
    return not submission.challenge.phases.filter(blind_level=BlindLevel.DOUBLE).exists()


@predicate
def may_still_be_written(user: Viewer, submission: Submission) -> bool:
    """The submission is in a state in which its team may write another version."""
    return submission.state in MAY_RISE


@predicate
def takes_part_still(user: Viewer, submission: Submission) -> bool:
    """The person is registered, and the challenge takes answers."""
    return bool(can_start_submission(user, submission.challenge))


stands_clear: Predicate = ~has_conflict & ~is_the_teams_own_business

can_view_submission: Predicate = is_team_member | (
    (is_platform_master | seeks_submission | is_invited_reviewer | is_reading_reviewer) & stands_clear
)
"""Title, abstract and state. Twin: ``SubmissionQuerySet.visible_to``."""

can_see_solver: Predicate = can_view_submission & (is_team_member | is_platform_master | is_unblinded)
"""The names of the team. Twin: ``SubmissionQuerySet.naming_solver_to``."""

can_edit_submission: Predicate = is_team_member & may_still_be_written & takes_part_still
can_submit_submission: Predicate = is_team_member & takes_part_still
can_withdraw_submission: Predicate = is_team_member
can_read_accesses: Predicate = is_team_member
can_decide_submission: Predicate = manages_submission & ~has_conflict & ~is_team_member
can_release_decision: Predicate = (manages_submission | is_platform_master) & ~has_conflict & ~is_team_member
can_disqualify_submission: Predicate = can_release_decision


def can_carry_out(decision: PendingDecision) -> Predicate:
    """May release exactly the decision that is noted: never another in its place."""

    @predicate(f"is_decided:{decision}")
    def is_decided(user: Viewer, submission: Submission) -> bool:
        return submission.pending_decision == decision

    return can_release_decision & is_decided


can_assign_reviewers: Predicate = (manages_submission | is_platform_master) & stands_clear & ~is_team_member

reads_from_outside: Predicate = (is_platform_master | seeks_submission | is_reading_reviewer) & stands_clear


@predicate
def can_read_version(user: Viewer, version: SubmissionVersion) -> bool:
    """The team reads all it wrote; others what stands, once its phase is unsealed.

    Twin: ``VersionQuerySet.readable_by``.
    """
    if is_team_member(user, version.submission):
        return True
    stands = version.is_filed and version.replaced_at is None
    return stands and version.phase.is_unsealed and bool(reads_from_outside(user, version.submission))


@predicate
def can_read_submission_file(user: Viewer, file: SubmissionFile) -> bool:
    """With the version it belongs to; a draft's only by the team. Twin: ``SubmissionFileQuerySet.readable_by``."""
    if is_team_member(user, file.submission):
        return True
    return file.version is not None and bool(can_read_version(user, file.version))


@predicate
def is_opened_to(user: Viewer, submission: Submission) -> bool:
    """The person may read a body of the submission."""
    from ..models import SubmissionVersion

    return SubmissionVersion.objects.readable_by(user).filter(submission=submission.pk).exists()


can_talk_with_team: Predicate = is_team_member | (seeks_submission & can_see_solver & is_opened_to)
"""The room of team and seeker: the seeker joins once the body is open and the names are out.

Twin: ``SubmissionQuerySet.talking_with``.
"""
