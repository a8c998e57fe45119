"""Errors as ``application/problem+json`` (RFC 9457), whoever raised them."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from django.core.exceptions import (
    PermissionDenied,
    RequestDataTooBig,
    SuspiciousOperation,
    TooManyFilesSent,
)
from django.db import InterfaceError, OperationalError
from django.http import Http404
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from rest_framework import exceptions
from rest_framework.response import Response

from portal.kernel.errors import Refused

log = logging.getLogger(__name__)

CONTENT_TYPE = "application/problem+json"
RETRY_SECONDS = "5"
TOO_MUCH = (RequestDataTooBig, TooManyFilesSent)
AWAY = (InterfaceError, OperationalError)
Errors = list[dict[str, str]]
Kind = tuple[int, str, str | Promise]
"""A status, its name for programs, and what it says to people."""

MALFORMED: Kind = (400, "malformed", _("This request makes no sense."))
FORBIDDEN: Kind = (403, "forbidden", _("This was refused."))
MISSING: Kind = (404, "missing", _("There is nothing here that you may see."))
TOO_LARGE: Kind = (413, "too_large", _("This is more than the portal takes in one go."))
BROKEN: Kind = (500, "broken", _("Something went wrong on our side. Nothing was changed."))
UNREACHABLE: Kind = (503, "away", _("The portal is busy or its database is away. Try again in a moment."))


def problem_for(error: Exception, context: Mapping[str, Any]) -> Response:
    """The answer to an exception. What nobody expected says nothing of itself, and is logged."""
    if isinstance(error, Refused):
        errors = [{"field": error.field, "message": str(error)}] if error.field else []
        return problem(error.status, error.code, str(error), errors)
    if isinstance(error, Http404):
        return problem(*MISSING)
    if isinstance(error, exceptions.APIException):
        return _of_framework(error)
    return _of_django(error)


def _of_django(error: Exception) -> Response:
    if isinstance(error, PermissionDenied):
        return problem(*FORBIDDEN)
    if isinstance(error, TOO_MUCH):
        return problem(*TOO_LARGE)
    if isinstance(error, SuspiciousOperation):
        return problem(*MALFORMED)
    log.error("the API broke", exc_info=error)
    if isinstance(error, AWAY):
        answer = problem(*UNREACHABLE)
        answer["Retry-After"] = RETRY_SECONDS
        return answer
    return problem(*BROKEN)


def _of_framework(error: exceptions.APIException) -> Response:
    if isinstance(error, exceptions.ValidationError):
        return problem(422, "invalid", _("Some of what was sent cannot be taken."), flattened(error.detail))
    code = error.get_codes() if isinstance(error.get_codes(), str) else error.default_code
    answer = problem(error.status_code, str(code), str(error.detail))
    if isinstance(error, exceptions.Throttled):
        answer["Retry-After"] = str(int(error.wait or 1) + 1)
    if getattr(error, "auth_header", None):
        answer["WWW-Authenticate"] = error.auth_header
    return answer


def problem(code: int, kind: str, detail: str | Promise, errors: Errors | None = None) -> Response:
    """An answer of status ``code``; ``kind`` is for programs, ``detail`` for people."""
    return Response(body_of(code, kind, detail, errors), status=code, content_type=CONTENT_TYPE)


def body_of(code: int, kind: str, detail: str | Promise, errors: Errors | None = None) -> dict[str, Any]:
    """What stands in the answer."""
    return {
        "type": f"urn:portal:problem:{kind}",
        "title": HTTPStatus(code).phrase if code in HTTPStatus._value2member_map_ else "Error",
        "status": code,
        "detail": str(detail),
        "errors": errors or [],
    }


def flattened(detail: Any, path: str = "") -> Errors:
    """Every message of a nest of them, each with the path of its field."""
    if isinstance(detail, Mapping):
        found = [flattened(inner, f"{path}.{name}".lstrip(".")) for name, inner in detail.items()]
    elif isinstance(detail, list):
        found = [flattened(each, f"{path}.{n}" if isinstance(each, Mapping) else path) for n, each in enumerate(detail)]
    else:
        return [{"field": path.replace("non_field_errors", "").strip("."), "message": str(detail)}]
    return [error for errors in found for error in errors if error["message"]]
