"""Errors that no view of the API raised, but what stands before it: problems at its addresses, pages elsewhere."""

from __future__ import annotations

import sys
from typing import Final

from django.http import HttpRequest, HttpResponse, JsonResponse

from portal.face import views as pages

from . import problems
from .problems import Kind

PLACE: Final = "/api/"


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: the request makes no sense."""
    if not request.path.startswith(PLACE):
        return pages.bad_request(request, exception)
    return _problem(problems.MALFORMED)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: the sign-in does not suffice."""
    if not request.path.startswith(PLACE):
        return pages.forbidden(request, exception)
    return _problem(problems.FORBIDDEN)


def missing(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: absent and forbidden alike."""
    if not request.path.startswith(PLACE):
        return pages.missing(request, exception)
    return _problem(problems.MISSING)


def broken(request: HttpRequest) -> HttpResponse:
    """500, or 503 while the database is away."""
    if not request.path.startswith(PLACE):
        return pages.broken(request)
    if isinstance(sys.exc_info()[1], problems.AWAY):
        answer = _problem(problems.UNREACHABLE)
        answer["Retry-After"] = problems.RETRY_SECONDS
        return answer
    return _problem(problems.BROKEN)


def _problem(kind: Kind) -> HttpResponse:
    headers = {"Cache-Control": "no-store"}
    return JsonResponse(problems.body_of(*kind), status=kind[0], content_type=problems.CONTENT_TYPE, headers=headers)
