"""Licence offers: drafted, listed, paused, withdrawn; and the promise that opens their terms."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from patents import rules
from patents.enums import OfferState
from patents.models import LicenceOffer, Patent, TermsConsent
from patents.workflow import OFFER
from portal.kernel import audit
from portal.kernel.access import require
from portal.kernel.errors import Refused


@dataclass(frozen=True)
class OfferFacts:
    """What an offer says: all of it public but ``terms``."""

    model: str
    headline: str
    field_of_use: str = ""
    territory: str = ""
    terms: str = ""
    price: Money | None = None

    def write_to(self, offer: LicenceOffer) -> None:
        """Set the fields of ``offer``, without saving it."""
        offer.model, offer.headline = self.model, self.headline
        offer.field_of_use, offer.territory = self.field_of_use, self.territory
        offer.terms, offer.price = self.terms, self.price  # type: ignore[assignment]


@transaction.atomic
def draft_licence_offer(patent: Patent, facts: OfferFacts, *, actor: Any) -> LicenceOffer:
    """Draw up an offer on behalf of who holds the patent; nobody else sees it until it is listed."""
    require(actor, rules.can_offer_licence, patent)
    offer = LicenceOffer(patent=patent, organisation=patent.owner, offered_by=actor)
    facts.write_to(offer)
    offer.save()
    audit.record("licence_offer.draft", offer, actor=actor, patent=patent.pk, terms=offer.terms_digest)
    return offer


@transaction.atomic
def edit_licence_offer(offer: LicenceOffer, facts: OfferFacts, *, actor: Any) -> LicenceOffer:
    """Change an offer that is not on the table. Changed terms ask for a new promise before they are read.

    Raises ``Refused`` while it is listed (people rely on it: pause it first) and after it was withdrawn.
    """
    locked = LicenceOffer.objects.select_for_update(of=("self",)).get(pk=offer.pk)
    require(actor, rules.can_manage_offer, locked)
    if locked.state not in (OfferState.DRAFT, OfferState.PAUSED):
        raise Refused(_("Pause the offer before you change it."), code="offer_is_listed")
    facts.write_to(locked)
    locked.save()
    audit.record("licence_offer.edit", locked, actor=actor, terms=locked.terms_digest)
    return locked


def list_licence_offer(offer: LicenceOffer, *, actor: Any) -> LicenceOffer:
    """Put an offer on the table; raises what the workflow raises."""
    return OFFER.perform(offer, "list", actor=actor, listed_at=timezone.now(), paused_because="")


def pause_licence_offer(offer: LicenceOffer, *, actor: Any, reason: str) -> LicenceOffer:
    """Take an offer off the table for now, and say why; raises what the workflow raises."""
    return OFFER.perform(offer, "pause", actor=actor, reason=reason, paused_because=reason)


def withdraw_licence_offer(offer: LicenceOffer, *, actor: Any) -> LicenceOffer:
    """Take an offer off the table for good; raises what the workflow raises."""
    return OFFER.perform(offer, "withdraw", actor=actor)


@transaction.atomic
def accept_secrecy(offer: LicenceOffer, *, actor: Any) -> TermsConsent:
    """Promise to keep the terms, as they now stand, to oneself; they can be read from then on. Twice is once."""
    require(actor, rules.can_consent_to_secrecy, offer)
    locked = LicenceOffer.objects.select_for_update(of=("self",)).get(pk=offer.pk)
    consent, is_new = TermsConsent.objects.get_or_create(offer=locked, user=actor, digest=locked.terms_digest)
    if is_new:
        audit.record("licence_offer.accept_secrecy", locked, actor=actor, terms=consent.digest)
    return consent
