"""Pages of licence requests."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from patents import actions, queries, rooms, rules
from patents.forms import ReasonForm, TermsForm
from patents.models import LicenceRequest
from patents.workflow import REQUEST
from portal.discussions import queries as discussions
from portal.kernel.access import fetch
from portal.kernel.errors import Missing

REQUESTS = LicenceRequest.objects.select_related(
    "offer__patent", "offer__organisation", "offer__offered_by", "organisation", "requester", "agreed_proposal"
)
LAYING_DOWN = {"propose": actions.propose_terms, "counter": actions.counter_terms}


@require_safe
def request_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """What happened between the two sides, and what can be done next."""
    asked = fetch(REQUESTS, request.user, rules.can_view_request, public_id=public_id)
    return _shown(request, asked, TermsForm())


def _shown(request: HttpRequest, asked: LicenceRequest, terms_form: TermsForm, status: int = 200) -> HttpResponse:
    thread = queries.thread_of(asked)
    proposals = [happening.proposal for happening in thread if happening.proposal]
    context = {
        "asked": asked,
        "offer": asked.offer,
        "thread": thread,
        "latest": proposals[-1] if proposals else None,
        "steps": REQUEST.available(asked, request.user),
        "terms_form": terms_form,
        "reason_form": ReasonForm(),
        "room": discussions.room_of(rooms.REQUEST, asked),
    }
    return render(request, "patents/request_detail.html", context, status=status)


@login_required
@require_POST
def request_move(request: HttpRequest, public_id: str, name: str) -> HttpResponse:
    """Review, propose, counter, agree or decline."""
    asked = fetch(REQUESTS, request.user, rules.can_view_request, public_id=public_id)
    if name in LAYING_DOWN:
        return _lay_down(request, asked, name)
    if name == "review":
        actions.review_licence_request(asked, actor=request.user)
    elif name == "decline":
        actions.decline_licence_request(asked, actor=request.user, reason=request.POST.get("reason", ""))
    elif name == "agree":
        actions.agree_to_terms(asked, actor=request.user, sequence=_sequence(request))
    else:
        raise Missing
    return redirect(asked)


def _lay_down(request: HttpRequest, asked: LicenceRequest, name: str) -> HttpResponse:
    form = TermsForm(request.POST)
    if not form.is_valid():
        return _shown(request, asked, form, status=422)
    LAYING_DOWN[name](asked, form.terms(), actor=request.user)
    return redirect(asked)


def _sequence(request: HttpRequest) -> int:
    """The proposal that was on the page; 0 when the page did not say."""
    given = request.POST.get("sequence", "")
    return int(given) if given.isdecimal() and len(given) < 6 else 0
