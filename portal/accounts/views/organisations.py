"""Organisations: the list, one of them, founding, editing, deciding."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from portal.face import panels
from portal.kernel.access import fetch, require
from portal.kernel.errors import Refused
from portal.kernel.idempotency import once
from portal.kernel.paging import page

from .. import actions
from ..actions.organisations import decisions_for
from ..forms import OrganisationFilterForm, OrganisationFoundingForm, OrganisationProfileForm
from ..models import Invitation, Organisation
from ..queries import listed_organisations, members_shown
from ..requests import SignedInRequest
from ..rules import can_edit_organisation, can_found_organisation, can_view_organisation, is_member


def list_organisations(request: HttpRequest) -> HttpResponse:
    """Organisations the reader may see, twenty a page, by kind, industry and words."""
    form = OrganisationFilterForm(request.GET)
    wanted = form.wanted()
    context = {
        "form": form,
        "page": page(listed_organisations(request.user, **wanted), request, order=("name", "id")),
        "is_narrowed": any(wanted.values()),
        "invitations": Invitation.objects.visible_to(request.user).select_related("organisation"),
    }
    return render(request, "accounts/list_organisations.html", context)


def view_organisation(request: HttpRequest, slug: str) -> HttpResponse:
    """One organisation, with what other apps have to say about it."""
    rows = Organisation.objects.select_related("parent", "founded_by")
    organisation = fetch(rows, request.user, can_view_organisation, slug=slug)
    parent = organisation.parent
    context = {
        "organisation": organisation,
        "parent": parent if parent and can_view_organisation(request.user, parent) else None,
        "children": organisation.children.visible_to(request.user).order_by("name"),
        "members": members_shown(organisation, request.user),
        "decisions": decisions_for(organisation, request.user),
        "may_edit": can_edit_organisation(request.user, organisation),
        "is_member": is_member(request.user, organisation),
        "panels": panels.ORGANISATION.shown(request, organisation),
    }
    return render(request, "accounts/view_organisation.html", context)


@login_required
def create_organisation(request: SignedInRequest) -> HttpResponse:
    """Found an organisation."""
    require(request.user, can_found_organisation, None)
    form = OrganisationFoundingForm(request.POST or None, founder=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            outcome = once(
                "organisation.found",
                request.POST.get("idempotency_key", ""),
                request.user,
                lambda: actions.found_organisation(actor=request.user, **form.cleaned_data).slug,
            )
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            messages.success(request, _("Your organisation is founded. The platform master will verify it."))
            return redirect("accounts:organisation-detail", outcome.reference)
    return render(request, "accounts/create_organisation.html", {"form": form})


@login_required
def edit_organisation(request: SignedInRequest, slug: str) -> HttpResponse:
    """Change what an organisation says about itself."""
    organisation = fetch(Organisation, request.user, can_edit_organisation, slug=slug)
    form = (
        OrganisationProfileForm(request.POST) if request.method == "POST" else OrganisationProfileForm.of(organisation)
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit_organisation(organisation, actor=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect(organisation)
    return render(request, "accounts/edit_organisation.html", {"organisation": organisation, "form": form})


@login_required
@require_POST
def decide_organisation(request: SignedInRequest, slug: str) -> HttpResponse:
    """Verify, decline, suspend or reinstate."""
    organisation = fetch(Organisation, request.user, can_view_organisation, slug=slug)
    decided = actions.decide_organisation(
        organisation, request.POST.get("name", ""), actor=request.user, reason=request.POST.get("reason", "")[:1000]
    )
    messages.success(request, _("The organisation is now: %(state)s.") % {"state": decided.get_state_display()})
    return redirect(organisation)
