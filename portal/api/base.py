"""What all views of the API share."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any, Final, TypeVar

from django.db.models import Model, QuerySet
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from portal.kernel.errors import Refused
from portal.kernel.paging import page

from . import keys

M = TypeVar("M", bound=Model)

MOST, USUAL, COUNTED = 100, 20, 10_000
PAGING: Final = ("after", "limit")


class ApiView(APIView):
    """One address of the API. Each verb returns a ``Response`` or raises; errors become problems elsewhere."""

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """Answer; what a person is told is kept in no cache."""
        response = super().dispatch(request, *args, **kwargs)
        patch_vary_headers(response, ("Authorization", "Cookie"))
        patch_cache_control(response, no_store=True, private=True)
        return response

    def perform_authentication(self, request: Request) -> None:
        """Find out who asks. Counted here, before anything is judged, so that guesses at tokens are counted too."""
        try:
            super().perform_authentication(request)
        finally:
            super().check_throttles(request)

    def check_throttles(self, request: Request) -> None:
        """Nothing is left to do: the request has been counted."""

    def once(self, deed: Callable[[], Response], *, still: keys.Still) -> Response:
        """Do it once for each ``Idempotency-Key``; ``still(body)`` raises where that may no longer be told again."""
        return keys.once(self.request, deed, still)

    def taken(self, serializer: type[serializers.Serializer]) -> dict[str, Any]:
        """What was sent, checked by ``serializer``; raises ``ValidationError``."""
        form = serializer(data=self.request.data, context={"request": self.request})
        form.is_valid(raise_exception=True)
        return dict(form.validated_data)

    @property
    def reads(self) -> bool:
        """Whether nothing is asked to change."""
        return self.request.method in SAFE_METHODS


Show = Callable[[Sequence[Any]], Iterable[Mapping[str, Any]]]


def listed(request: Request, rows: QuerySet[M], show: Show, *, order: Sequence[str]) -> Response:
    """A page of ``rows`` as ``{"items", "next", "count"}``; ``count`` is null where there are more than 10,000."""
    found = page(rows, request, size=number(request, "limit", USUAL, MOST), order=order)
    if found.first and "after" in request.query_params:
        raise Refused(_("after is the next of an earlier page."), code="bad_after", field="after")
    count = rows.order_by()[: COUNTED + 1].count()
    items = list(show(found.items))
    return Response({"items": items, "next": found.next, "count": count if count <= COUNTED else None})


def number(request: Request, name: str, usual: int, most: int) -> int:
    """The number that the address gives as ``name``; raises ``Refused`` for what is none from 1 to ``most``."""
    given = request.query_params.get(name)
    if given is None:
        return usual
    if not (given.isascii() and given.isdigit() and len(given) < 6 and 0 < int(given) <= most):
        text = _("%(name)s is a number from 1 to %(most)s.") % {"name": name, "most": most}
        raise Refused(text, code=f"bad_{name}", field=name)
    return int(given)


Choices = Mapping[str, Iterable[str] | None]


def narrowed(
    request: Request, choices: Choices, *, many: Collection[str] = (), paging: Collection[str] = PAGING
) -> dict[str, str]:
    """The filters of the address: ``choices`` maps each name to the values it takes, or to None for any text.

    Raises ``Refused`` for a name or a value that there is not, and for a name that stands there twice but is not one of
    ``many``, rather than answer another question.
    """
    given = {}
    for name, values in request.query_params.lists():
        if name not in choices and name not in paging:
            raise Refused(_("There is no filter of this name."), code="unknown_filter", field=name[:40])
        if len(values) > 1 and name not in many:
            raise Refused(_("This can be said once."), code="said_twice", field=name)
        known = choices.get(name)
        if known is not None and not set(values) <= set(known):
            raise Refused(_("This filter takes no such value."), code="unknown_value", field=name)
        given[name] = values[-1]
    return {name: value for name, value in given.items() if name not in paging}
