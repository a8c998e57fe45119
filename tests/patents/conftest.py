"""The cast around a licence: who offers, who asks, who merely belongs."""

from __future__ import annotations

import pytest

from patents.models import LicenceOffer, LicenceRequest, Patent
from portal.accounts.models import Organisation, User
from tests.factories.accounts import member_of
from tests.factories.patents import LicenceOfferFactory, LicenceRequestFactory, PatentFactory


@pytest.fixture
def patent(organisation: Organisation) -> Patent:
    """A granted patent held by the organisation."""
    return PatentFactory(number="US-10123456-B2", document_number="10123456", owner=organisation)


@pytest.fixture
def offer(patent: Patent, owner: User) -> LicenceOffer:
    """A listed offer on ``patent`` by its owner."""
    return LicenceOfferFactory(patent=patent, organisation=patent.owner, offered_by=owner)


@pytest.fixture
def rival_colleague(rival_organisation: Organisation) -> User:
    """A plain member of the company that asks."""
    return member_of(rival_organisation, display_name="Rob Rival")


@pytest.fixture
def asked(offer: LicenceOffer, rival: User, rival_organisation: Organisation) -> LicenceRequest:
    """A request by the rival for their company."""
    return LicenceRequestFactory(offer=offer, requester=rival, organisation=rival_organisation)
