"""The award: given, shown, answered, moved on."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.accounts.requests import SignedInRequest
from portal.kernel.access import fetch

from .. import rules
from ..actions import awarding
from ..forms.awards import AwardForm
from ..queries import awards as queries
from ..queries import submissions
from ..workflow import AWARD


@login_required
@require_POST
def award_create(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Give a selected submission its award. Raises ``WrongState`` (409) when somebody was faster."""
    submission = fetch(submissions.with_context(), request.user, rules.can_award, public_id=public_id)
    form = AwardForm(request.POST, challenge=submission.challenge)
    if not form.is_valid():
        messages.error(request, _("Choose a reward that has not been given yet."))
        return redirect(submission)
    award = awarding.award_submission(submission, actor=request.user, **form.cleaned_data)
    messages.success(request, _("Awarded. The team is asked to accept."))
    return redirect(award)


@require_safe
def award_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """The award: what, to whom, under which terms, how far."""
    award = fetch(queries.with_context(), request.user, rules.can_view_award, public_id=public_id)
    context = {
        "award": award,
        "submission": award.submission,
        "may_see_submission": rules.can_view_submission(request.user, award.submission),
        "names_out": award.announced_at is not None or rules.can_see_solver(request.user, award.submission),
        "steps": AWARD.available(award, request.user),
    }
    return render(request, "challenges/award_detail.html", context)


@login_required
@require_POST
def award_move(request: SignedInRequest, public_id: str, name: str) -> HttpResponse:
    """Accept, decline, verify … whatever the table lets this person do."""
    award = fetch(queries.with_context(), request.user, rules.can_view_award, public_id=public_id)
    awarding.move_award(award, name, actor=request.user, reason=request.POST.get("reason", ""))
    return redirect(award)
