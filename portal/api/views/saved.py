"""Searches that a person keeps."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import NotAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from portal.kernel.access import fetch
from search.addresses import query_of
from search.asking import request_from
from search.models import SavedSearch
from search.models.saved import LONGEST_QUERY
from search.saved import actions
from search.saved.enums import Alert
from search.saved.rules import owns_saved_search

from ..base import ApiView, listed, narrowed
from ..serializers.shared import AddressField, page_of


class SavedSearchSerializer(serializers.Serializer):
    """A search one keeps: ``query`` is the end of its results' address; ``news`` counts what is new."""

    id = serializers.CharField(source="public_id")
    name = serializers.CharField()
    query = serializers.CharField()
    alert = serializers.CharField()
    news = serializers.IntegerField()
    url = AddressField()


class SavedSearchChangeSerializer(serializers.Serializer):
    """What it is called, and how soon one is told of something new."""

    name = serializers.CharField(max_length=120)
    alert = serializers.ChoiceField(choices=Alert.choices)


class SavedSearchWriteSerializer(SavedSearchChangeSerializer):
    """What to keep: ``query`` as in the address of a search."""

    query = serializers.CharField(max_length=LONGEST_QUERY, allow_blank=True)


class SavedSearchesView(ApiView):
    """The searches one keeps."""

    @extend_schema(
        operation_id="list_saved_searches", summary="List the searches one keeps",
        responses=page_of(SavedSearchSerializer),
        parameters=[OpenApiParameter("after"), OpenApiParameter("limit", int)],
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        """One's own, the newest first."""
        if not request.user.is_authenticated:
            raise NotAuthenticated
        narrowed(request, {})
        rows = SavedSearch.objects.visible_to(request.user).with_news()
        return listed(request, rows, _shown, order=("-created_at", "-id"))

    @extend_schema(
        operation_id="save_search", summary="Keep a search", request=SavedSearchWriteSerializer,
        responses={201: SavedSearchSerializer},
    )  # fmt: skip
    def post(self, request: Request) -> Response:
        """The same search again only gets the name and the alert."""
        given = self.taken(SavedSearchWriteSerializer)

        def deed() -> Response:
            asked, _notes = request_from(QueryDict(given["query"]), request.user)  # type: ignore[arg-type]
            saved = actions.save_search(
                query_of(asked.changed(page=1)), given["name"], given["alert"], actor=_person(request)
            )
            return Response(_one(saved), status=201)

        return self.once(deed, still=lambda told: _fetched(request, told["id"]))


class SavedSearchView(ApiView):
    """A search one keeps."""

    @extend_schema(
        operation_id="change_saved_search", summary="Rename a search or change its alerts",
        request=SavedSearchChangeSerializer, responses=SavedSearchSerializer,
    )  # fmt: skip
    def patch(self, request: Request, public_id: str) -> Response:
        """Both are given."""
        given = self.taken(SavedSearchChangeSerializer)

        def deed() -> Response:
            saved = _fetched(request, public_id)
            changed = actions.change_saved_search(saved, given["name"], given["alert"], actor=_person(request))
            return Response(_one(changed))

        return self.once(deed, still=lambda told: _fetched(request, public_id))

    @extend_schema(operation_id="forget_saved_search", summary="Let go of a search", responses={204: None})
    def delete(self, request: Request, public_id: str) -> Response:
        """It is kept no longer."""
        actions.forget_saved_search(_fetched(request, public_id), actor=_person(request))
        return Response(status=204)


def _person(request: Request) -> Any:
    return request.user


def _fetched(request: Request, public_id: str) -> SavedSearch:
    return fetch(SavedSearch, request.user, owns_saved_search, public_id=public_id)


def _one(saved: SavedSearch) -> Any:
    return _shown([SavedSearch.objects.with_news().get(pk=saved.pk)])[0]


def _shown(rows: Any) -> Any:
    return SavedSearchSerializer(rows, many=True).data
