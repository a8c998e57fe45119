"""Writing a challenge, and its files."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from portal.accounts.models import Organisation
from portal.accounts.requests import SignedInRequest
from portal.kernel.access import fetch
from portal.kernel.errors import Refused
from portal.kernel.idempotency import once

from .. import queries, rules
from ..actions.attaching import attach_file, remove_file
from ..actions.drafting import draft_challenge, update_challenge
from ..actions.moving import submit_for_review
from ..forms.posting import AttachmentForm, ChallengePosting, OrganisationChoiceForm, with_one_more_row
from ..models import Challenge


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def challenge_new(request: SignedInRequest) -> HttpResponse:
    """Post a challenge; whoever owns no verified organisation learns how to get there."""
    organisations = queries.posting_organisations(request.user)
    if not organisations.exists():
        return render(request, "challenges/challenge_new_closed.html", status=200)
    if "add" in request.POST:
        return _grown(request, {"choice": OrganisationChoiceForm(request.POST, organisations=organisations)})
    posting = ChallengePosting(request.POST or None, request.FILES or None, zone=request.user.time_zone)
    choice = OrganisationChoiceForm(request.POST or None, organisations=organisations)
    context = {"posting": posting, "choice": choice}
    if request.method == "POST" and choice.is_valid() and posting.is_valid():
        try:
            outcome = once(
                "challenge.draft",
                request.POST.get("idempotency_key", ""),
                request.user,
                lambda: _draft(request, choice.cleaned_data["organisation"], posting).slug,
            )
        except Refused as refusal:
            posting.refuse(refusal)
        else:
            return redirect("challenges:challenge-detail", slug=outcome.reference)
    return _page(request, context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def challenge_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Change a challenge that is still being written."""
    challenge = fetch(Challenge, request.user, rules.can_edit_challenge, slug=slug)
    if "add" in request.POST:
        return _grown(request, {"challenge": challenge})
    posting = ChallengePosting(request.POST or None, request.FILES or None, challenge=challenge)
    if request.method == "POST" and posting.is_valid():
        try:
            _update(request, challenge, posting)  # type: ignore[arg-type]
        except Refused as refusal:
            posting.refuse(refusal)
        else:
            return redirect("challenges:challenge-detail", slug=slug)
    return _page(request, {"posting": posting, "challenge": challenge})


@login_required
@require_POST
def attachment_add(request: HttpRequest, slug: str) -> HttpResponse:
    """Add files to a challenge that is being written."""
    challenge = fetch(Challenge, request.user, rules.can_edit_challenge, slug=slug)
    form = AttachmentForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            _attach(
                request,  # type: ignore[arg-type]
                challenge,
                [(file, form.cleaned_data["is_confidential"]) for file in form.cleaned_data["files"]],
            )
        except Refused as refusal:
            messages.error(request, str(refusal))
    else:
        messages.error(request, _("Choose a file first."))
    return redirect("challenges:challenge-edit", slug=slug)


@login_required
@require_POST
def attachment_remove(request: SignedInRequest, slug: str, public_id: str) -> HttpResponse:
    """Take a file from a challenge that is being written."""
    challenge = fetch(Challenge, request.user, rules.can_edit_challenge, slug=slug)
    attachment = fetch(challenge.attachments.all(), request.user, rules.can_read_attachment, public_id=public_id)
    remove_file(attachment, actor=request.user)
    messages.success(request, _("“%(name)s” is removed.") % {"name": attachment.name})
    return redirect("challenges:challenge-edit", slug=slug)


@transaction.atomic
def _draft(request: SignedInRequest, organisation: Organisation, posting: ChallengePosting) -> Challenge:
    """The challenge with its files, and sent in where that was the button: all of it or nothing."""
    challenge = draft_challenge(organisation, posting.content(), actor=request.user)
    return _finish(request, challenge, posting)


@transaction.atomic
def _update(request: SignedInRequest, challenge: Challenge, posting: ChallengePosting) -> Challenge:
    updated = update_challenge(challenge, posting.content(), actor=request.user, revision=posting.revision)
    return _finish(request, updated, posting)


def _finish(request: HttpRequest, challenge: Challenge, posting: ChallengePosting) -> Challenge:
    _attach(request, challenge, posting.uploads())  # type: ignore[arg-type]
    if request.POST.get("then") == "review":
        challenge = submit_for_review(challenge, actor=request.user)
        messages.success(request, _("Sent in. The platform master looks at it next."))
    else:
        messages.success(request, _("Saved. Only you and the platform master see it."))
    return challenge


@transaction.atomic
def _attach(request: SignedInRequest, challenge: Challenge, uploads: list[tuple[Any, bool]]) -> None:
    for upload, is_confidential in uploads:
        attach_file(challenge, upload, actor=request.user, is_confidential=is_confidential)


def _grown(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    """The same page with one more row, nothing judged yet."""
    posting = ChallengePosting(with_one_more_row(request.POST, request.POST["add"]), challenge=context.get("challenge"))
    return _page(request, {**context, "posting": posting, "unjudged": True})


def _page(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    context["attachment_form"] = AttachmentForm()
    wrong = request.method == "POST" and not context.get("unjudged")
    return render(request, "challenges/challenge_edit.html", context, status=422 if wrong else 200)
