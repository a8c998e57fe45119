"""Pages of licence offers."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from patents import actions, queries, rules
from patents.enums import OfferState
from patents.forms import LicenceOfferForm, LicenceRequestForm, OfferFilterForm, ReasonForm
from patents.models import LicenceOffer, Patent
from patents.workflow import OFFER
from portal.kernel.access import fetch
from portal.kernel.errors import Missing
from portal.kernel.idempotency import once
from portal.kernel.paging import page

PATENTS = Patent.objects.select_related("owner", "created_by")
OFFERS = LicenceOffer.objects.select_related("patent__owner", "organisation", "offered_by")
SHOWN = 20


@require_safe
def offer_list(request: HttpRequest) -> HttpResponse:
    """What is on offer; and for those who deal, their own offers and requests."""
    form = OfferFilterForm(request.GET)
    context = {"page": page(queries.listed_offers(request.user, **form.wanted()), request), "form": form}
    if request.user.is_authenticated:
        context["own_offers"] = queries.own_offers(request.user).order_by("-updated_at")[:SHOWN]
        context["requests_in"] = queries.requests_in(request.user).order_by("-updated_at")[:SHOWN]
        context["requests_out"] = queries.requests_out(request.user).order_by("-updated_at")[:SHOWN]
    return render(request, "patents/offer_list.html", context)


@require_safe
def offer_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """One offer: its headline for everyone, its terms for those who may."""
    offer = fetch(OFFERS, request.user, rules.can_view_offer, public_id=public_id)
    return render(request, "patents/offer_detail.html", _offer_context(request, offer))


def _offer_context(request: HttpRequest, offer: LicenceOffer) -> dict[str, object]:
    user = request.user
    requests = offer.requests.visible_to(user).select_related("requester", "organisation", "offer__patent")
    may_manage = rules.can_manage_offer(user, offer)
    return {
        "offer": offer,
        "can_read_terms": rules.can_read_terms(user, offer),
        "can_consent": rules.can_consent_to_secrecy(user, offer),
        "can_request": rules.can_request_licence(user, offer),
        "request_form": LicenceRequestForm(actor=user) if rules.can_request_licence(user, offer) else None,
        "requests": requests.order_by("-created_at"),
        "steps": OFFER.available(offer, user),
        "reason_form": ReasonForm(),
        "can_edit": may_manage and offer.state in (OfferState.DRAFT, OfferState.PAUSED),
    }


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def offer_draft(request: HttpRequest, number: str) -> HttpResponse:
    """Draw up an offer on a patent."""
    patent = fetch(PATENTS, request.user, rules.can_offer_licence, number=number)
    form = LicenceOfferForm(request.POST or None)
    if form.is_valid():
        made = once(
            f"licence_offer.draft:{patent.pk}", request.POST.get("idempotency_key", ""), request.user,
            lambda: actions.draft_licence_offer(patent, form.facts(), actor=request.user).public_id,
        )  # fmt: skip
        return redirect("patents:offer-detail", made.reference)
    context = {"form": form, "patent": patent}
    return render(request, "patents/offer_form.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def offer_edit(request: HttpRequest, public_id: str) -> HttpResponse:
    """Change an offer that is not on the table."""
    offer = fetch(OFFERS, request.user, rules.can_manage_offer, public_id=public_id)
    form = LicenceOfferForm(request.POST or None, offer=offer)
    if form.is_valid():
        actions.edit_licence_offer(offer, form.facts(), actor=request.user)
        messages.success(request, _("Saved."))
        return redirect(offer)
    context = {"form": form, "patent": offer.patent, "offer": offer}
    return render(request, "patents/offer_form.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def offer_move(request: HttpRequest, public_id: str, name: str) -> HttpResponse:
    """List, pause or withdraw an offer."""
    offer = fetch(OFFERS, request.user, rules.can_manage_offer, public_id=public_id)
    moves = {
        "list": lambda: actions.list_licence_offer(offer, actor=request.user),
        "pause": lambda: actions.pause_licence_offer(offer, actor=request.user, reason=request.POST.get("reason", "")),
        "withdraw": lambda: actions.withdraw_licence_offer(offer, actor=request.user),
    }
    if name not in moves:
        raise Missing
    moves[name]()
    return redirect(offer)


@login_required
@require_POST
def offer_consent(request: HttpRequest, public_id: str) -> HttpResponse:
    """Promise to keep the terms to oneself."""
    offer = fetch(OFFERS, request.user, rules.can_consent_to_secrecy, public_id=public_id)
    actions.accept_secrecy(offer, actor=request.user)
    return redirect(f"{offer.get_absolute_url()}#terms")


@login_required
@require_POST
def offer_request(request: HttpRequest, public_id: str) -> HttpResponse:
    """Ask for a licence."""
    offer = fetch(OFFERS, request.user, rules.can_request_licence, public_id=public_id)
    form = LicenceRequestForm(request.POST, actor=request.user)
    if not form.is_valid():
        context = _offer_context(request, offer) | {"request_form": form}
        return render(request, "patents/offer_detail.html", context, status=422)
    sent = once(
        f"licence_request.send:{offer.pk}", request.POST.get("idempotency_key", ""), request.user,
        lambda: actions.send_licence_request(offer, actor=request.user, **form.cleaned_data).public_id,
    )  # fmt: skip
    return redirect("patents:request-detail", sent.reference)
