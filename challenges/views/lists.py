"""Lists of challenges."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal.kernel.paging import page

from .. import queries
from ..forms.listing import ChallengeFilterForm


@require_safe
def challenge_list(request: HttpRequest) -> HttpResponse:
    """What everybody may read, narrowed by state, kind, industry and words."""
    form = ChallengeFilterForm(request.GET)
    wanted = form.wanted()
    rows = queries.public_challenges(wanted)
    context = {
        "form": form,
        "page": page(rows, request, order=wanted.order),
        "may_post": queries.posting_organisations(request.user).exists(),
        "is_narrowed": any(request.GET.get(name) for name in form.fields),
    }
    return render(request, "challenges/challenge_list.html", context)


@login_required
@require_safe
def challenge_mine(request: HttpRequest) -> HttpResponse:
    """The challenges of one's organisations, drafts included."""
    context = {
        "page": page(queries.own_challenges(request.user), request, order=queries.LAST_MADE),
        "may_post": queries.posting_organisations(request.user).exists(),
    }
    return render(request, "challenges/challenge_mine.html", context)
