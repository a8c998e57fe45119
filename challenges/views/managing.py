"""The seeker's desk for one challenge."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal.accounts.rules import is_platform_master
from portal.discussions.queries import rooms_about
from portal.kernel.access import fetch

from .. import queries, rules
from ..queries.detail import with_rows
from ..queries.history import history_of
from ..workflow import CHALLENGE
from .moving import buttons

may_look_after = rules.can_manage_challenge | is_platform_master


@login_required
@require_safe
def challenge_manage(request: HttpRequest, slug: str) -> HttpResponse:
    """Registrations, submissions and reviews in numbers, the next step, and what happened so far."""
    challenge = fetch(with_rows(), request.user, may_look_after, slug=slug)
    context = {
        "challenge": challenge,
        "overview": queries.overview_of(challenge),
        "buttons": buttons(challenge, CHALLENGE.available(challenge, request.user)),
        "rooms": rooms_about(challenge, request.user),
        "history": history_of(challenge),
        "may_manage": rules.can_manage_challenge(request.user, challenge),
    }
    return render(request, "challenges/challenge_manage.html", context)
