"""One's own account: the first one, the profile, one's data, the end."""

from __future__ import annotations

import json

from allauth.account.decorators import reauthentication_required
from allauth.account.utils import perform_login
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from portal.kernel.errors import Missing, Refused

from .. import actions
from ..forms import FirstPersonForm, PersonErasureForm, PersonProfileForm
from ..queries import nobody_is_here
from ..requests import SignedInRequest
from ..takeout import own_data
from ..vicinity import is_from_here


@never_cache
def create_first_person(request: HttpRequest) -> HttpResponse:
    """The first visitor of an empty portal becomes its platform master; in embedded mode only from this machine."""
    if not nobody_is_here() or (settings.EMBEDDED and not is_from_here(request)):
        raise Missing
    form = FirstPersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        user = actions.appoint_first_person(**form.cleaned_data)
        messages.success(request, _("Welcome. You are the platform master of this portal."))
        return perform_login(request, user, email_verification="none")
    return render(request, "accounts/create_first_person.html", {"form": form})


@login_required
def edit_profile(request: SignedInRequest) -> HttpResponse:
    """What one tells about oneself."""
    form = PersonProfileForm(request.POST) if request.method == "POST" else PersonProfileForm.of(request.user)
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit_person(request.user, actor=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect("accounts:profile-edit")
    return render(request, "accounts/edit_profile.html", {"form": form})


@login_required
@reauthentication_required
def export_own_data(request: SignedInRequest) -> HttpResponse:
    """One's own data as a JSON file."""
    body = json.dumps(own_data(request.user), ensure_ascii=False, indent=2, default=str)
    response = HttpResponse(body, content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="my-data.json"'
    return response


@login_required
@reauthentication_required
def erase_account(request: SignedInRequest) -> HttpResponse:
    """Ask once more, then forget the person."""
    form = PersonErasureForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.erase_person(request.user, actor=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            logout(request)
            messages.success(request, _("Your account is deleted. Farewell."))
            return redirect("/")
    return render(request, "accounts/erase_account.html", {"form": form})
