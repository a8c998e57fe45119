"""Entering a challenge, and the seeker's answers to those who ask."""

from __future__ import annotations

from typing import Any

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
from ..actions import registering
from ..enums import RegistrationState
from ..forms.registrations import ReasonForm, RegistrationForm
from ..models import Challenge, Registration
from ..queries.inviting import invitations_to
from ..queries.standing import own_registration
from ..workflow import REGISTRATION

CHALLENGES = Challenge.objects.select_related("organisation")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def registration_new(request: SignedInRequest, slug: str) -> HttpResponse:
    """Read the terms as they stand, accept them, and take part (or accept them anew)."""
    challenge = fetch(CHALLENGES, request.user, rules.can_view_challenge, slug=slug)
    terms = registering.current_terms(challenge)
    initial = {"accept_terms": terms.sha256 if terms else ""}
    form = RegistrationForm(request.POST or None, initial=initial, person=request.user)
    if form.is_valid():
        return _register(request, challenge, form.cleaned_data)
    context = {
        "challenge": challenge,
        "detail": {"terms": terms},
        "form": form,
        "may_enter": rules.can_enter_challenge(request.user, challenge),
        "registration": own_registration(challenge, request.user),
        "accepted": registering.has_accepted(request.user, terms),
    }
    return render(request, "challenges/registration_new.html", context)


def _register(request: SignedInRequest, challenge: Challenge, given: dict[str, Any]) -> HttpResponse:
    """Do it; or say why not, and show the terms as they now stand."""
    chosen = {"accept_terms": given["accept_terms"], "organisation": given.get("organisation")}
    try:
        registration = registering.register_for(challenge, actor=request.user, **chosen)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("challenges:registration-new", challenge.slug)
    waits = registration.state == RegistrationState.REQUESTED
    messages.success(request, _("Your request is with the seeker.") if waits else _("You take part."))
    return redirect(challenge)


@login_required
@require_safe
def registration_list(request: HttpRequest, slug: str) -> HttpResponse:
    """Who takes part and who asks to."""
    challenge = fetch(CHALLENGES, request.user, rules.can_manage_challenge, slug=slug)
    rows = Registration.objects.visible_to(request.user).filter(challenge=challenge)
    context = {
        "challenge": challenge,
        "page": page(rows.select_related("user", "organisation"), request, size=50),
        "reason_form": ReasonForm(),
        "invitations": invitations_to(challenge),
        "may_invite": rules.can_invite_to_challenge(request.user, challenge),
    }
    return render(request, "challenges/registration_list.html", context)


@login_required
@require_POST
def registration_move(request: SignedInRequest, public_id: str, name: str) -> HttpResponse:
    """Approve, decline or revoke."""
    rows = Registration.objects.select_related("challenge__organisation")
    registration = fetch(rows, request.user, rules.can_view_registration, public_id=public_id)
    REGISTRATION.named(name)
    registering.decide_registration(registration, name, actor=request.user, reason=request.POST.get("reason", ""))
    return redirect("challenges:registration-list", registration.challenge.slug)
