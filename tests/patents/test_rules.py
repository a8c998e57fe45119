"""Each rule about seeing agrees with its queryset twin, for everyone and everything."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser

from patents import rules
from patents.enums import OfferState
from patents.models import LicenceOffer, LicenceRequest, Patent, Pool
from patents.queries import whose_terms_are_read
from portal.accounts.models import Organisation, User
from tests.factories.accounts import OrganisationFactory, UserFactory
from tests.factories.patents import LicenceOfferFactory, LicenceRequestFactory, PatentFactory, PoolFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def everyone(
    anonymous: AnonymousUser,
    master: User,
    owner: User,
    colleague: User,
    creator: User,
    rival: User,
    rival_colleague: User,
) -> list[Any]:
    left = UserFactory(is_active=False)
    return [anonymous, master, owner, colleague, creator, rival, rival_colleague, left]


@pytest.fixture
def everything(
    organisation: Organisation, rival_organisation: Organisation, owner: User, rival: User, creator: User
) -> None:
    """Patents, pools, offers and requests of every sort of owner, in every state."""
    for holder, person in ((organisation, owner), (rival_organisation, rival), (None, creator)):
        patent = PatentFactory(owner=holder, created_by=person)
        PoolFactory(organisation=holder, public=True)
        PoolFactory(organisation=holder, public=False)
        for state in OfferState:
            offer = LicenceOfferFactory(patent=patent, organisation=holder, offered_by=person, state=state)
            LicenceRequestFactory(offer=offer, requester=rival, organisation=rival_organisation)
            LicenceRequestFactory(offer=offer, requester=creator)
            LicenceRequestFactory(offer=offer)


TWINS = [
    (Patent, rules.can_view_patent),
    (Pool, rules.can_view_pool),
    (LicenceOffer, rules.can_view_offer),
    (LicenceRequest, rules.can_view_request),
]


@pytest.mark.usefixtures("everything")
@pytest.mark.parametrize(("model", "rule"), TWINS, ids=lambda part: getattr(part, "__name__", None))
def test_rule_and_queryset_agree_about_seeing(model: Any, rule: Any, everyone: list[Any]) -> None:
    for user in everyone:
        by_rule = {obj.pk for obj in model.objects.all() if rule(user, obj)}
        assert set(model.objects.visible_to(user).values_list("pk", flat=True)) == by_rule, user


@pytest.mark.usefixtures("everything")
def test_rule_and_queryset_agree_about_editing(everyone: list[Any]) -> None:
    for user in everyone:
        by_rule = {patent.pk for patent in Patent.objects.all() if rules.can_edit_patent(user, patent)}
        assert set(Patent.objects.editable_by(user).values_list("pk", flat=True)) == by_rule, user


@pytest.mark.usefixtures("everything")
def test_rule_and_queryset_agree_about_sides(everyone: list[Any]) -> None:
    for user, request in product(everyone, LicenceRequest.objects.all()):
        mine = LicenceRequest.objects.filter(pk=request.pk)
        assert mine.of_licensor(user).exists() == rules.is_on_licensor_side(user, request.offer)
        assert mine.of_licensee(user).exists() == rules.is_on_licensee_side(user, request)


def test_terms_open_to_each_by_their_own_way(offer: LicenceOffer, everyone: list[Any], creator: User) -> None:
    offer.consents.create(user=creator, digest=offer.terms_digest)
    readers = [str(user) for user in everyone if rules.can_read_terms(user, offer)]
    assert readers == ["Mara Master", "Olga Owner", "Colin Colleague", "Cleo Creator"]


@pytest.mark.usefixtures("everything")
def test_rule_and_query_agree_about_terms(everyone: list[Any]) -> None:
    offers = list(LicenceOffer.objects.select_related("organisation", "patent"))
    for n, (user, offer) in enumerate(product(everyone[1:], offers)):
        if n % 3:
            offer.consents.create(user=user, digest=offer.terms_digest if n % 2 else "0" * 64)

    for user in everyone:
        by_rule = {offer.pk for offer in offers if rules.can_read_terms(user, offer)}
        assert whose_terms_are_read(offers, user) == by_rule, user


def test_changed_terms_ask_for_a_new_promise(offer: LicenceOffer, creator: User) -> None:
    offer.consents.create(user=creator, digest=offer.terms_digest)
    offer.terms = "Other terms."
    assert not rules.can_read_terms(creator, offer)


def test_who_may_ask_for_a_licence(offer: LicenceOffer, everyone: list[Any]) -> None:
    unverified = UserFactory(verified=False)
    askers = [str(user) for user in [*everyone, unverified] if rules.can_request_licence(user, offer)]
    assert askers == ["Mara Master", "Cleo Creator", "Rita Rival", "Rob Rival"]


def test_who_may_offer_a_licence(patent: Patent, everyone: list[Any]) -> None:
    assert [str(user) for user in everyone if rules.can_offer_licence(user, patent)] == ["Mara Master", "Olga Owner"]


def test_nobody_offers_what_nobody_holds(everyone: list[Any]) -> None:
    imported = PatentFactory(owner=None, created_by=None)
    assert [user for user in everyone if rules.can_offer_licence(user, imported)] == []


def test_who_sits_on_both_sides_cannot_pursue(asked: LicenceRequest, rival: User, organisation: Organisation) -> None:
    organisation.memberships.create(user=rival, role="member")
    rival.forget_roles()
    assert (rules.can_view_request(rival, asked), rules.can_pursue_request(rival, asked)) == (True, False)


def test_unverified_organisation_founds_no_pool() -> None:
    pending = OrganisationFactory(state="pending")
    founder = UserFactory()
    pending.memberships.create(user=founder, role="owner")
    assert not rules.can_found_pool(founder, None)
