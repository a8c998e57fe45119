"""Who belongs to an organisation."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from portal.kernel.access import fetch
from portal.kernel.errors import Missing, Refused

from .. import actions
from ..enums import MembershipRole
from ..forms import MemberInvitationForm
from ..models import Invitation, Organisation, User
from ..queries import open_invitations
from ..requests import SignedInRequest
from ..rules import can_manage_members, is_invited, is_member, owns_inviting_organisation


@login_required
def manage_members(request: SignedInRequest, slug: str) -> HttpResponse:
    """The members, the open invitations, and a form to invite. The answer tells nothing about the address."""
    organisation = fetch(Organisation, request.user, can_manage_members, slug=slug)
    form = MemberInvitationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.invite_member(organisation, actor=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Invited. Whoever has this address finds the invitation when they sign in."))
            return redirect("accounts:organisation-members", slug)
    context = {
        "organisation": organisation,
        "form": form,
        "members": organisation.memberships.select_related("user").order_by("-role", "user__display_name"),
        "invitations": open_invitations(organisation),
    }
    return render(request, "accounts/manage_members.html", context)


@login_required
@require_POST
def change_member(request: SignedInRequest, slug: str, public_id: str) -> HttpResponse:
    """Give a member another role, or take them out."""
    organisation = fetch(Organisation, request.user, can_manage_members, slug=slug)
    person = _member(organisation, public_id)
    wanted = request.POST.get("role", "")
    if wanted == "remove":
        actions.remove_member(organisation, person, actor=request.user)
        messages.success(request, _("%(person)s is no longer a member.") % {"person": person})
    elif wanted in MembershipRole.values:
        actions.change_role(organisation, person, wanted, actor=request.user)
        messages.success(request, _("Saved."))
    else:
        raise Missing
    return redirect(organisation) if person == request.user else redirect("accounts:organisation-members", slug)


@login_required
@require_POST
def leave_organisation(request: SignedInRequest, slug: str) -> HttpResponse:
    """Go."""
    organisation = fetch(Organisation, request.user, is_member, slug=slug)
    actions.leave_organisation(organisation, actor=request.user)
    messages.success(request, _("You have left %(organisation)s.") % {"organisation": organisation})
    return redirect("accounts:organisation-list")


@login_required
@require_POST
def withdraw_invitation(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Take an invitation back."""
    rows = Invitation.objects.select_related("organisation")
    invitation = fetch(rows, request.user, owns_inviting_organisation, public_id=public_id)
    actions.withdraw_invitation(invitation, actor=request.user)
    messages.success(request, _("The invitation is withdrawn."))
    return redirect("accounts:organisation-members", invitation.organisation.slug)


@login_required
def answer_invitation(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Join or say no."""
    rows = Invitation.objects.select_related("organisation", "invited_by")
    invitation = fetch(rows, request.user, is_invited, public_id=public_id)
    if request.method != "POST":
        return render(request, "accounts/answer_invitation.html", {"invitation": invitation})
    if request.POST.get("answer") == "accept":
        actions.accept_invitation(invitation, actor=request.user)
        messages.success(request, _("Welcome to %(organisation)s.") % {"organisation": invitation.organisation})
        return redirect(invitation.organisation)
    actions.decline_invitation(invitation, actor=request.user)
    messages.success(request, _("You have declined the invitation."))
    return redirect("accounts:organisation-list")


def _member(organisation: Organisation, public_id: str) -> User:
    return fetch(organisation.members.all(), organisation, lambda _organisation, _person: True, public_id=public_id)
