"""A challenge's page, and its confidential part."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from portal.accounts.requests import SignedInRequest
from portal.face import panels
from portal.kernel.access import fetch

from .. import rules
from ..actions.opening import open_confidential_part
from ..models import Challenge
from ..queries.detail import detail_of, with_rows
from .moving import buttons


@require_safe
def challenge_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything this viewer may know of a challenge, and what they can do next."""
    challenge = fetch(with_rows(), request.user, rules.can_view_challenge, slug=slug)
    detail = detail_of(challenge, request.user)
    context = {
        "challenge": challenge,
        "detail": detail,
        "buttons": buttons(challenge, detail.moves),
        "panels": panels.CHALLENGE.shown(request, challenge),
    }
    return render(request, "challenges/challenge_detail.html", context)


@login_required
@require_POST
def challenge_confidential(request: SignedInRequest, slug: str) -> HttpResponse:
    """The confidential part, opened on purpose: for the platform master each opening is on record."""
    challenge = fetch(Challenge, request.user, rules.can_read_confidential, slug=slug)
    context = {
        "challenge": challenge,
        "confidential_html": open_confidential_part(challenge, actor=request.user),
        "attachments": challenge.attachments.filter(is_confidential=True),
    }
    return render(request, "challenges/challenge_confidential.html", context)
