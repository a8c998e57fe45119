"""A request from the first word to the agreement, and what stands in the way."""

from __future__ import annotations

from decimal import Decimal

import pytest
from djmoney.money import Money

from patents import actions, queries
from patents.actions import Terms
from patents.enums import OfferState, RequestState
from patents.models import LicenceOffer, LicenceRequest, Proposal
from portal.accounts.models import Organisation, User
from portal.discussions.models import Room
from portal.kernel.errors import Conflict, Missing, Refused, WrongState
from portal.kernel.models import AuditEvent
from portal.notifications.models import Notification
from tests.factories.accounts import UserFactory
from tests.factories.patents import ProposalFactory, request_in

pytestmark = pytest.mark.django_db


def test_two_sides_come_to_terms(
    offer: LicenceOffer, owner: User, rival: User, rival_organisation: Organisation
) -> None:
    asked = actions.send_licence_request(offer, actor=rival, purpose="Filters.", organisation=rival_organisation)
    actions.review_licence_request(asked, actor=owner)
    actions.propose_terms(asked, Terms("Five per cent.", royalty_percent=Decimal(5)), actor=owner)
    actions.counter_terms(asked, Terms("Three per cent.", royalty_percent=Decimal(3)), actor=rival)
    actions.propose_terms(asked, Terms("Four, and a fee.", Money(1000, "EUR"), Decimal(4)), actor=owner)
    actions.agree_to_terms(asked, actor=rival, sequence=3)
    asked.refresh_from_db()
    agreed = asked.agreed_proposal
    assert agreed is not None
    assert (asked.state, agreed.sequence, agreed.price, agreed.royalty_percent) == (
        RequestState.AGREED,
        3,
        Money(1000, "EUR"),
        Decimal(4),
    )
    assert [(deed.action, deed.by, deed.proposal and deed.proposal.text) for deed in queries.thread_of(asked)] == [
        ("send", rival, None),
        ("review", owner, None),
        ("propose", owner, "Five per cent."),
        ("counter", rival, "Three per cent."),
        ("propose", owner, "Four, and a fee."),
        ("agree", rival, None),
    ]


def test_licensor_may_agree_to_a_counter(offer: LicenceOffer, owner: User, rival: User) -> None:
    asked = request_in(RequestState.COUNTERED, offer=offer, requester=rival)
    actions.agree_to_terms(asked, actor=owner, sequence=2)
    assert (asked.state, asked.agreed_proposal.sequence) == (RequestState.AGREED, 2)  # type: ignore[union-attr]


def test_nobody_agrees_to_terms_they_have_not_seen(offer: LicenceOffer, rival: User) -> None:
    asked = request_in(RequestState.TERM_SHEET, offer=offer, requester=rival)
    ProposalFactory(request=asked, sequence=2, text="Worse.")
    with pytest.raises(Conflict):
        actions.agree_to_terms(asked, actor=rival, sequence=1)
    asked.refresh_from_db()
    assert (asked.state, asked.agreed_proposal) == (RequestState.TERM_SHEET, None)


def test_second_agreement_is_told_that_it_is_late(offer: LicenceOffer, rival: User) -> None:
    asked = request_in(RequestState.TERM_SHEET, offer=offer, requester=rival)
    actions.agree_to_terms(asked, actor=rival, sequence=1)
    with pytest.raises(WrongState):
        actions.decline_licence_request(asked, actor=rival, reason="Too late.")


def test_wrong_proposal_leaves_no_row(asked: LicenceRequest, rival: User) -> None:
    with pytest.raises(WrongState):
        actions.counter_terms(asked, Terms("Mine."), actor=rival)
    assert not Proposal.objects.exists()


def test_declining_keeps_the_reason_out_of_the_audit(asked: LicenceRequest, owner: User) -> None:
    actions.decline_licence_request(asked, actor=owner, reason="We licensed it to Herr Schmidt.")
    facts = str(list(AuditEvent.objects.filter(kind="licence_request").values_list("facts", flat=True)))
    assert (asked.answer, "Schmidt" in facts) == ("We licensed it to Herr Schmidt.", False)


def test_one_open_request_a_person(offer: LicenceOffer, rival: User) -> None:
    first = actions.send_licence_request(offer, actor=rival, purpose="Filters.")
    with pytest.raises(Refused, match="already"):
        actions.send_licence_request(offer, actor=rival, purpose="Filters again.")
    LicenceRequest.objects.filter(pk=first.pk).update(state=RequestState.DECLINED)
    assert actions.send_licence_request(offer, actor=rival, purpose="Once more.").state == RequestState.SENT


@pytest.mark.parametrize("state", [OfferState.DRAFT, OfferState.PAUSED, OfferState.WITHDRAWN])
def test_nobody_asks_for_what_is_not_on_the_table(offer: LicenceOffer, rival: User, state: str) -> None:
    LicenceOffer.objects.filter(pk=offer.pk).update(state=state)
    with pytest.raises(Missing):
        actions.send_licence_request(offer, actor=rival, purpose="Filters.")


def test_nobody_asks_for_an_organisation_of_others(
    offer: LicenceOffer, creator: User, rival_organisation: Organisation
) -> None:
    with pytest.raises(Missing):
        actions.send_licence_request(offer, actor=creator, purpose="Filters.", organisation=rival_organisation)
    assert not LicenceRequest.objects.exists()


def test_unverified_address_asks_for_nothing(offer: LicenceOffer) -> None:
    with pytest.raises(Missing):
        actions.send_licence_request(offer, actor=UserFactory(verified=False), purpose="Filters.")


def test_each_side_is_told_what_the_other_does(
    offer: LicenceOffer, owner: User, colleague: User, rival: User, rival_organisation: Organisation
) -> None:
    asked = actions.send_licence_request(offer, actor=rival, purpose="Filters.", organisation=rival_organisation)
    actions.propose_terms(asked, Terms("Five per cent."), actor=owner)
    told = [(row.user, row.kind, row.key) for row in Notification.objects.order_by("pk")]
    assert told == [(owner, "licence_request", asked.public_id), (rival, "licence_request", asked.public_id)]


def test_request_has_a_room_from_the_first_moment(
    offer: LicenceOffer, owner: User, colleague: User, rival: User, rival_colleague: User, creator: User, master: User
) -> None:
    asked = actions.send_licence_request(offer, actor=rival, purpose="Filters.", organisation=rival.organisations.get())
    room = Room.objects.about(asked).get()
    readers = [
        str(user)
        for user in (owner, colleague, rival, rival_colleague, creator, master)
        if Room.objects.visible_to(user).filter(pk=room.pk).exists()
    ]
    assert readers == ["Olga Owner", "Colin Colleague", "Rita Rival", "Rob Rival", "Mara Master"]
