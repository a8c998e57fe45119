"""Patents in their pool, offers on the table, requests that have been sent."""

from __future__ import annotations

from datetime import date
from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from patents.enums import LegalStatus, LicenceModel, OfferState, RequestState, Side
from patents.models import LicenceOffer, LicenceRequest, Patent, Pool, PoolMembership, Proposal
from tests.factories.accounts import OrganisationFactory, UserFactory


class PatentFactory(DjangoModelFactory):
    """A granted patent that nobody here holds."""

    class Meta:
        model = Patent

    number = factory.Sequence(lambda n: f"US-{9_000_000 + n}-B2")
    country = "US"
    document_number = factory.LazyAttribute(lambda patent: patent.number.split("-")[1])
    kind_code = "B2"
    title = factory.Sequence(lambda n: f"Membrane number {n}")
    abstract = "A membrane that lets water pass and keeps salt."
    language = "en"
    legal_status = LegalStatus.GRANTED
    publication_date = date(2019, 5, 7)


class PoolFactory(DjangoModelFactory):
    """A public pool kept by an organisation."""

    class Meta:
        model = Pool

    slug = factory.Sequence(lambda n: f"pool-{n}")
    name = factory.Sequence(lambda n: f"Pool {n}")
    organisation = factory.SubFactory(OrganisationFactory)


class PoolMembershipFactory(DjangoModelFactory):
    """A patent in a pool."""

    class Meta:
        model = PoolMembership

    pool = factory.SubFactory(PoolFactory)
    patent = factory.SubFactory(PatentFactory)


class LicenceOfferFactory(DjangoModelFactory):
    """A listed offer by the organisation that holds the patent."""

    class Meta:
        model = LicenceOffer

    organisation = factory.SubFactory(OrganisationFactory)
    offered_by = factory.SubFactory(UserFactory)
    patent = factory.SubFactory(PatentFactory, owner=factory.SelfAttribute("..organisation"))
    state = OfferState.LISTED
    model = LicenceModel.NON_EXCLUSIVE
    headline = factory.Sequence(lambda n: f"Licence {n} for desalination")
    terms = "The secret royalty is seven per cent."
    listed_at = factory.LazyFunction(timezone.now)


class LicenceRequestFactory(DjangoModelFactory):
    """A request by somebody in their own name."""

    class Meta:
        model = LicenceRequest

    offer = factory.SubFactory(LicenceOfferFactory)
    requester = factory.SubFactory(UserFactory)
    state = RequestState.SENT
    purpose = "Household filters."


class ProposalFactory(DjangoModelFactory):
    """A term sheet by the licensor."""

    class Meta:
        model = Proposal

    request = factory.SubFactory(LicenceRequestFactory)
    sequence = 1
    side = Side.LICENSOR
    author = factory.SelfAttribute("request.offer.offered_by")
    text = "Two per cent of sales."


def request_in(state: str, **fields: Any) -> LicenceRequest:
    """A request that has come as far as ``state``, with the proposals that lead there."""
    request = LicenceRequestFactory(**fields)
    if state in (RequestState.TERM_SHEET, RequestState.COUNTERED, RequestState.AGREED):
        proposal = ProposalFactory(request=request)
    if state == RequestState.COUNTERED:
        ProposalFactory(request=request, sequence=2, side=Side.LICENSEE, author=request.requester)
    request.state = state
    request.agreed_proposal = proposal if state == RequestState.AGREED else None
    request.save()
    return request
