"""A reviewer's own list and the review itself; the seeker's invitations."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.accounts.requests import SignedInRequest
from portal.kernel.access import fetch
from portal.kernel.errors import Refused
from portal.kernel.paging import page

from .. import rules
from ..actions import reviewing
from ..actions.reading import record_access
from ..enums import Accessed, AssignmentState
from ..forms.registrations import ReasonForm
from ..forms.reviews import ReviewerInviteForm, ReviewForm
from ..models import ReviewAssignment, SubmissionVersion
from ..queries import reviews as queries
from ..queries import submissions
from ..queries.rubrics import rubric_of
from ..workflow import ASSIGNMENT

ANSWERS = {
    "decline": reviewing.decline_assignment,
    "conflict": reviewing.declare_conflict,
}


@login_required
@require_safe
def review_list(request: SignedInRequest) -> HttpResponse:
    """The reviews this person was asked for."""
    found = page(queries.own_assignments(request.user), request)
    return render(request, "challenges/review_list.html", {"page": found})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def review_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """Answer the request; then read, score, comment and submit. After a conflict nothing can be read here."""
    assignment = fetch(queries.with_context(), request.user, rules.is_assignee, public_id=public_id)
    may_score = rules.can_score(request.user, assignment)
    editable = may_score and assignment.state != AssignmentState.SUBMITTED
    review = getattr(assignment, "review", None)
    criteria = rubric_of(assignment.submission) if may_score else []
    initial = ReviewForm.initial_of(review) if may_score else {}
    form = ReviewForm(request.POST or None, criteria=criteria, initial=initial) if editable else None
    if request.method == "POST":
        answer = _save(request, assignment, form)  # type: ignore[arg-type]
        if answer is not None:
            return answer
    context = {
        "assignment": assignment,
        "submission": assignment.submission,
        "visible": rules.can_view_submission(request.user, assignment.submission),
        "versions": _read(request, assignment) if may_score else [],  # type: ignore[arg-type]
        "review": review if may_score else None,
        "form": form,
        "may_accept": ASSIGNMENT.can("accept", assignment, request.user),
        "may_decline": ASSIGNMENT.can("decline", assignment, request.user),
        "may_declare": ASSIGNMENT.can("declare_conflict", assignment, request.user),
        "reason_form": ReasonForm(),
    }
    return render(request, "challenges/review_detail.html", context)


def _read(request: SignedInRequest, assignment: ReviewAssignment) -> list[SubmissionVersion]:
    """The bodies to be judged; reading them is logged."""
    versions = submissions.readable_versions(assignment.submission, request.user)
    for version in versions:
        record_access(assignment.submission, viewer=request.user, what=Accessed.BODY, version=version)
    return versions


def _save(request: SignedInRequest, assignment: ReviewAssignment, form: ReviewForm | None) -> HttpResponse | None:
    """Keep or submit; None when the form has something to say. Where nothing can be written, the action says why."""
    if form is None:
        reviewing.save_review(assignment, reviewing.Judgement(), actor=request.user)
        return redirect("challenges:review-detail", assignment.public_id)
    if not form.is_valid():
        return None
    submits = "submit" in request.POST
    deed = reviewing.submit_review if submits else reviewing.save_review
    try:
        deed(assignment, form.judgement, actor=request.user)
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return None
    messages.success(request, _("Review submitted.") if submits else _("Review saved as a draft."))
    return redirect("challenges:review-detail", assignment.public_id)


@login_required
@require_POST
def review_accept(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Take the review on."""
    assignment = fetch(queries.with_context(), request.user, rules.is_assignee, public_id=public_id)
    reviewing.accept_assignment(assignment, actor=request.user)
    return redirect("challenges:review-detail", public_id)


@login_required
@require_POST
def review_answer(request: SignedInRequest, public_id: str, name: str) -> HttpResponse:
    """Turn the review down, or declare a conflict; with the reason."""
    assignment = fetch(queries.with_context(), request.user, rules.is_assignee, public_id=public_id)
    ANSWERS[name](assignment, actor=request.user, reason=request.POST.get("reason", ""))
    messages.success(request, _("Thank you. Your answer is on record."))
    return redirect("challenges:review-list")


@login_required
@require_POST
def reviewer_invite(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Ask somebody, by address, to review a submission."""
    submission = fetch(submissions.with_context(), request.user, rules.can_assign_reviewers, public_id=public_id)
    form = ReviewerInviteForm(request.POST, asker=request.user)
    if not form.is_valid():
        messages.error(request, next(iter(form.errors.values()))[0])  # type: ignore[arg-type]
        return redirect(submission)
    assignment = reviewing.invite_reviewer(submission, form.person, actor=request.user)
    if assignment.reviewer_id == request.user.pk:
        return redirect("challenges:review-detail", assignment.public_id)
    messages.success(request, _("Asked to review."))
    return redirect(submission)


@login_required
@require_POST
def review_send_back(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Return a finished review for more work."""
    assignment = fetch(queries.with_context(), request.user, rules.can_view_assignment, public_id=public_id)
    reviewing.send_review_back(assignment, actor=request.user, reason=request.POST.get("reason", ""))
    return redirect(assignment.submission)
