"""Patents, licence offers and requests."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from patents import actions, rules
from patents.actions import OfferFacts, Terms
from patents.enums import LegalStatus, LicenceModel, OfferState
from patents.models import LicenceOffer, LicenceRequest, Patent
from patents.queries import LISTED_PARTIES, whose_terms_are_read
from portal.accounts.models import Organisation
from portal.accounts.rules import is_member
from portal.kernel.access import fetch
from portal.kernel.errors import Missing

from ..base import ApiView, listed, narrowed
from ..serializers.patents import (
    OfferSerializer,
    OfferWriteSerializer,
    PatentItemSerializer,
    PatentSerializer,
    RequestSerializer,
    RequestTransitionSerializer,
    RequestWriteSerializer,
)
from ..serializers.shared import page_of

OFFERS = LicenceOffer.objects.select_related("patent__owner", "organisation", "offered_by")
REQUESTS = LicenceRequest.objects.select_related(
    "offer__patent__owner", "offer__organisation", "offer__offered_by", "organisation", "requester"
)
PAGES = [OpenApiParameter("after", description="The `next` of the page before."), OpenApiParameter("limit", int)]


class PatentsView(ApiView):
    """All patents of the pool."""

    @extend_schema(
        operation_id="list_patents", summary="List patents", responses=page_of(PatentItemSerializer),
        parameters=[OpenApiParameter("legal_status", enum=LegalStatus.values), OpenApiParameter("country"),
                    OpenApiParameter("owner", description="The slug of who holds it."), *PAGES],
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        """The most recently published first."""
        given = narrowed(request, {"legal_status": LegalStatus.values, "country": None, "owner": None})
        names = {"owner": "owner__slug"}
        rows = Patent.objects.visible_to(request.user).light().select_related("owner").prefetch_related(LISTED_PARTIES)
        rows = rows.filter(**{names.get(name, name): value for name, value in given.items()})
        return listed(request, rows, _patents, order=("-sort_date", "-id"))


class PatentView(ApiView):
    """One patent."""

    @extend_schema(operation_id="get_patent", summary="Read a patent", responses=PatentSerializer)
    def get(self, request: Request, number: str) -> Response:
        """By its publication number, with the offers that the asker may see."""
        rows = Patent.objects.select_related("owner").prefetch_related(
            LISTED_PARTIES, "classified__classification", "citations"
        )
        patent = fetch(rows, request.user, rules.can_view_patent, number=number.upper())
        _named(patent)
        patent.shown_classes = [each.classification.symbol for each in patent.classified.all()]  # type: ignore[attr-defined]
        patent.shown_citations = [each.number or each.raw for each in patent.citations.all()]  # type: ignore[attr-defined]
        offers = OFFERS.filter(patent=patent, pk__in=LicenceOffer.objects.visible_to(request.user))
        patent.shown_offers = _with_terms(offers, request.user)  # type: ignore[attr-defined]
        return Response(PatentSerializer(patent).data)


class OffersView(ApiView):
    """Licence offers."""

    @extend_schema(
        operation_id="list_licence_offers", summary="List licence offers", responses=page_of(OfferSerializer),
        parameters=[OpenApiParameter("state", enum=OfferState.values),
                    OpenApiParameter("model", enum=LicenceModel.values), OpenApiParameter("patent"), *PAGES],
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        """Those on the table, and the asker's own."""
        given = narrowed(request, {"state": OfferState.values, "model": LicenceModel.values, "patent": None})
        names = {"patent": "patent__number"}
        rows = OFFERS.filter(pk__in=LicenceOffer.objects.visible_to(request.user))
        rows = rows.filter(**{names.get(name, name): value for name, value in given.items()})

        def show(offers: Sequence[LicenceOffer]) -> Iterable[Mapping[str, Any]]:
            return OfferSerializer(_with_terms(offers, request.user), many=True).data

        return listed(request, rows, show, order=("-created_at", "-id"))

    @extend_schema(
        operation_id="create_licence_offer", summary="Offer a licence", request=OfferWriteSerializer,
        responses={201: OfferSerializer},
    )  # fmt: skip
    def post(self, request: Request) -> Response:
        """A draft; with ``list``, on the table at once."""
        given = self.taken(OfferWriteSerializer)

        def deed() -> Response:
            rows = Patent.objects.select_related("owner", "created_by")
            patent = fetch(rows, request.user, rules.can_offer_licence, number=given.pop("patent").upper())
            at_once = given.pop("list")
            offer = actions.draft_licence_offer(patent, OfferFacts(**given), actor=request.user)
            if at_once:
                offer = actions.list_licence_offer(offer, actor=request.user)
            return Response(OfferSerializer(_with_terms([offer], request.user)[0]).data, status=201)

        return self.once(
            deed, still=lambda told: fetch(OFFERS, request.user, rules.can_view_offer, public_id=told["id"])
        )


