"""Search: what is found, what may be meant, what is alike."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from portal.kernel import kinds
from portal.kernel.errors import Missing, Refused
from search.asking import MOST_CHOSEN, request_from
from search.documents import KINDS
from search.facets import DEFINITIONS
from search.matching import WANTED, MatchGroup, matches
from search.parsing import LONGEST_TEXT
from search.queries import RELATED, RELATED_KINDS, related, result_page, suggestions
from search.requests import DEEPEST_HIT, LARGEST_PAGE, PAGE_SIZE, SORTS, Hit
from search.spans import AMOUNT, DAY, RANGES, NotUnderstood

from ..base import ApiView, narrowed, number


class HitSerializer(serializers.Serializer):
    """A result. ``title`` is plain text, ``snippet`` HTML in which only ``<mark>`` stands; ``id`` is what the kind is
    fetched by."""

    kind = serializers.CharField()
    id = serializers.CharField()
    url = serializers.CharField()
    title = serializers.CharField()
    snippet = serializers.CharField()


class FacetValueSerializer(serializers.Serializer):
    """A value and how many results have it."""

    value = serializers.CharField()
    label = serializers.CharField()
    count = serializers.IntegerField()


class ResultsSerializer(serializers.Serializer):
    """A page of results. ``degraded`` says what is wrong while search does not work as it should."""

    total = serializers.IntegerField()
    hits = HitSerializer(many=True)
    facets = serializers.DictField(child=FacetValueSerializer(many=True))
    engine = serializers.CharField()
    mode = serializers.CharField()
    degraded = serializers.CharField(allow_null=True)
    took_ms = serializers.FloatField()
    did_you_mean = serializers.CharField(allow_null=True)


class HitsSerializer(serializers.Serializer):
    """Results without counts."""

    hits = HitSerializer(many=True)


class MatchSerializer(HitSerializer):
    """Something that fits, and why: words of it that tell what it is compared with; classes and languages in common;
    whether the two mean nearly the same, in whatever words."""

    words = serializers.ListField(child=serializers.CharField())
    classes = serializers.ListField(child=serializers.CharField())
    languages = serializers.ListField(child=serializers.CharField())
    meaning = serializers.BooleanField()


class MatchGroupSerializer(serializers.Serializer):
    """The best matches of a kind."""

    kind = serializers.CharField()
    label = serializers.CharField()
    matches = MatchSerializer(many=True)


class MatchesSerializer(serializers.Serializer):
    """What fits, by kind; a kind without a match is left out."""

    groups = MatchGroupSerializer(many=True)


class SuggestionSerializer(serializers.Serializer):
    """Something that may be meant."""

    kind = serializers.CharField()
    label = serializers.CharField()
    title = serializers.CharField()
    url = serializers.CharField()


class SuggestionsSerializer(serializers.Serializer):
    """Titles for what is being typed."""

    suggestions = SuggestionSerializer(many=True)


FACETS = tuple(name for name in DEFINITIONS if name != "kind")
ENDS = {f"{span.name}_{end}": span for span in RANGES.values() for end in ("from", "to")}
END_OF = {AMOUNT: "A whole number, itself included.", DAY: "A day, as in 2026-05-31, itself included."}
ANY = dict.fromkeys(("q", "page", "size", *FACETS, *ENDS)) | {"kind": tuple(KINDS), "sort": tuple(SORTS)}


class SearchView(ApiView):
    """Everything that is found."""

    @extend_schema(
        operation_id="search", summary="Search everything", responses=ResultsSerializer,
        parameters=[
            OpenApiParameter("q", description="At most 256 characters and 16 words."),
            OpenApiParameter("kind", enum=list(KINDS), many=True),
            OpenApiParameter("page", int), OpenApiParameter("size", int), OpenApiParameter("sort", enum=list(SORTS)),
            *(OpenApiParameter(name, many=True) for name in FACETS),
            *(OpenApiParameter(name, description=END_OF[span.sort]) for name, span in ENDS.items()),
        ],
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        """For the asker, as they may see it; what could not all be looked for is refused."""
        _refuse_what_is_not_understood(request)
        asked, notes = request_from(request.query_params, request.user)
        if notes:
            raise Refused(" ".join(map(str, notes)), code="not_understood", field="q")
        found = result_page(asked, request.user)
        return Response(
            {
                "total": found.total,
                "hits": [_shown(hit) for hit in found.hits],
                "facets": {facet.name: _values(facet) for facet in found.facets},
                "engine": found.engine,
                "mode": found.mode,
                "degraded": str(found.degraded) or None,
                "took_ms": found.took_ms,
                "did_you_mean": found.did_you_mean or None,
            }
        )


class SuggestView(ApiView):
    """Titles for what is being typed."""

    @extend_schema(
        operation_id="suggest", summary="Suggest titles", responses=SuggestionsSerializer,
        parameters=[OpenApiParameter("q")],
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        """The same for everybody: public titles only."""
        narrowed(request, {"q": None}, paging=())
        found = suggestions(request.query_params.get("q", "")[:LONGEST_TEXT])
        return Response({"suggestions": SuggestionSerializer(found, many=True).data})


class SimilarView(ApiView):
    """Things alike."""

    @extend_schema(
        operation_id="similar", summary="Find things alike", responses=HitsSerializer,
        parameters=[OpenApiParameter("kind", enum=list(RELATED_KINDS), many=True, location="query"),
                    OpenApiParameter("size", int)],
    )  # fmt: skip
    def get(self, request: Request, of_kind: str, key: str) -> Response:
        """Public things that speak of what this one speaks of, for whoever may see it."""
        known = kinds.find(of_kind)
        if known is None or of_kind not in KINDS:
            raise Missing
        narrowed(request, {"kind": RELATED_KINDS, "size": None}, many=("kind",), paging=())
        wanted = [kind for kind in RELATED_KINDS if kind in request.query_params.getlist("kind")]
        size = number(request, "size", RELATED, LARGEST_PAGE)
        hits = related(known.fetch(request.user, key), wanted or RELATED_KINDS, size)
        return Response({"hits": [_shown(hit) for hit in hits]})


class MatchesView(ApiView):
    """What fits something."""

    @extend_schema(operation_id="matches", summary="Find what fits something, and why", responses=MatchesSerializer)
    def get(self, request: Request, of_kind: str, key: str) -> Response:
        """Public things, by kind, the best first, for whoever may see it; what fits a person, for that person alone."""
        known = kinds.find(of_kind)
        if known is None or of_kind not in WANTED:
            raise Missing
        narrowed(request, {}, paging=())
        obj = known.fetch(request.user, key)
        if of_kind == "person" and obj != request.user:
            raise Missing
        return Response({"groups": [_grouped(group) for group in matches(obj)]})


def _grouped(group: MatchGroup) -> dict[str, Any]:
    found = [
        _shown(match.shown.hit)
        | {
            "words": list(match.reasons.words),
            "classes": list(match.reasons.classes),
            "languages": list(match.reasons.languages),
            "meaning": match.reasons.meaning,
        }
        for match in group.matches
    ]
    return {"kind": group.kind, "label": str(group.label), "matches": found}


def _refuse_what_is_not_understood(request: Request) -> None:
    """Raise ``Refused`` for all that the pages pass over with a note, but for what stands in the words themselves."""
    given = narrowed(request, ANY, many=("kind", *FACETS), paging=())
    number(request, "page", 1, DEEPEST_HIT // number(request, "size", PAGE_SIZE, LARGEST_PAGE))
    for name in FACETS:
        if len(request.query_params.getlist(name)) > MOST_CHOSEN:
            raise Refused(_("At most twenty values can be chosen."), code="too_many_values", field=name)
    for name in ENDS.keys() & given.keys():
        try:
            ENDS[name].end(given[name])
        except NotUnderstood:
            raise Refused(_("This is no end of a range."), code="unknown_value", field=name) from None


def _shown(hit: Hit) -> dict[str, str]:
    url = hit.url if "://" in hit.url else f"{settings.PORTAL_URL}{hit.url}"
    return {"kind": hit.kind, "id": hit.id, "url": url, "title": hit.source["title"], "snippet": str(hit.snippet)}


def _values(facet: Any) -> list[dict[str, Any]]:
    return [{"value": each.value, "label": each.label, "count": each.count} for each in facet.values]
