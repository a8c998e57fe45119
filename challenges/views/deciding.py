"""The seeker's side of submissions: the list, screening, decisions and their release."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from portal.accounts.requests import SignedInRequest
from portal.kernel.access import fetch
from portal.kernel.paging import page

from .. import rules
from ..actions import deciding
from ..enums import PendingDecision
from ..forms.awards import DecisionForm
from ..models import Challenge, Submission
from ..queries import submissions as queries

CHALLENGES = Challenge.objects.select_related("organisation")


@login_required
@require_safe
def submission_list(request: HttpRequest, slug: str) -> HttpResponse:
    """What was filed in a challenge: states, scores, decisions noted, and their release."""
    challenge = fetch(CHALLENGES, request.user, rules.can_release_decisions, slug=slug)
    rows = queries.submissions_for_seeker(challenge, request.user)
    found = page(rows, request, size=50, order=("-filed_at", "-id"))
    context = {
        "challenge": challenge,
        "page": found,
        "rows": _rows(found.items, request.user),
        "may_decide": rules.can_manage_challenge(request.user, challenge),
        "waiting": rows.exclude(pending_decision="").count(),
    }
    return render(request, "challenges/submission_list.html", context)


def _rows(submissions: Any, user: Any) -> list[dict[str, Any]]:
    """Each submission with its score and whether its team may be named; two queries for all of them."""
    scores = queries.mean_scores(submissions)
    named = queries.named_to(submissions, user)
    return [
        {
            "submission": one,
            "score": scores.get(one.pk),
            "named": one.pk in named,
            "enters_evaluation": one.state in deciding.STEPS,
            "decidable": one.state in deciding.DECIDABLE,
        }
        for one in submissions
    ]


@login_required
@require_POST
def submission_evaluate(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Take a filed submission into evaluation."""
    submission = _seen(request, public_id)
    deciding.take_into_evaluation(submission, actor=request.user)
    messages.success(request, _("In evaluation."))
    return _back(request, submission)


@login_required
@require_POST
def submission_move(request: SignedInRequest, public_id: str, name: str) -> HttpResponse:
    """Any other step of the seeker's, with its reason."""
    submission = _seen(request, public_id)
    deciding.move_submission(submission, name, actor=request.user, reason=request.POST.get("reason", ""))
    return _back(request, submission)


@login_required
@require_POST
def decision_note(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Note a decision quietly. Raises ``Conflict`` (409) when somebody has decided otherwise meanwhile."""
    submission = _seen(request, public_id)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("This is not a decision."))
        return _back(request, submission)
    given = form.cleaned_data
    feedback = given["feedback"] if "feedback" in request.POST else None
    deciding.decide_quietly(submission, given["decision"], actor=request.user, seen=given["seen"], feedback=feedback)
    shown = PendingDecision(given["decision"]).label if given["decision"] else _("Not decided")
    messages.success(request, _("Noted: %(decision)s. The team learns it on release.") % {"decision": shown})
    return _back(request, submission)


@login_required
@require_POST
def decisions_release(request: SignedInRequest, slug: str) -> HttpResponse:
    """Tell all the teams together."""
    challenge = fetch(CHALLENGES, request.user, rules.can_release_decisions, slug=slug)
    told = deciding.release_decisions(challenge, actor=request.user)
    words = ngettext("%(number)d team was told.", "%(number)d teams were told.", len(told))
    messages.success(request, words % {"number": len(told)})
    return redirect("challenges:submission-list", challenge.slug)


def _seen(request: HttpRequest, public_id: str) -> Submission:
    return fetch(queries.with_context(), request.user, rules.can_view_submission, public_id=public_id)


def _back(request: HttpRequest, submission: Submission) -> HttpResponse:
    """To the list, when that is where the button was; else to the submission."""
    if request.POST.get("from") == "list":
        return redirect("challenges:submission-list", submission.challenge.slug)
    return redirect(submission)
