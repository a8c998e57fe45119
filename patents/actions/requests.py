"""Licence requests: sent by one side, answered by the other, until they agree or part."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from patents import rules, signals
from patents.enums import Side
from patents.models import LicenceOffer, LicenceRequest, Proposal
from patents.workflow import REQUEST
from portal.accounts.models import Organisation
from portal.accounts.rules import is_member
from portal.kernel import audit
from portal.kernel.access import require
from portal.kernel.errors import Conflict, Refused


@dataclass(frozen=True)
class Terms:
    """What a term sheet or a counter-proposal says."""

    text: str
    price: Money | None = None
    royalty_percent: Decimal | None = None


@transaction.atomic
def send_licence_request(
    offer: LicenceOffer, *, actor: Any, purpose: str, organisation: Organisation | None = None
) -> LicenceRequest:
    """Ask for a licence on a listed offer, for oneself or for an organisation one belongs to.

    Raises ``Refused`` when the actor already has a request open on this offer.
    """
    locked = LicenceOffer.objects.select_for_update(of=("self",)).get(pk=offer.pk)
    require(actor, rules.can_request_licence, locked)
    if organisation is not None:
        require(actor, is_member, organisation)
    request = LicenceRequest(offer=locked, requester=actor, organisation=organisation, purpose=purpose)
    _insert(request)
    audit.record("licence_request.send", request, actor=actor, offer=locked.pk, new=request.state)
    signals.licence_requested.send(sender=LicenceRequest, obj=request, actor=actor)
    return request


def _insert(request: LicenceRequest) -> None:
    try:
        with transaction.atomic():
            request.save(force_insert=True)
    except IntegrityError:
        raise Refused(_("You have asked for this licence already."), code="already_asked") from None


def review_licence_request(request: LicenceRequest, *, actor: Any) -> LicenceRequest:
    """Say that the request is being looked at; raises what the workflow raises."""
    return REQUEST.perform(request, "review", actor=actor)


def decline_licence_request(request: LicenceRequest, *, actor: Any, reason: str) -> LicenceRequest:
    """End it without a licence, and say why; raises what the workflow raises."""
    return REQUEST.perform(request, "decline", actor=actor, reason=reason, answer=reason)


def propose_terms(request: LicenceRequest, terms: Terms, *, actor: Any) -> LicenceRequest:
    """Lay a term sheet before who asks; raises what the workflow raises."""
    return _lay_down(request, "propose", terms, Side.LICENSOR, actor)


def counter_terms(request: LicenceRequest, terms: Terms, *, actor: Any) -> LicenceRequest:
    """Answer a term sheet with terms of one's own; raises what the workflow raises."""
    return _lay_down(request, "counter", terms, Side.LICENSEE, actor)


@transaction.atomic
def _lay_down(request: LicenceRequest, name: str, terms: Terms, side: Side, actor: Any) -> LicenceRequest:
    moved = REQUEST.perform(request, name, actor=actor)
    Proposal.objects.create(  # type: ignore[misc]
        request=moved, sequence=moved.proposals.count() + 1, side=side, author=actor,
        text=terms.text, price=terms.price, royalty_percent=terms.royalty_percent,
    )  # fmt: skip
    return moved


@transaction.atomic
def agree_to_terms(request: LicenceRequest, *, actor: Any, sequence: int) -> LicenceRequest:
    """Accept the proposal of this ``sequence``, which must be the last: nobody agrees to what they have not read.

    Raises ``Conflict`` when another proposal lies on the table by now, and what the workflow raises.
    """
    require(actor, rules.can_view_request, request)
    LicenceRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
    latest = request.proposals.last()
    if latest is not None and latest.sequence != sequence:
        raise Conflict(_("Other terms have been proposed meanwhile. Read them before you agree."))
    return REQUEST.perform(request, "agree", actor=actor, agreed_proposal=latest)
