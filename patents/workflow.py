"""What may follow what for licence offers and licence requests, and who decides it."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from portal.accounts.enums import OrganisationState
from portal.kernel.errors import Refused
from portal.kernel.workflow import Transition, Workflow, is_clock

from . import rules, signals
from .enums import DEAD_STATUSES, OfferState, RequestState
from .models import LicenceOffer

_BEFORE_AGREEMENT = (RequestState.SENT, RequestState.UNDER_REVIEW, RequestState.COUNTERED)


def is_fit_to_list(offer: LicenceOffer) -> None:
    """Guard: the right is alive, whoever offers it still holds it, and the portal knows who that is."""
    if offer.patent.legal_status in DEAD_STATUSES:
        status = offer.patent.get_legal_status_display()
        raise Refused(_("There is nothing left to license: the patent is “%(status)s”.") % {"status": status})
    if offer.patent.owner_id != offer.organisation_id:
        raise Refused(_("The patent is no longer held by who offers it."), code="not_the_holder")
    if offer.organisation and offer.organisation.state != OrganisationState.VERIFIED:
        raise Refused(_("Your organisation has to be verified before it can list offers."), code="not_verified")


OFFER: Final = Workflow(
    "licence_offer",
    (
        Transition(
            "list", (OfferState.DRAFT, OfferState.PAUSED), OfferState.LISTED, rules.can_manage_offer,
            label=_("List"), guard=is_fit_to_list, signal=signals.licence_offer_listed, tone="primary",
        ),
        Transition(
            "pause", OfferState.LISTED, OfferState.PAUSED, rules.can_manage_offer,
            label=_("Pause"), needs_reason=True, signal=signals.licence_offer_taken_back,
        ),
        Transition(
            "pause", OfferState.LISTED, OfferState.PAUSED, is_clock,
            label=_("Pause"), needs_reason=True, signal=signals.licence_offer_taken_back,
        ),
        Transition(
            "withdraw", (OfferState.DRAFT, OfferState.LISTED, OfferState.PAUSED), OfferState.WITHDRAWN,
            rules.can_manage_offer, label=_("Withdraw"), signal=signals.licence_offer_taken_back, tone="danger",
        ),
    ),
)  # fmt: skip

_ANSWERED = signals.licence_request_answered

REQUEST: Final = Workflow(
    "licence_request",
    (
        Transition(
            "review", RequestState.SENT, RequestState.UNDER_REVIEW, rules.can_answer_request,
            label=_("Take up for review"), signal=_ANSWERED,
        ),
        Transition(
            "propose", _BEFORE_AGREEMENT, RequestState.TERM_SHEET, rules.can_answer_request,
            label=_("Propose terms"), signal=_ANSWERED, tone="primary",
        ),
        Transition(
            "counter", RequestState.TERM_SHEET, RequestState.COUNTERED, rules.can_pursue_request,
            label=_("Make a counter-proposal"), signal=_ANSWERED,
        ),
        Transition(
            "agree", RequestState.TERM_SHEET, RequestState.AGREED, rules.can_pursue_request,
            label=_("Agree to these terms"), signal=_ANSWERED, tone="primary",
        ),
        Transition(
            "agree", RequestState.COUNTERED, RequestState.AGREED, rules.can_answer_request,
            label=_("Agree to these terms"), signal=_ANSWERED, tone="primary",
        ),
        Transition(
            "decline", _BEFORE_AGREEMENT, RequestState.DECLINED, rules.can_answer_request,
            label=_("Decline"), needs_reason=True, signal=_ANSWERED, tone="danger",
        ),
        Transition(
            "decline", RequestState.TERM_SHEET, RequestState.DECLINED, rules.can_pursue_request,
            label=_("Decline"), needs_reason=True, signal=_ANSWERED, tone="danger",
        ),
    ),
)  # fmt: skip
