"""The team's side of a submission: writing, filing, withdrawing; and its page, which every side shares."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.accounts.requests import SignedInRequest
from portal.kernel.access import fetch
from portal.kernel.errors import Refused

from .. import rules
from ..actions import filing, submitting
from ..actions.submitting import Texts
from ..forms.submissions import FileAddForm, SubmissionTextForm
from ..models import Challenge, Submission, SubmissionFile
from ..queries import submissions as queries
from .submission_page import page_of

CHALLENGES = Challenge.objects.select_related("organisation")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def submission_new(request: HttpRequest, slug: str) -> HttpResponse:
    """Begin a submission; whoever is not registered yet is led to the terms first."""
    challenge = fetch(CHALLENGES, request.user, rules.can_view_challenge, slug=slug)
    begun = queries.own_submission_in(challenge, request.user)
    if begun is not None:
        return redirect("challenges:submission-edit", begun.public_id)
    if not rules.can_start_submission(request.user, challenge):
        return redirect("challenges:registration-new", challenge.slug)
    form = SubmissionTextForm(request.POST or None)
    if form.is_valid():
        submission = _begin(request, challenge, form)  # type: ignore[arg-type]
        if submission is not None:
            return redirect("challenges:submission-edit", submission.public_id)
    return render(request, "challenges/submission_new.html", {"challenge": challenge, "form": form})


def _begin(request: SignedInRequest, challenge: Challenge, form: SubmissionTextForm) -> Submission | None:
    key = request.POST.get("idempotency_key", "")
    try:
        return submitting.draft_submission(challenge, form.texts, actor=request.user, key=key)
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return None


@login_required
@require_safe
def submission_detail(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Everything about one submission that this person may see, and what they can do with it."""
    submission = fetch(queries.with_context(), request.user, rules.can_view_submission, public_id=public_id)
    return render(request, "challenges/submission_detail.html", page_of(submission, request.user))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def submission_edit(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Write on the draft. Texts that somebody else saved meanwhile are shown beside one's own, never replaced."""
    submission = fetch(queries.with_context(), request.user, rules.can_edit_submission, public_id=public_id)
    present = submitting.working_version(submission)
    texts = Texts.of(present)
    form = SubmissionTextForm(request.POST or None, initial={**texts.parts(), "seen": texts.mark})
    theirs = None
    if form.is_valid():
        try:
            submitting.edit_draft(submission, form.texts, actor=request.user, seen=form.cleaned_data["seen"])
        except submitting.Overtaken as overtaken:
            theirs, form = overtaken.theirs, _again(form, overtaken)
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            messages.success(request, _("Draft saved. Nothing is filed until you file it."))
            return redirect("challenges:submission-edit", submission.public_id)
    context = {
        "submission": submission,
        "version": present,
        "form": form,
        "theirs": theirs,
        "files": queries.draft_files(submission) if not present.is_filed else list(present.files.order_by("pk")),
        "file_form": FileAddForm(),
    }
    return render(request, "challenges/submission_edit.html", context, status=409 if theirs else 200)


def _again(form: SubmissionTextForm, overtaken: submitting.Overtaken) -> SubmissionTextForm:
    """The writer's own texts once more, now knowing what they would replace."""
    return SubmissionTextForm(initial={**form.texts.parts(), "seen": overtaken.theirs.mark})


@login_required
@require_POST
def draft_begin(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Begin the next version from what was filed last."""
    submission = _own(request, public_id)
    submitting.begin_draft(submission, actor=request.user)
    return redirect("challenges:submission-edit", submission.public_id)


@login_required
@require_POST
def draft_discard(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Drop the next version; what was filed stands."""
    submission = _own(request, public_id)
    submitting.discard_draft(submission, actor=request.user)
    return redirect(submission)


@login_required
@require_POST
def file_add(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Attach files to the draft; one that is refused does not take the others with it."""
    submission = _own(request, public_id)
    form = FileAddForm(request.POST, request.FILES)
    if not form.is_valid():
        messages.error(request, _("Choose at least one file that is not empty."))
    for upload in form.cleaned_data.get("files", []):
        try:
            submitting.attach_file(submission, upload, actor=request.user)
        except Refused as refusal:
            messages.error(request, f"{upload.name}: {refusal}")
    return redirect("challenges:submission-edit", submission.public_id)


@login_required
@require_POST
def file_remove(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Take a file out of the draft."""
    rows = SubmissionFile.objects.select_related("submission__challenge__organisation", "submission__team")
    file = fetch(rows, request.user, _in_own_submission, public_id=public_id)
    submitting.remove_file(file, actor=request.user)
    return redirect("challenges:submission-edit", file.submission.public_id)


@login_required
@require_POST
def submission_file(request: SignedInRequest, public_id: str) -> HttpResponse:
    """File the draft; a double click files once and shows the same receipt."""
    submission = _own(request, public_id)
    key = request.POST.get("idempotency_key", "")
    receipt = filing.file_submission(submission, actor=request.user, key=key)
    messages.success(request, _("Filed. Here is your receipt: download it and keep it."))
    return redirect("challenges:receipt-detail", receipt.public_id)


@login_required
@require_POST
def submission_withdraw(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Take it back."""
    submission = _own(request, public_id)
    filing.withdraw_submission(submission, actor=request.user)
    messages.success(request, _("Withdrawn. Nobody but your team can open it any more."))
    return redirect(submission)


def _own(request: HttpRequest, public_id: str) -> Submission:
    return fetch(queries.with_context(), request.user, rules.is_team_member, public_id=public_id)


def _in_own_submission(user: Any, file: SubmissionFile) -> bool:
    return bool(rules.is_team_member(user, file.submission))