class OfferRequestsView(ApiView):
    """Requests for a licence."""

    @extend_schema(
        operation_id="request_licence", summary="Ask for a licence", request=RequestWriteSerializer,
        responses={201: RequestSerializer},
    )  # fmt: skip
    def post(self, request: Request, public_id: str) -> Response:
        """On an offer that is on the table; one open request a person and offer."""
        given = self.taken(RequestWriteSerializer)

        def deed() -> Response:
            offer = fetch(OFFERS, request.user, rules.can_request_licence, public_id=public_id)
            slug = given["organisation"]
            organisation = fetch(Organisation, request.user, is_member, slug=slug) if slug else None
            sent = actions.send_licence_request(
                offer, actor=request.user, purpose=given["purpose"], organisation=organisation
            )
            return Response(RequestSerializer(sent).data, status=201)

        return self.once(
            deed, still=lambda told: fetch(REQUESTS, request.user, rules.can_view_request, public_id=told["id"])
        )


class RequestTransitionsView(ApiView):
    """Moves of a licence request."""

    @extend_schema(
        operation_id="move_licence_request", summary="Answer a licence request", request=RequestTransitionSerializer,
        responses=RequestSerializer,
    )  # fmt: skip
    def post(self, request: Request, public_id: str) -> Response:
        """``review``, ``propose``, ``counter``, ``agree`` or ``decline``; 409 when its state does not allow it."""
        given = self.taken(RequestTransitionSerializer)

        def deed() -> Response:
            asked = fetch(REQUESTS, request.user, rules.can_view_request, public_id=public_id)
            _moves(asked, given, request.user).get(given["name"], _missing)()
            return Response(RequestSerializer(REQUESTS.get(pk=asked.pk)).data)

        return self.once(
            deed, still=lambda told: fetch(REQUESTS, request.user, rules.can_view_request, public_id=told["id"])
        )


def _moves(asked: LicenceRequest, given: Mapping[str, Any], actor: Any) -> dict[str, Callable[[], Any]]:
    terms = Terms(given["text"], given["price"], given["royalty_percent"])
    return {
        "review": lambda: actions.review_licence_request(asked, actor=actor),
        "propose": lambda: actions.propose_terms(asked, terms, actor=actor),
        "counter": lambda: actions.counter_terms(asked, terms, actor=actor),
        "agree": lambda: actions.agree_to_terms(asked, actor=actor, sequence=given["proposal"]),
        "decline": lambda: actions.decline_licence_request(asked, actor=actor, reason=given["reason"]),
    }


def _missing() -> None:
    raise Missing


def _patents(patents: Sequence[Patent]) -> Iterable[Mapping[str, Any]]:
    for patent in patents:
        _named(patent)
    return PatentItemSerializer(patents, many=True).data


def _named(patent: Patent) -> None:
    patent.shown_parties = [party.name for party in patent.listed_parties]  # type: ignore[attr-defined]


def _with_terms(offers: Iterable[LicenceOffer], user: Any) -> list[LicenceOffer]:
    """The offers, each with its terms where the user may read them."""
    shown = list(offers)
    read = whose_terms_are_read(shown, user)
    for offer in shown:
        offer.shown_terms = offer.terms if offer.pk in read else None  # type: ignore[attr-defined]
    return shown
