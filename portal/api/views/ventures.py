"""Ventures and the gates between their stages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from portal.incubation import actions, rules
from portal.incubation.enums import Stage, VentureState
from portal.incubation.models import GateReview, Venture
from portal.kernel.access import fetch

from ..base import ApiView, listed, narrowed
from ..serializers.shared import AddressField, OrganisationRefSerializer, page_of


class VentureSerializer(serializers.Serializer):
    """Something on its way from an award to the market."""

    id = serializers.CharField(source="public_id")
    title = serializers.CharField()
    summary = serializers.CharField()
    state = serializers.CharField()
    stage = serializers.CharField()
    organisation = OrganisationRefSerializer()
    is_public = serializers.BooleanField()
    url = AddressField()


class FindingSerializer(serializers.Serializer):
    """A criterion, and what the gate-keepers found."""

    text = serializers.CharField()
    weight = serializers.CharField()
    is_met = serializers.BooleanField(allow_null=True)
    note = serializers.CharField()


class GateReviewSerializer(serializers.Serializer):
    """A review at a gate."""

    id = serializers.CharField(source="public_id")
    stage = serializers.CharField()
    state = serializers.CharField()
    rationale = serializers.CharField()
    conditions = serializers.CharField()
    decided_at = serializers.DateTimeField(allow_null=True)
    findings = FindingSerializer(many=True)


class VentureDetailSerializer(VentureSerializer):
    """A venture with its gate reviews, which are shown to those inside it."""

    reviews = GateReviewSerializer(many=True, source="shown_reviews")


VENTURES = Venture.objects.select_related("organisation")


class VenturesView(ApiView):
    """Ventures. They open from awards, not from here."""

    @extend_schema(
        operation_id="list_ventures", summary="List ventures", responses=page_of(VentureSerializer),
        parameters=[OpenApiParameter("state", enum=VentureState.values), OpenApiParameter("stage", enum=Stage.values),
                    OpenApiParameter("after"), OpenApiParameter("limit", int)],
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        """Those shown to everyone, and those the asker has a part in; the newest first."""
        given = narrowed(request, {"state": VentureState.values, "stage": Stage.values})
        rows = Venture.objects.visible_to(request.user).select_related("organisation").filter(**given)
        return listed(request, rows, _items, order=("-created_at", "-id"))


class VentureView(ApiView):
    """One venture."""

    @extend_schema(operation_id="get_venture", summary="Read a venture", responses=VentureDetailSerializer)
    def get(self, request: Request, public_id: str) -> Response:
        """With the reviews at its gates, for those inside it."""
        venture = fetch(VENTURES, request.user, rules.can_view_venture, public_id=public_id)
        reviews = GateReview.objects.visible_to(request.user).filter(venture=venture)
        venture.shown_reviews = reviews.prefetch_related("findings").order_by("-pk")  # type: ignore[attr-defined]
        return Response(VentureDetailSerializer(venture).data)


class GateReviewsView(ApiView):
    """Reviews at the gate a venture stands before."""

    @extend_schema(
        operation_id="call_gate_review", summary="Call a gate review", request=None,
        responses={201: GateReviewSerializer},
    )  # fmt: skip
    def post(self, request: Request, public_id: str) -> Response:
        """One at a time: 400 while another is open."""

        def deed() -> Response:
            venture = fetch(VENTURES, request.user, rules.can_view_venture, public_id=public_id)
            review = actions.open_review(venture, actor=request.user)
            return Response(GateReviewSerializer(review).data, status=201)

        return self.once(
            deed, still=lambda told: fetch(VENTURES, request.user, rules.can_view_venture, public_id=public_id)
        )


def _items(ventures: Sequence[Venture]) -> Iterable[Mapping[str, Any]]:
    return VentureSerializer(ventures, many=True).data
