"""Offers are drafted in private, listed when they can be kept, and pause when they cannot."""

from __future__ import annotations

import pytest
from djmoney.money import Money

from patents import actions
from patents.actions import OfferFacts
from patents.enums import LegalStatus, LicenceModel, OfferState
from patents.models import LicenceOffer, Patent, TermsConsent
from portal.accounts.models import Organisation, User
from portal.kernel.errors import Missing, Refused
from portal.kernel.models import AuditEvent
from tests.factories.accounts import UserFactory
from tests.factories.patents import LicenceOfferFactory, PatentFactory

pytestmark = pytest.mark.django_db

FACTS = OfferFacts(LicenceModel.SOLE, "Sole licence for Europe", "Desalination", "EU", "Two per cent.", Money(5, "EUR"))


def test_draft_speaks_for_who_holds_the_patent(patent: Patent, owner: User, organisation: Organisation) -> None:
    offer = actions.draft_licence_offer(patent, FACTS, actor=owner)
    said = (offer.state, offer.organisation, offer.headline, offer.model, offer.price)
    assert said == (OfferState.DRAFT, organisation, "Sole licence for Europe", LicenceModel.SOLE, Money(5, "EUR"))


def test_person_offers_what_they_added_themselves(creator: User) -> None:
    patent = PatentFactory(owner=None, created_by=creator)
    offer = actions.list_licence_offer(actions.draft_licence_offer(patent, FACTS, actor=creator), actor=creator)
    assert (offer.state, offer.organisation, offer.listed_at is not None) == (OfferState.LISTED, None, True)


@pytest.mark.parametrize("who", ["colleague", "rival", "creator"])
def test_nobody_else_drafts(patent: Patent, who: str, request: pytest.FixtureRequest) -> None:
    with pytest.raises(Missing):
        actions.draft_licence_offer(patent, FACTS, actor=request.getfixturevalue(who))


def test_listed_offer_is_not_changed_under_peoples_hands(offer: LicenceOffer, owner: User) -> None:
    with pytest.raises(Refused, match="Pause"):
        actions.edit_licence_offer(offer, FACTS, actor=owner)
    actions.pause_licence_offer(offer, actor=owner, reason="A new price.")
    edited = actions.edit_licence_offer(offer, FACTS, actor=owner)
    assert (edited.headline, edited.paused_because) == ("Sole licence for Europe", "A new price.")
    assert actions.list_licence_offer(edited, actor=owner).paused_because == ""


def test_withdrawn_offer_is_over(offer: LicenceOffer, owner: User) -> None:
    actions.withdraw_licence_offer(offer, actor=owner)
    with pytest.raises(Refused):
        actions.list_licence_offer(offer, actor=owner)


def test_promise_is_kept_once_with_what_was_promised(offer: LicenceOffer, creator: User) -> None:
    for _time in range(2):
        actions.accept_secrecy(offer, actor=creator)
    consent = TermsConsent.objects.get()
    assert (consent.user, consent.digest) == (creator, offer.terms_digest)
    assert AuditEvent.objects.filter(action="licence_offer.accept_secrecy").count() == 1


def test_own_side_promises_nothing(offer: LicenceOffer, colleague: User) -> None:
    with pytest.raises(Missing):
        actions.accept_secrecy(offer, actor=colleague)


@pytest.mark.parametrize("status", [LegalStatus.LAPSED, LegalStatus.REVOKED, LegalStatus.EXPIRED])
def test_offer_pauses_when_the_right_dies(offer: LicenceOffer, status: str) -> None:
    Patent.objects.filter(pk=offer.patent_id).update(legal_status=status)
    assert (actions.pause_unfounded_offers(), actions.pause_unfounded_offers()) == (1, 0)
    offer.refresh_from_db()
    assert (offer.state, "legal status" in offer.paused_because) == (OfferState.PAUSED, True)


def test_offer_pauses_when_the_patent_changes_hands(
    offer: LicenceOffer, master: User, rival_organisation: Organisation
) -> None:
    actions.hand_over_patent(offer.patent, actor=master, owner=rival_organisation)
    offer.refresh_from_db()
    assert (offer.state, offer.paused_because) == (OfferState.PAUSED, "The patent has changed hands.")


def test_offers_that_stand_are_left_alone(offer: LicenceOffer, creator: User) -> None:
    own = PatentFactory(owner=None, created_by=creator)
    LicenceOfferFactory(patent=own, organisation=None, offered_by=creator)
    assert actions.pause_unfounded_offers() == 0


def test_offer_of_nobodys_patent_is_unfounded(offer: LicenceOffer) -> None:
    Patent.objects.filter(pk=offer.patent_id).update(owner=None)
    assert actions.pause_unfounded_offers() == 1


def test_only_the_master_and_the_licensor_move_an_offer(offer: LicenceOffer) -> None:
    with pytest.raises(Missing):
        actions.pause_licence_offer(offer, actor=UserFactory(), reason="Mine now.")
