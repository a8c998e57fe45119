"""The page of a person's tokens."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from portal.accounts.requests import SignedInRequest
from portal.kernel.access import fetch
from portal.kernel.errors import Refused

from ..actions import create_token, revoke_token
from ..forms import TokenForm
from ..models import ApiToken
from ..rules import owns_token


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def token_list(request: SignedInRequest) -> HttpResponse:
    """One's tokens, and a form for another. A new secret is on this answer and nowhere else, ever."""
    form = TokenForm(request.POST or None)
    secret = _created(request, form) if form.is_valid() else ""
    tokens = ApiToken.objects.visible_to(request.user).filter(revoked_at__isnull=True)
    context = {"tokens": tokens, "form": TokenForm() if secret else form, "secret": secret}
    return render(request, "api/token_list.html", context, status=422 if form.errors else 200)


def _created(request: SignedInRequest, form: TokenForm) -> str:
    try:
        _token, secret = create_token(request.user, actor=request.user, **form.cleaned_data)
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return ""
    return secret


@login_required
@require_POST
def token_revoke(request: HttpRequest, public_id: str) -> HttpResponse:
    """End a token."""
    token = fetch(ApiToken, request.user, owns_token, public_id=public_id)
    revoke_token(token, actor=request.user)  # type: ignore[arg-type]
    messages.success(request, _("The token is revoked: it opens nothing any more."))
    return redirect("api:token-list")
