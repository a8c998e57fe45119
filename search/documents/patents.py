"""How patents, offers to license them and the requests for a licence are found."""

from datetime import UTC, datetime, time

from django.db.models import QuerySet

from patents.enums import OfferState, PartyRole
from patents.models import UNDATED, LicenceOffer, LicenceRequest, Patent
from search.documents import tokens
from search.documents.base import EVERYBODY, Audience, PortalDocument
from search.documents.fields import facet

MOST_CLAIMS = 20


class PatentDocument(PortalDocument):
    """A patent: what an office has published is public."""

    KIND = "patent"
    SHOWN = ("number", "title")

    legal_status = facet()
    office = facet()
    year = facet()
    applicant = facet()
    subject = facet()
    language = facet()

    @staticmethod
    def rows() -> QuerySet[Patent]:
        return Patent.objects.prefetch_related("parties", "classified__classification")

    @staticmethod
    def prepare_title(obj: Patent) -> str:
        return obj.title or obj.number

    @staticmethod
    def prepare_summary(obj: Patent) -> str:
        return obj.abstract

    @staticmethod
    def prepare_body(obj: Patent) -> str:
        return "\n".join(map(str, obj.claims[:MOST_CLAIMS]))

    @staticmethod
    def prepare_context(obj: Patent) -> str:
        names = (party.name for party in obj.parties.all())
        return ", ".join((*number_shapes(obj), *names, *_symbols(obj)))

    @staticmethod
    def prepare_office(obj: Patent) -> str:
        return obj.country

    @staticmethod
    def prepare_year(obj: Patent) -> str:
        return "" if obj.sort_date == UNDATED else str(obj.sort_date.year)

    @staticmethod
    def prepare_applicant(obj: Patent) -> list[str]:
        return [party.name for party in obj.parties.all() if party.role == PartyRole.APPLICANT]

    @staticmethod
    def prepare_subject(obj: Patent) -> list[str]:
        """The classes it is in, as their first four characters: ``B01D``."""
        return [symbol[:4] for symbol in _symbols(obj)]

    @staticmethod
    def prepare_updated_at(obj: Patent) -> datetime | None:
        """The day it came out, which is what makes a patent new."""
        return None if obj.sort_date == UNDATED else datetime.combine(obj.sort_date, time(), UTC)


class LicenceOfferDocument(PortalDocument):
    """The headline of an offer: public while it is listed. Its terms are shown on consent and not found."""

    KIND = "licence_offer"

    state = facet()
    licence_model = facet()
    office = facet()

    @staticmethod
    def rows() -> QuerySet[LicenceOffer]:
        return LicenceOffer.objects.select_related("patent", "organisation").prefetch_related("requests")

    @staticmethod
    def audience(obj: LicenceOffer) -> Audience:
        if obj.state == OfferState.LISTED:
            return EVERYBODY
        asked = (side for request in obj.requests.all() for side in _licensee(request))
        return Audience(frozenset({tokens.MASTER, _licensor(obj), *asked}))

    @staticmethod
    def prepare_title(obj: LicenceOffer) -> str:
        return obj.headline

    @staticmethod
    def prepare_summary(obj: LicenceOffer) -> str:
        return obj.patent.title

    @staticmethod
    def prepare_context(obj: LicenceOffer) -> str:
        licensor = obj.organisation.name if obj.organisation else ""
        named = (*number_shapes(obj.patent), licensor, obj.field_of_use, obj.territory)
        return ", ".join(filter(None, named))

    @staticmethod
    def prepare_licence_model(obj: LicenceOffer) -> str:
        return obj.model

    @staticmethod
    def prepare_office(obj: LicenceOffer) -> str:
        return obj.patent.country


class LicenceRequestDocument(PortalDocument):
    """A request for a licence: for its two sides and the platform master."""

    KIND = "licence_request"
    SHOWN_WITH = ("offer__patent",)

    state = facet()

    @staticmethod
    def rows() -> QuerySet[LicenceRequest]:
        return LicenceRequest.objects.select_related("offer__patent")

    @staticmethod
    def audience(obj: LicenceRequest) -> Audience:
        return Audience(frozenset({tokens.MASTER, _licensor(obj.offer), *_licensee(obj)}))

    @staticmethod
    def prepare_title(obj: LicenceRequest) -> str:
        return obj.offer.headline

    @staticmethod
    def prepare_summary(obj: LicenceRequest) -> str:
        return obj.purpose

    @staticmethod
    def prepare_body(obj: LicenceRequest) -> str:
        return obj.answer

    @staticmethod
    def prepare_context(obj: LicenceRequest) -> str:
        return ", ".join((*number_shapes(obj.offer.patent), obj.offer.patent.title))


def number_shapes(patent: Patent) -> list[str]:
    """The shapes in which people write a publication number: apart, joined, without its kind, its serial alone."""
    joined = f"{patent.country}{patent.document_number}"
    return [patent.number, f"{joined}{patent.kind_code}", joined, patent.document_number]


def _symbols(patent: Patent) -> list[str]:
    return list(dict.fromkeys(classified.classification.symbol for classified in patent.classified.all()))


def _licensor(offer: LicenceOffer) -> str:
    """The organisation that offers, or the person who offers in their own name."""
    if offer.organisation_id is not None:
        return tokens.members(offer.organisation_id)
    return tokens.person(offer.offered_by_id)


def _licensee(request: LicenceRequest) -> set[str]:
    asked_for = {tokens.members(request.organisation_id)} if request.organisation_id is not None else set()
    return asked_for | {tokens.person(request.requester_id)}
