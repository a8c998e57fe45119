"""The deal: each version with its hash and what changed, and putting a new one in its place."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from portal.accounts.requests import SignedInRequest
from portal.kernel.access import fetch
from portal.kernel.errors import Refused

from .. import queries, rules
from ..actions.terms import revise_terms
from ..forms.posting import TermsForm
from ..models import Challenge, TermsVersion

TERMS = TermsVersion.objects.select_related("challenge__organisation")


@require_safe
def terms_detail(request: HttpRequest, slug: str, version: int) -> HttpResponse:
    """One version: its words, its hash, the text that was hashed, and what it changed."""
    terms = fetch(TERMS, request.user, rules.can_view_terms, challenge__slug=slug, version=version)
    versions = list(terms.challenge.terms_versions.all())
    before = next((each for each in versions if each.version == version - 1), None)
    context = {
        "challenge": terms.challenge,
        "terms": terms,
        "versions": versions,
        "changes": queries.terms_changes(before, terms) if before else [],
    }
    return render(request, "challenges/terms_detail.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def terms_revise(request: SignedInRequest, slug: str) -> HttpResponse:
    """Write the next version; everybody who takes part is asked to accept it."""
    challenge = fetch(Challenge, request.user, rules.can_revise_terms, slug=slug)
    form = TermsForm(request.POST or None, instance=challenge.terms_versions.current().first())
    if request.method == "POST" and form.is_valid():
        try:
            terms = revise_terms(challenge, form.content(), actor=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Version %(version)d stands from now on.") % {"version": terms.version})
            return redirect("challenges:terms-detail", slug=slug, version=terms.version)
    context = {"challenge": challenge, "form": form}
    return render(request, "challenges/terms_revise.html", context, status=422 if form.is_bound else 200)
