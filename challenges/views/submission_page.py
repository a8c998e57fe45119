"""What the page of a submission shows, side by side with whom it shows it to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from portal.accounts.rules import is_platform_master
from portal.discussions.queries import room_of

from .. import rules
from ..actions.deciding import DECIDABLE, STEPS
from ..actions.reading import record_access
from ..actions.registering import current_terms, has_accepted
from ..audiences import SUBMISSION as ROOM
from ..enums import Accessed, SubmissionState
from ..forms.awards import AwardForm, DecisionForm
from ..forms.registrations import ReasonForm
from ..forms.reviews import ReviewerInviteForm
from ..models import Submission, SubmissionVersion
from ..queries import submissions as queries
from ..queries.awards import award_of
from ..queries.reviews import assignments_of, reviews_of
from ..workflow import SUBMISSION

if TYPE_CHECKING:
    from portal.accounts.models import User

REASONED = ("ask_more", "refuse_eligible", "disqualify")
WAY = (
    SubmissionState.DRAFT,
    SubmissionState.SUBMITTED,
    SubmissionState.IN_EVALUATION,
    SubmissionState.SELECTED,
    SubmissionState.AWARDED,
)
"""The stations of the progress strip; each state stands at one of them."""

STATION = {
    SubmissionState.SCREENING: 1,
    SubmissionState.MORE_INFO: 1,
    SubmissionState.ELIGIBLE: 1,
    SubmissionState.INELIGIBLE: 1,
    SubmissionState.SHORTLISTED: 2,
    SubmissionState.NOT_SELECTED: 3,
    SubmissionState.DISQUALIFIED: 2,
    SubmissionState.WITHDRAWN: 0,
    **{state: number for number, state in enumerate(WAY)},
}


def page_of(submission: Submission, user: User) -> dict[str, Any]:
    """The context of the page for ``user``; what somebody outside the team reads of it is logged."""
    mine = bool(rules.is_team_member(user, submission))
    versions = queries.readable_versions(submission, user)
    if not mine:
        _log(submission, versions, user)
    shared = {
        "submission": submission,
        "challenge": submission.challenge,
        "mine": mine,
        "stations": _stations(submission),
        "versions": versions,
        "standing": next((version for version in versions if version.is_filed), None),
        "names_out": bool(rules.can_see_solver(user, submission)),
        "award": award_of(submission, user),
        "room": room_of(ROOM, submission) if rules.can_talk_with_team(user, submission) else None,
    }
    return shared | (_for_team(submission, versions, user) if mine else _for_readers(submission, user))


def _for_team(submission: Submission, versions: list[SubmissionVersion], user: User) -> dict[str, Any]:
    terms = current_terms(submission.challenge)
    draft = next((version for version in versions if not version.is_filed), None)
    return {
        "draft": draft,
        "draft_files": queries.draft_files(submission) if draft else [],
        "may_edit": bool(rules.can_edit_submission(user, submission)),
        "may_file": draft is not None and SUBMISSION.can("submit", submission, user),
        "may_withdraw": SUBMISSION.can("withdraw", submission, user),
        "terms_changed": not has_accepted(user, terms),
        "timeline": queries.timeline(submission),
        "accesses": queries.accesses_of(submission),
    }


def _for_readers(submission: Submission, user: User) -> dict[str, Any]:
    may_decide = bool(rules.can_decide_submission(user, submission))
    may_assign = bool(rules.can_assign_reviewers(user, submission))
    available = {row.name for row in SUBMISSION.available(submission, user)}
    deciding = may_decide and submission.state in DECIDABLE
    awarding = "award" in available
    return {
        "may_decide": may_decide,
        "may_assign": may_assign,
        "may_evaluate": may_decide and submission.state in STEPS,
        "reasoned": [row for row in SUBMISSION.available(submission, user) if row.name in REASONED],
        "reason_form": ReasonForm(),
        "decision_form": DecisionForm.of(submission) if deciding else None,
        "award_form": AwardForm(challenge=submission.challenge) if awarding else None,
        "assignments": assignments_of(submission, user),
        "reviews": reviews_of(submission, user),
        "invite_form": ReviewerInviteForm(asker=user) if may_assign else None,
        "score": queries.mean_scores([submission]).get(submission.pk) if may_assign else None,
    }


def _log(submission: Submission, versions: list[SubmissionVersion], user: User) -> None:
    for version in versions:
        record_access(submission, viewer=user, what=Accessed.BODY, version=version)
    if is_platform_master(user) and not rules.is_unblinded(user, submission):
        record_access(submission, viewer=user, what=Accessed.IDENTITY)


def _stations(submission: Submission) -> list[tuple[str, str]]:
    """Each station of the way with how it stands: done, current or todo."""
    here = STATION[SubmissionState(submission.state)]
    shown = [state.label for state in WAY]
    shown[here] = submission.get_state_display()  # type: ignore[call-overload]
    standing = ["done" if number < here else "current" if number == here else "todo" for number in range(len(WAY))]
    return list(zip(shown, standing, strict=True))  # type: ignore[arg-type]
