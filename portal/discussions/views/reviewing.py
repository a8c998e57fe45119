"""The platform master's queue and word list."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.kernel.access import fetch, require
from portal.kernel.errors import Refused
from portal.kernel.paging import page

from .. import actions, queries, rules
from ..enums import CaseState, Outcome
from ..forms import AppealAnswerForm, CaseDecisionForm, PhraseForm
from ..models import ModerationCase, WatchedPhrase
from .gate import person, status_of
from .moderating import CASES


@login_required
@require_safe
def case_list(request: HttpRequest) -> HttpResponse:
    """What waits for a decision, the oldest first."""
    require(request.user, rules.is_platform_master, None)
    cases = page(queries.waiting_cases(), request, order=("created_at", "pk"))
    return render(request, "discussions/case_list.html", {"page": cases})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def case_review(request: HttpRequest, public_id: str) -> HttpResponse:
    """A case with all that is known of it, and the decision."""
    case = fetch(CASES, request.user, rules.is_platform_master, public_id=public_id)
    form = _form_for(request, case)
    if form is not None and form.is_valid():
        try:
            _decide(request, case, form)
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            messages.success(request, _("Decided: author and reporters are told."))
            return redirect("discussions:case-list")
    context = {
        "case": case,
        "form": form,
        "around": queries.around(case.message),
        "record": queries.record_of(case.author),
        "reports": case.reports.select_related("reporter").order_by("pk"),
        "watched": queries.phrases_in(case.message),
    }
    return render(request, "discussions/case_review.html", context, status=status_of(form) if form else 200)


def _form_for(request: HttpRequest, case: ModerationCase) -> Any:
    """The form of what this person may decide now; None where it is not theirs or not to be decided."""
    if case.state == CaseState.OPEN and rules.can_decide_case(request.user, case):
        return CaseDecisionForm(request.POST or None)
    if case.state == CaseState.APPEALED and rules.can_answer_appeal(request.user, case):
        return AppealAnswerForm(request.POST or None)
    return None


def _decide(request: HttpRequest, case: ModerationCase, form: Any) -> None:
    given, actor = form.cleaned_data, person(request)
    if isinstance(form, AppealAnswerForm):
        actions.answer_appeal(case, actor=actor, grant="grant" in request.POST, answer=given["answer"])
    elif given["decision"] == CaseDecisionForm.KEEP:
        actions.keep_message(case, actor=actor, rationale=given["rationale"])
    else:
        sentence = actions.Sentence(Outcome(given["decision"]), form.until, given["everywhere"])
        actions.uphold_case(case, sentence, actor=actor, rationale=given["rationale"])


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def phrase_list(request: HttpRequest) -> HttpResponse:
    """The word list, and a form for another phrase."""
    require(request.user, rules.can_keep_word_list, None)
    form = PhraseForm(request.POST or None)
    if form.is_valid():
        try:
            actions.watch_phrase(form.cleaned_data["phrase"], form.cleaned_data["deed"], actor=person(request))
        except Refused as refusal:
            form.add_error("phrase", str(refusal))
        else:
            return redirect("discussions:phrase-list")
    context = {"form": form, "phrases": WatchedPhrase.objects.order_by("folded")}
    return render(request, "discussions/phrase_list.html", context, status=status_of(form))


@login_required
@require_POST
def phrase_drop(request: HttpRequest, public_id: str) -> HttpResponse:
    """Watch for a phrase no longer."""
    watched = fetch(WatchedPhrase, request.user, rules.can_keep_word_list, public_id=public_id)
    actions.unwatch_phrase(watched, actor=person(request))
    messages.success(request, _("It is watched for no longer."))
    return redirect("discussions:phrase-list")
