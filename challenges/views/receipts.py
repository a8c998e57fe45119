"""Receipts: shown, downloaded, verified."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from portal.kernel.access import fetch

from .. import receipts, rules, verification
from ..forms.submissions import ReceiptForm
from ..models import DisclosureReceipt

RECEIPTS = DisclosureReceipt.objects.select_related(
    "version__submission__challenge", "version__submission__team", "version__filed_by", "version__phase"
)


def _is_of_own_team(user: Any, receipt: DisclosureReceipt) -> bool:
    return bool(rules.is_team_member(user, receipt.version.submission))


@login_required
@require_safe
def receipt_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """What the receipt says, in words; for the team."""
    receipt = fetch(RECEIPTS, request.user, _is_of_own_team, public_id=public_id)
    return render(request, "challenges/receipt_detail.html", {"receipt": receipt, "facts": receipt.payload})


@login_required
@require_safe
def receipt_download(request: HttpRequest, public_id: str) -> HttpResponse:
    """The receipt as the JSON file that can be checked anywhere."""
    receipt = fetch(RECEIPTS, request.user, _is_of_own_team, public_id=public_id)
    name = f"receipt-{receipt.sha256[:12]}.json"
    return HttpResponse(
        receipts.document(receipt.payload, receipt.sha256),
        content_type="application/json",
        headers={"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def receipt_verify(request: HttpRequest) -> HttpResponse:
    """Check a receipt that anybody brings; it is not kept."""
    form = ReceiptForm(request.POST or None, request.FILES or None)
    verdict = None
    if form.is_valid():
        try:
            verdict = verification.verify(form.cleaned_data["receipt"].read(receipts.LARGEST + 1))
        except receipts.Malformed:
            form.add_error("receipt", _("This file is not a receipt of this portal."))
    return render(request, "challenges/receipt_verify.html", {"form": form, "verdict": verdict})
