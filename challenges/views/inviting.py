"""Asking those who fit a challenge to look at it."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from portal.accounts.requests import SignedInRequest
from portal.kernel import kinds
from portal.kernel.access import fetch
from portal.kernel.errors import Missing

from .. import rules
from ..actions.inviting import invite
from ..models import Challenge
from ..queries.inviting import INVITED_KINDS

CHALLENGES = Challenge.objects.select_related("organisation")


@login_required
@require_POST
def invitation_new(request: SignedInRequest, slug: str) -> HttpResponse:
    """Invite the person or organisation at ``kind`` and ``key``, as everybody may see them."""
    challenge = fetch(CHALLENGES, request.user, rules.can_invite_to_challenge, slug=slug)
    known = kinds.find(request.POST.get("kind", ""))
    if known is None or known.name not in INVITED_KINDS:
        raise Missing
    invited = known.fetch(AnonymousUser(), request.POST.get("key", ""))
    invite(challenge, invited, actor=request.user)
    if request.htmx:  # type: ignore[attr-defined]
        return render(request, "challenges/_invited.html")
    messages.success(request, _("%(name)s is invited.") % {"name": invited})
    return redirect("challenges:registration-list", slug)
